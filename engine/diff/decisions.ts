/**
 * Two versions of a file of decisions: which columns, rules and cells differ, so that who reviews reads rules and no XML.
 * Class: pure.
 */
import { readDmn } from '../decisions/parse/index.js';
import type { PropertyChange } from './models.js';
import {
  type Facts,
  type FlatColumn,
  type FlatDecision,
  type FlatRule,
  flatDecision,
} from './tables.js';

/** A cell: null where it was not, or is not any more. */
export interface CellChange {
  /** What the column is called. */
  readonly column: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A rule that came, went, stands elsewhere among the others, or says something else. */
export interface RuleChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** Places in the table, from 1; null where it is not. */
  readonly before: number | null;
  readonly after: number | null;
  /** What is written beside it. */
  readonly about: string | null;
  readonly cells: readonly CellChange[];
  /** What was written beside it, where that is not the same. */
  readonly aboutBefore: string | null;
}

/** A column, with what differs of it. */
export interface ColumnChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly column: string;
  readonly properties: readonly PropertyChange[];
}

/** A decision that came, went, or decides otherwise. */
export interface DecisionChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly decisionId: string;
  readonly name: string | null;
  readonly properties: readonly PropertyChange[];
  readonly columns: readonly ColumnChange[];
  readonly rules: readonly RuleChange[];
}

/** Compares them; null: one cannot be read. What only lies elsewhere on a diagram is no difference. */
export async function compareDecisions(
  before: string,
  after: string,
): Promise<readonly DecisionChange[] | null> {
  const [old, now] = await Promise.all([decisionsIn(before), decisionsIn(after)]);
  if (old === null || now === null) return null;
  const ids = [...new Set([...now.keys(), ...old.keys()])];
  return ids.flatMap((id) => {
    const change = changeOf(old.get(id) ?? null, now.get(id) ?? null);
    const { kind, properties, columns, rules } = change;
    const differs = kind !== 'changed' || [properties, columns, rules].some(({ length }) => length);
    return differs ? [change] : [];
  });
}

async function decisionsIn(xml: string): Promise<ReadonlyMap<string, FlatDecision> | null> {
  const file = await readDmn(xml);
  if (file === null) return null;
  const decisions = (file.drgElement ?? []).filter(({ $type }) => $type === 'dmn:Decision');
  return new Map(decisions.map((one) => [one.id ?? '', flatDecision(one)]));
}

function changeOf(old: FlatDecision | null, now: FlatDecision | null): DecisionChange {
  const { id: decisionId, name } = (now ?? old) as FlatDecision;
  return {
    ...{ kind: kindOf(old, now), decisionId, name },
    properties: factsThatDiffer(old?.facts ?? {}, now?.facts ?? {}),
    columns: columnsThatDiffer(old?.columns ?? [], now?.columns ?? []),
    rules: rulesThatDiffer(old, now),
  };
}

const kindOf = (old: object | null, now: object | null): 'added' | 'removed' | 'changed' =>
  old === null ? 'added' : now === null ? 'removed' : 'changed';

function factsThatDiffer(old: Facts, now: Facts): readonly PropertyChange[] {
  return [...new Set([...Object.keys(now), ...Object.keys(old)])].flatMap((path) => {
    const [before, after] = [old[path] || null, now[path] || null];
    return before === after ? [] : [{ path, before, after }];
  });
}

function columnsThatDiffer(
  old: readonly FlatColumn[],
  now: readonly FlatColumn[],
): readonly ColumnChange[] {
  const [former, newer] = [byKey(old), byKey(now)];
  return [...new Set([...newer.keys(), ...former.keys()])].flatMap((key) => {
    const [was, is] = [former.get(key) ?? null, newer.get(key) ?? null];
    const properties = factsThatDiffer(was?.facts ?? {}, is?.facts ?? {});
    const column = (is ?? was)?.label ?? '';
    return properties.length === 0 ? [] : [{ kind: kindOf(was, is), column, properties }];
  });
}

const byKey = (columns: readonly FlatColumn[]): ReadonlyMap<string, FlatColumn> =>
  new Map(columns.map((one) => [one.key, one]));

interface Pair {
  /** Places from 0; null: it is not there. */
  readonly was: number | null;
  readonly is: number | null;
}

function rulesThatDiffer(
  old: FlatDecision | null,
  now: FlatDecision | null,
): readonly RuleChange[] {
  const [former, newer] = [old?.rules ?? [], now?.rules ?? []];
  const labels = new Map(
    [...(old?.columns ?? []), ...(now?.columns ?? [])].map(({ key, label }) => [key, label]),
  );
  const pairs = pairsOf(former, newer);
  const kept = keptInOrder(
    pairs.flatMap(({ was, is }) => (was === null || is === null ? [] : [was])),
  );
  return pairs.flatMap(({ was, is }): readonly RuleChange[] => {
    const [one, other] = [former[was ?? -1] ?? null, newer[is ?? -1] ?? null];
    const cells = cellsThatDiffer(one, other, labels);
    const isTold = one !== null && other !== null && one.about !== other.about;
    const isMoved = was !== null && is !== null && !kept.has(was);
    if (one && other && cells.length === 0 && !isTold && !isMoved) return [];
    const kind = kindOf(one, other);
    return [
      {
        kind: kind === 'changed' && isMoved ? 'moved' : kind,
        before: was === null ? null : was + 1,
        after: is === null ? null : is + 1,
        about: (other ?? one)?.about ?? null,
        aboutBefore: isTold ? (one?.about ?? '') : null,
        cells,
      },
    ];
  });
}

/** Rules that are the same one: by id, else by what they say. In the order of now; those that went come last. */
function pairsOf(former: readonly FlatRule[], newer: readonly FlatRule[]): readonly Pair[] {
  const byId = new Map(former.map(({ id }, index) => [id, index]));
  const found = newer.map(({ id }) => (id === null ? undefined : byId.get(id)) ?? null);
  const taken = new Set(found);
  const bySaying = new Map<string, number[]>();
  for (const [index, rule] of former.entries()) {
    if (taken.has(index)) continue;
    const saying = sayingOf(rule);
    bySaying.set(saying, [...(bySaying.get(saying) ?? []), index]);
  }
  const pairs = newer.map((rule, is): Pair => {
    return { was: found[is] ?? bySaying.get(sayingOf(rule))?.shift() ?? null, is };
  });
  const kept = new Set(pairs.map(({ was }) => was));
  const went = former.flatMap((_rule, was): Pair[] => (kept.has(was) ? [] : [{ was, is: null }]));
  return [...pairs, ...went];
}

const sayingOf = ({ cells }: FlatRule): string => JSON.stringify([...cells.values()]);

/** The most places that follow each other as before: whatever is not among them was moved. Source: Fredman 1975, patience. */
function keptInOrder(places: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const place of places) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    before.set(place, ends[low - 1]);
    ends[low] = place;
  }
  const kept = new Set<number>();
  for (let one = ends.at(-1); one !== undefined; one = before.get(one)) kept.add(one);
  return kept;
}

/** A cell of a column that came or went says something only if it is not empty. */
function cellsThatDiffer(
  one: FlatRule | null,
  other: FlatRule | null,
  labels: ReadonlyMap<string, string>,
): readonly CellChange[] {
  const keys = [...new Set([...(other?.cells.keys() ?? []), ...(one?.cells.keys() ?? [])])];
  return keys.flatMap((key) => {
    const [before, after] = [one?.cells.get(key) ?? null, other?.cells.get(key) ?? null];
    if (before === after || (isNothing(before) && isNothing(after))) return [];
    return [{ column: labels.get(key) ?? key, before, after }];
  });
}

const isNothing = (cell: string | null): boolean => cell === null || /^\s*-?\s*$/.test(cell);
