/**
 * What steps changed: the keys alone, noted as they are written, so that a decision can report the difference
 * at a cost that does not grow with the instance.
 */
import type { FlatTable, InstanceState, NestedTable, StateDelta } from '../model/index.js';
import { type Lists, listChanges, listsOf } from './list-changes.js';

/** A collector of touched keys; one serves all the steps of a decision. */
export interface Touched {
  /** The lists before the first step; null until then. */
  lists: Lists | null;
  readonly flat: (FlatTable | string)[];
  readonly nested: (NestedTable | string)[];
}

/** An empty collector. */
export function createTouched(): Touched {
  return { lists: null, flat: [], nested: [] };
}

/** Notes how the lists are before anything is done to them. */
export function noteLists(touched: Touched, state: InstanceState): void {
  touched.lists ??= listsOf(state);
}

type Plain = Record<string, unknown>;
type Nested = Record<string, Record<string, Plain | null>>;

const flatChanges = (state: InstanceState, touched: Touched): Record<string, Plain> => {
  const changes: Record<string, Plain> = {};
  for (let i = 0; i < touched.flat.length; i += 2) {
    const table = touched.flat[i] as FlatTable;
    const key = touched.flat[i + 1] as string;
    changes[table] ??= {};
    changes[table][key] = state[table][key] ?? null;
  }
  return changes;
};

const nestedChanges = (state: InstanceState, touched: Touched): [Nested, Record<string, Plain>] => {
  const set: Nested = {};
  const removed: Record<string, Record<string, string[]>> = {};
  for (let i = 0; i < touched.nested.length; i += 3) {
    const table = touched.nested[i] as NestedTable;
    const outer = touched.nested[i + 1] as string;
    const inner = touched.nested[i + 2] as string;
    set[table] ??= {};
    const now = state[table][outer];
    if (now === undefined) {
      set[table][outer] = null;
    } else if (Object.hasOwn(now, inner)) {
      set[table][outer] ??= {};
      set[table][outer][inner] = now[inner];
    } else {
      removed[table] ??= {};
      removed[table][outer] ??= [];
      removed[table][outer].push(inner);
    }
  }
  return [set, removed];
};

/**
 * The difference that the collected steps made, as JSON.
 *
 * @param state - the state after the steps
 * Class: pure.
 */
export function deltaOf(state: InstanceState, touched: Touched): StateDelta {
  const [nested, removed] = nestedChanges(state, touched);
  return {
    scalars: {
      status: state.status,
      suspendedAt: state.suspendedAt,
      counter: state.counter,
      sequence: state.sequence,
      rootId: state.rootId,
      startedAt: state.startedAt,
      moves: state.moves,
      innerStarts: state.innerStarts ?? 0,
    },
    lists: touched.lists === null ? {} : listChanges(touched.lists, state),
    flat: flatChanges(state, touched) as StateDelta['flat'],
    nested: nested as StateDelta['nested'],
    removed: removed as StateDelta['removed'],
  };
}
