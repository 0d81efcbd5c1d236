/** The tree of element instances, its counters and positions: recounted from its parts. */

import type {
  ElementInstance,
  ExecutableProcess,
  InstanceState,
} from '../../engine/model/index.js';
import { expect } from './core-expect.js';

const isHandler = (process: ExecutableProcess, { elementId, role }: ElementInstance): boolean =>
  role === 'scope' && process.nodes[elementId]?.kind === 'eventSubProcess';

/** Checks parents, the intrusive lists, live counters and positions. */
export function checkTree(process: ExecutableProcess, state: InstanceState): void {
  const children = new Map<string, ElementInstance[]>();
  for (const instance of Object.values(state.elements)) {
    expect(state.elements[instance.id]).toBe(instance);
    if (instance.parentId === null) {
      expect(instance.id).toBe(state.rootId);
      continue;
    }
    expect(state.elements[instance.parentId], `${instance.id} has a live parent`).toBeDefined();
    const list = children.get(instance.parentId) ?? [];
    list.push(instance);
    children.set(instance.parentId, list);
  }
  for (const instance of Object.values(state.elements)) {
    const mine = children.get(instance.id) ?? [];
    checkList(state, instance, mine);
    if (instance.role === 'node') {
      expect(mine, `${instance.id} holds nothing`).toEqual([]);
      continue;
    }
    checkLive(process, state, instance, mine);
    if (instance.role === 'scope') checkPositions(process, state, instance, mine);
  }
}

const checkList = (
  state: InstanceState,
  parent: ElementInstance,
  children: readonly ElementInstance[],
): void => {
  const listed: string[] = [];
  let previous: string | null = null;
  for (let id = parent.firstChildId; id !== null; id = state.elements[id]?.nextId ?? null) {
    expect(state.elements[id]?.previousId, `${id} knows who is before it`).toBe(previous);
    listed.push(id);
    previous = id;
    if (listed.length > children.length) break;
  }
  expect(parent.lastChildId).toBe(previous);
  expect(listed.sort(), `children of ${parent.id}`).toEqual(children.map(({ id }) => id).sort());
};

const sum = (row: Readonly<Record<string, number>> | undefined): number =>
  Object.values(row ?? {}).reduce((a, b) => a + b, 0);

const checkLive = (
  process: ExecutableProcess,
  state: InstanceState,
  scope: ElementInstance,
  children: readonly ElementInstance[],
): void => {
  const handlers = children.filter((child) => isHandler(process, child));
  const onTheWay = state.agenda.filter(
    (move) =>
      (move.kind === 'arrive' && move.scopeId === scope.id) ||
      (move.kind === 'inner' && move.bodyId === scope.id),
  );
  const held = Object.values(state.interruptions).map(({ then }) => then);
  const own = held.filter((then) =>
    then.kind === 'boundary' || then.kind === 'scope' || (then.kind === 'left' && !then.isHandler)
      ? then.scopeId === scope.id
      : then.kind === 'body'
        ? then.bodyId === scope.id
        : then.kind === 'instance' && scope.parentId === null,
  );
  const starting = held.filter(
    (then) =>
      (then.kind === 'handler' || (then.kind === 'left' && then.isHandler)) &&
      then.scopeId === scope.id,
  );
  expect(scope.handlers, `handlers of ${scope.id}`).toBe(handlers.length + starting.length);
  // A body whose work is done may be held by an incident on its way out.
  if (scope.role === 'body' && scope.phase === 'departing') return;
  const tokens =
    children.length - handlers.length + onTheWay.length + sum(state.waiting[scope.id]) + own.length;
  expect(scope.live, `tokens alive in ${scope.id}`).toBe(tokens);
};

const checkPositions = (
  process: ExecutableProcess,
  state: InstanceState,
  scope: ElementInstance,
  children: readonly ElementInstance[],
): void => {
  const counted: Record<string, number> = {};
  const add = (position: string): void => {
    counted[position] = (counted[position] ?? 0) + 1;
  };
  if ((process.scopes[scope.elementId]?.joins.length ?? 0) > 0) {
    for (const child of children) {
      if (isHandler(process, child)) continue;
      add(child.phase === 'parked' ? (child.flowId ?? child.elementId) : child.elementId);
    }
    for (const move of state.agenda) {
      if (move.kind === 'arrive' && move.scopeId === scope.id) add(move.flowId ?? move.nodeId);
    }
    for (const { then } of Object.values(state.interruptions)) {
      if (then.kind === 'boundary' && then.scopeId === scope.id) add(then.elementId);
    }
  }
  expect(state.positions[scope.id] ?? {}, `positions in ${scope.id}`).toEqual(counted);
};
