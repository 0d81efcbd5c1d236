/**
 * How the lists of the state changed over a decision: which runs of what was there are left, and what came. A list
 * is compared by its items themselves, which are replaced and never changed. Class: pure.
 */
import type { InstanceState, ListChange, ListField, StateDelta } from '../model/index.js';

/** The lists as a decision finds them. */
export type Lists = { readonly [L in ListField]: readonly unknown[] };

type Run = { from: number; until: number };
type Piece = Run | { readonly added: unknown[] };

/** Copies what the lists hold: they are changed in place. */
export function listsOf({ agenda, unsettled, deferred }: InstanceState): Lists {
  return { agenda: [...agenda], unsettled, deferred: [...deferred] };
}

/** The changes of those lists that changed. */
export function listChanges(before: Lists, state: InstanceState): NonNullable<StateDelta['lists']> {
  const changes: Partial<Record<ListField, ListChange>> = {};
  for (const field of ['agenda', 'unsettled', 'deferred'] as const) {
    const change = changeOf(before[field], state[field]);
    if (change !== null) changes[field] = change;
  }
  return changes;
}

/** Null when nothing changed. */
function changeOf(before: readonly unknown[], after: readonly unknown[]): ListChange | null {
  if (before.length === 0 && after.length === 0) return null;
  const places = new Map(before.map((item, place) => [item, place]));
  const pieces: Piece[] = [];
  let next = 0;
  for (const item of after) {
    const place = places.get(item) ?? -1;
    // What would go back is written anew: pieces are read once, from front to back.
    if (place < next) add(pieces, item);
    else {
      keep(pieces, place);
      next = place + 1;
    }
  }
  const [first] = pieces;
  const isWhole = pieces.length === 1 && first !== undefined && 'until' in first;
  return isWhole && first.from === 0 && first.until === before.length ? null : pieces;
}

const add = (pieces: Piece[], item: unknown): void => {
  const last = pieces.at(-1);
  if (last !== undefined && 'added' in last) last.added.push(item);
  else pieces.push({ added: [item] });
};

const keep = (pieces: Piece[], place: number): void => {
  const last = pieces.at(-1);
  if (last !== undefined && 'until' in last && last.until === place) last.until += 1;
  else pieces.push({ from: place, until: place + 1 });
};
