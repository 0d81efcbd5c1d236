/**
 * What a modification comes to: all of it is judged before anything changes, so that a fault refuses all of it (S97).
 * Class: pure.
 */
import { type Fault, fault } from '../../errors/index.js';
import type {
  ElementInstance,
  Entry,
  Modification,
  ModificationTarget,
  Variables,
} from '../../model/index.js';
import { measureAll } from '../payloads.js';
import type { Run } from '../run.js';
import { emptiedScopes } from './emptied.js';
import { isWithin, Living } from './living.js';
import { findSources, nameOf, type Source, tokensOf } from './sources.js';
import { type Placement, placeToken } from './targets.js';
import type { Written } from './variables.js';

/** Tokens that one modification may end or place: what it says and leads to is one entry of the journal. */
export const MOST_TOKENS = 1000;

/** Something that ends, and why: half a sentence for who comes late, given who did it. */
export interface Ending {
  readonly source: Source;
  readonly reason: (who: string) => string;
}

/** Tokens to place in one live scope. */
export interface Placing {
  readonly scope: ElementInstance;
  readonly entries: readonly Entry[];
}

/** All that is to be done, in order. */
export interface Plan {
  readonly written: readonly Written[];
  readonly placings: readonly Placing[];
  readonly endings: readonly Ending[];
  /** Of all variables that are set. */
  readonly bytes: number;
  /** Nothing is left: the instance itself ends. */
  readonly isEnd: boolean;
  /** What the journal tells. */
  readonly told: {
    readonly cancelled: readonly string[];
    readonly activated: readonly string[];
    readonly moved: readonly { readonly from: string; readonly to: string }[];
  };
}

/** A source and the instruction that named it; `to` is where its tokens go. */
interface Taken {
  readonly source: Source;
  readonly instruction: string;
  readonly to: ModificationTarget | null;
}

/** Judges a modification. */
export function planModification(run: Run, modification: Modification): Plan | Fault {
  const { cancellations, activations, moves } = modification;
  const count = cancellations.length + activations.length + moves.length;
  if (count === 0) return fault('MODIFICATION_EMPTY', {});
  const living = new Living(run);
  const taken = takeAll(run, living, modification);
  if ('code' in taken) return taken;
  const tokens = taken.reduce((sum, { source }) => sum + tokensOf(source), activations.length);
  if (tokens > MOST_TOKENS) {
    return fault('MODIFICATION_TOO_LARGE', { limit: MOST_TOKENS, tokens });
  }
  const placements = placeAll(run, living, taken, activations);
  if ('code' in placements) return placements;
  const plan = finish(run, taken, placements, activations);
  const { processBytes: limit } = run.process.limits;
  return plan.bytes > limit ? fault('VARIABLES_SIZE', { limit, size: plan.bytes }) : plan;
}

const takeAll = (
  run: Run,
  living: Living,
  { cancellations, moves }: Modification,
): readonly Taken[] | Fault => {
  const wanted = [
    ...cancellations.map((from, i) => ({ from, to: null, instruction: `cancellation ${i + 1}` })),
    ...moves.map(({ from, to }, i) => ({ from, to, instruction: `move ${i + 1}` })),
  ];
  const taken = new Map<string, Taken>();
  for (const { from, to, instruction } of wanted) {
    const sources = findSources(run, living, from, instruction);
    if ('code' in sources) return sources;
    for (const source of sources) {
      const name = nameOf(source);
      const before = taken.get(name);
      if (before !== undefined) {
        const facts = { instruction, source: name, other: before.instruction };
        return fault('MODIFICATION_SOURCE_TWICE', facts);
      }
      taken.set(name, { source, instruction, to });
    }
  }
  return [...taken.values()];
};

const placeAll = (
  run: Run,
  living: Living,
  taken: readonly Taken[],
  activations: readonly ModificationTarget[],
): readonly Placement[] | Fault => {
  const ending = new Set(idsOf(taken.map(({ source }) => source)));
  const placements: Placement[] = [];
  const wanted = [
    ...activations.map((to, i) => ({ to, from: null, instruction: `activation ${i + 1}` })),
    ...taken.flatMap(({ source, instruction, to }) =>
      to === null
        ? []
        : Array.from({ length: tokensOf(source) }, () => {
            return { to, from: scopeAround(run, source), instruction };
          }),
    ),
  ];
  for (const { to, from, instruction } of wanted) {
    const placement = placeToken({ run, living, ending, instruction }, to, from);
    if ('code' in placement) return placement;
    placements.push(placement);
  }
  return placements;
};

const idsOf = (sources: readonly Source[]): readonly string[] =>
  sources.flatMap((source) => (source.kind === 'instance' ? [source.instance.id] : []));

const scopeAround = (run: Run, source: Source): ElementInstance =>
  source.kind === 'waiting' ? source.scope : run.element(source.instance.parentId as string);

const finish = (
  run: Run,
  taken: readonly Taken[],
  placements: readonly Placement[],
  activations: readonly ModificationTarget[],
): Plan => {
  const kept = new Set(placements.map(({ scope }) => scope.id));
  const all = new Set(idsOf(taken.map(({ source }) => source)));
  const outermost = taken.filter(({ source }) => !isInside(run, source, all));
  const scopes = emptiedScopes(
    run,
    outermost.map(({ source }) => source),
    kept,
  );
  const endings: readonly Ending[] = [
    ...outermost.map(({ source, to }) => ({ source, reason: to ? movedTo(to) : cancelled })),
    ...Array.from(scopes.values(), (instance) => {
      return { source: { kind: 'instance', instance } as const, reason: emptied };
    }),
  ];
  const written = writtenOnce(placements);
  const placings = placingsOf(placements);
  return {
    written,
    placings,
    bytes:
      written.reduce((sum, { variables }) => sum + measureAll(variables), 0) +
      placings.reduce((sum, { entries }) => sum + bytesOf(entries), 0),
    endings: endings.filter(({ source }) => !isInside(run, source, scopes)),
    isEnd: scopes.has(run.state.rootId as string),
    told: {
      cancelled: taken.filter(({ to }) => to === null).map(({ source }) => nameOf(source)),
      activated: activations.map(({ elementId }) => elementId),
      moved: taken.flatMap(({ source, to }) =>
        to === null ? [] : [{ from: nameOf(source), to: to.elementId }],
      ),
    },
  };
};

/** What an instruction writes into a live scope is written once, however many tokens it moves. */
const writtenOnce = (placements: readonly Placement[]): readonly Written[] => {
  const all = placements.flatMap(({ written }) => written);
  const seen = new Map<Variables, Set<string>>();
  return all.filter(({ scope, variables }) => {
    const scopes = seen.get(variables) ?? new Set();
    seen.set(variables, scopes);
    const isNew = !scopes.has(scope.id);
    scopes.add(scope.id);
    return isNew;
  });
};

const bytesOf = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { variables, inside }) => sum + measureAll(variables) + bytesOf(inside), 0);

const cancelled = (who: string): string => `was cancelled by ${who}`;
const emptied = (who: string): string =>
  `was ended because ${who} cancelled the last that was in it`;
const movedTo =
  ({ elementId }: ModificationTarget) =>
  (who: string): string =>
    `was moved to '${elementId}' by ${who}`;

/** Whether a source lies inside one of these: it ends with that one. */
const isInside = (run: Run, source: Source, ids: { has(id: string): boolean }): boolean => {
  if (source.kind === 'waiting') return isWithin(run, source.scope, ids);
  const { parentId } = source.instance;
  return parentId !== null && isWithin(run, run.element(parentId), ids);
};

/** Tokens of one scope together: those that enter the same scope on their way enter it once. */
const placingsOf = (placements: readonly Placement[]): readonly Placing[] => {
  const scopes = new Map(placements.map(({ scope }) => [scope.id, scope]));
  return Array.from(scopes.values(), (scope) => ({
    scope,
    entries: merged(placements.filter((one) => one.scope === scope).map(({ entry }) => entry)),
  }));
};

const merged = (entries: readonly Entry[]): readonly Entry[] => {
  const result: Entry[] = [];
  for (const entry of entries) {
    const at = result.findIndex(
      ({ nodeId, inside }) => nodeId === entry.nodeId && inside.length > 0,
    );
    const same = result[at];
    if (same === undefined || entry.inside.length === 0) result.push(entry);
    else {
      const variables = { ...same.variables, ...entry.variables };
      result[at] = { ...same, variables, inside: merged([...same.inside, ...entry.inside]) };
    }
  }
  return result;
};
