/**
 * What elements have thrown and the caller has not answered yet (S37, S43), found by the element that waits: its end
 * takes them away, and must not look through those of all others.
 */
import type { ElementInstance, InstanceState, PendingThrow } from '../model/index.js';
import type { Run } from './run.js';

/** Element instance id → ids of its throws. */
type Waiting = Map<string, Set<string>>;
type Throws = InstanceState['throws'];

/** Not a part of the state, for it follows from it: kept as long as the state is. */
const indexes = new WeakMap<Throws, Waiting>();

const note = (waiting: Waiting, { id, elementInstanceId }: PendingThrow): void => {
  const ids = waiting.get(elementInstanceId);
  if (ids === undefined) waiting.set(elementInstanceId, new Set([id]));
  else ids.add(id);
};

const waitingIn = (throws: Throws): Waiting => {
  const known = indexes.get(throws);
  if (known !== undefined) return known;
  const waiting: Waiting = new Map();
  for (const pending of Object.values(throws)) note(waiting, pending);
  indexes.set(throws, waiting);
  return waiting;
};

/** Keeps a throw until the caller answers. */
export function keepThrow(run: Run, pending: PendingThrow): void {
  note(waitingIn(run.state.throws), pending);
  run.put('throws', pending.id, pending);
}

/** The caller has answered. */
export function dropThrow(run: Run, { id, elementInstanceId }: PendingThrow): void {
  const waiting = waitingIn(run.state.throws);
  const ids = waiting.get(elementInstanceId);
  ids?.delete(id);
  if (ids?.size === 0) waiting.delete(elementInstanceId);
  run.drop('throws', id);
}

/** An element instance ends: an answer that is still to come is for nobody (S04). */
export function dropThrowsOf(run: Run, { id }: ElementInstance): void {
  const waiting = waitingIn(run.state.throws);
  for (const throwId of waiting.get(id) ?? []) run.drop('throws', throwId);
  waiting.delete(id);
}
