/** No orphans: every row of the state belongs to something alive, and everything alive has a reason to wait. */

import type {
  ElementInstance,
  ExecutableProcess,
  InstanceState,
} from '../../engine/model/index.js';
import { expect } from './core-expect.js';

/** Checks owners of rows, and that nothing stands still without a reason. */
export function checkTables(process: ExecutableProcess, state: InstanceState): void {
  checkOwners(state);
  checkCalls(state);
  if (state.agenda.length > 0 || state.status !== 'active') return;
  for (const instance of Object.values(state.elements)) {
    expect(isExplained(process, state, instance), `${instance.id} waits for something`).toBe(true);
  }
  // Joins whose turn is still to come are those of a suspended instance.
  if (Object.keys(state.waiting).length > 0 && state.unsettled.length === 0) {
    expect(isAlive(process, state), 'tokens at joins wait for something').toBe(true);
  }
}

const checkOwners = (state: InstanceState): void => {
  const alive = (id: string): ElementInstance => {
    const instance = state.elements[id];
    expect(instance, `the owner ${id} lives`).toBeDefined();
    return instance as ElementInstance;
  };
  for (const { id, ownerId } of Object.values(state.timers)) {
    expect(alive(ownerId).timers).toContain(id);
  }
  for (const { id, ownerId } of Object.values(state.subscriptions)) {
    expect(alive(ownerId).subscriptions).toContain(id);
  }
  for (const { id, elementInstanceId } of Object.values(state.incidents)) {
    expect(alive(elementInstanceId).incidents).toContain(id);
  }
  for (const { id, elementInstanceId } of Object.values(state.jobs)) {
    expect(alive(elementInstanceId).jobId).toBe(id);
  }
  for (const { elementInstanceId } of Object.values(state.throws)) alive(elementInstanceId);
  for (const id of Object.keys(state.tasks)) alive(id);
  for (const table of ['variables', 'positions', 'waiting', 'outputs', 'items'] as const) {
    for (const id of Object.keys(state[table])) alive(id);
  }
  for (const instance of Object.values(state.elements)) checkOwned(state, instance);
};

const checkOwned = (state: InstanceState, instance: ElementInstance): void => {
  const armed = [
    ...instance.timers.map((id) => `timer ${state.timers[id]?.elementId}`),
    ...instance.subscriptions.map((id) => `subscription ${state.subscriptions[id]?.elementId}`),
  ];
  expect(new Set(armed).size, `${instance.id} is armed once for each event`).toBe(armed.length);
  expect(armed.filter((name) => name.endsWith('undefined'))).toEqual([]);
  for (const id of instance.incidents) expect(state.incidents[id]).toBeDefined();
  if (instance.jobId !== null) expect(state.jobs[instance.jobId]).toBeDefined();
  if (instance.childId !== null) expect(state.calls[instance.childId]).toBeDefined();
};

const checkCalls = (state: InstanceState): void => {
  for (const { childId, elementInstanceId, interruptionId } of Object.values(state.calls)) {
    if (interruptionId !== null) expect(state.interruptions[interruptionId]).toBeDefined();
    else expect(state.elements[elementInstanceId ?? '']?.childId).toBe(childId);
  }
  for (const { id, pending, then } of Object.values(state.interruptions)) {
    const calls = Object.values(state.calls).filter((call) => call.interruptionId === id);
    expect(calls.length, `called instances that ${id} waits for`).toBe(pending);
    const owner = 'scopeId' in then ? then.scopeId : 'bodyId' in then ? then.bodyId : state.rootId;
    expect(state.elements[owner ?? ''], `the scope of ${id} lives`).toBeDefined();
  }
};

const isExplained = (
  process: ExecutableProcess,
  state: InstanceState,
  instance: ElementInstance,
): boolean => {
  const { id, jobId, childId, incidents, firstChildId } = instance;
  if (jobId !== null || childId !== null || incidents.length > 0 || firstChildId !== null)
    return true;
  if (state.tasks[id] !== undefined || state.waiting[id] !== undefined) return true;
  if (Object.values(state.throws).some((row) => row.elementInstanceId === id)) return true;
  const isOwner = ({ then }: InstanceState['interruptions'][string]): boolean =>
    ('scopeId' in then && then.scopeId === id) || ('bodyId' in then && then.bodyId === id);
  if (Object.values(state.interruptions).some(isOwner)) return true;
  if (instance.role !== 'node') return false;
  const boundary = process.nodes[instance.elementId]?.boundary ?? [];
  const waits = [
    ...instance.timers.map((timer) => state.timers[timer]?.elementId ?? ''),
    ...instance.subscriptions.map((row) => state.subscriptions[row]?.elementId ?? ''),
  ];
  return waits.some((elementId) => !boundary.includes(elementId));
};

/** Something other than the start of an event sub-process may still happen, or a person was called. */
const isAlive = (process: ExecutableProcess, state: InstanceState): boolean => {
  const { jobs, tasks, calls, incidents, throws, interruptions, timers, subscriptions } = state;
  const tables = [jobs, tasks, calls, incidents, throws, interruptions];
  if (tables.some((table) => Object.keys(table).length > 0)) return true;
  const waits = [...Object.values(timers), ...Object.values(subscriptions)];
  return waits.some(({ elementId }) => process.nodes[elementId]?.kind !== 'startEvent');
};
