import type { Json } from './json.js';
import type { InstanceState } from './state.js';
import type { FlatTable, ListChange, ListField, NestedTable, StateDelta } from './step.js';

type Row = Json | object;

const apply = <T>(table: Record<string, T>, changes: Readonly<Record<string, T | null>>): void => {
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete table[key];
    else table[key] = value;
  }
};

const changed = (before: readonly unknown[], change: ListChange): unknown[] => {
  const after: unknown[] = [];
  for (const piece of change) {
    const items = 'added' in piece ? piece.added : before.slice(piece.from, piece.until);
    for (const item of items) after.push(item);
  }
  return after;
};

/**
 * Applies what a decision changed to the state it was decided on, in place.
 * Class: pure but for `state`; runs in the workflow sandbox.
 */
export function applyDelta(state: InstanceState, delta: StateDelta): void {
  Object.assign(state, delta.scalars);
  if (state.innerStarts === 0) delete state.innerStarts;
  for (const [name, change] of Object.entries(delta.lists ?? {})) {
    const field = name as ListField;
    Object.assign(state, { [field]: changed(state[field], change) });
  }
  for (const [name, changes] of Object.entries(delta.flat)) {
    apply(state[name as FlatTable] as Record<string, Row>, changes);
  }
  for (const [name, changes] of Object.entries(delta.nested)) {
    const table = state[name as NestedTable] as Record<string, Record<string, Json>>;
    for (const [outer, values] of Object.entries(changes)) {
      if (values === null) delete table[outer];
      else table[outer] = { ...table[outer], ...values };
    }
  }
  for (const [name, outers] of Object.entries(delta.removed)) {
    const table = state[name as NestedTable] as Record<string, Record<string, Json>>;
    for (const [outer, keys] of Object.entries(outers)) {
      for (const key of keys) delete table[outer]?.[key];
    }
  }
}
