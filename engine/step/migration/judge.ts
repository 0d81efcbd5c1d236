/**
 * Whether an instance can go on with another version of its process: every token has to find there what it waits at. All that
 * is in the way is told, not the first alone (S99). Class: pure.
 */
import { type Fault, fault } from '../../errors/index.js';
import type { Entry, FlowNodeBase, InstanceState } from '../../model/index.js';
import type { Correspondence } from './correspondence.js';
import { likenessOf } from './likeness.js';
import { waitsOf } from './waits.js';

/** Says what keeps an instance from moving; nothing: it can. */
export function judgeMigration(
  state: InstanceState,
  correspondence: Correspondence,
): readonly Fault[] {
  const faults = [
    ...processFaults(correspondence),
    ...correspondence.faults(),
    ...tokensOf(state, correspondence).flatMap((token) => tokenFaults(token, correspondence)),
  ];
  const told = new Map(faults.map((one) => [`${one.code} ${one.message}`, one]));
  // What an event is to its host can be told once all hosts are there.
  return told.size > 0 ? [...told.values()] : eventFaults(state, correspondence);
}

const processFaults = ({ from, to }: Correspondence): readonly Fault[] => {
  if (from.id !== to.id) return [fault('MIGRATION_PROCESS', { from: from.id, to: to.id })];
  const keyOf = ({ runsUnder }: typeof from): string => runsUnder ?? 'operator';
  if (keyOf(from) === keyOf(to)) return [];
  return [fault('MIGRATION_KEY', { process: from.id, from: keyOf(from), to: keyOf(to) })];
};

/** Somewhere that a token is: at an element, or on the flow to it. */
interface Token {
  readonly elementId: string;
  readonly flowId: string | null;
  /** Whether it waits for others there. */
  readonly isJoining: boolean;
}

/** All places where tokens are, each once however many are there. */
const tokensOf = (state: InstanceState, correspondence: Correspondence): readonly Token[] => {
  const places = new Map<string, Token>();
  const add = (elementId: string, flowId: string | null = null, isJoining = false): void => {
    places.set(`${elementId} ${flowId} ${isJoining}`, { elementId, flowId, isJoining });
  };
  const addEntries = (entries: readonly Entry[]): void => {
    for (const { nodeId, flowId, inside } of entries) {
      add(nodeId, flowId);
      addEntries(inside);
    }
  };
  for (const { elementId, phase, flowId, begins = [], parentId } of Object.values(state.elements)) {
    if (parentId !== null) add(elementId, phase === 'parked' ? flowId : null);
    addEntries(begins);
  }
  for (const flows of Object.values(state.waiting)) {
    for (const flow of Object.keys(flows)) add(correspondence.targetOf(flow) ?? flow, flow, true);
  }
  for (const move of state.agenda) {
    if (move.kind !== 'arrive') continue;
    add(move.nodeId, move.flowId);
    addEntries(move.entry?.inside ?? []);
  }
  for (const { then } of Object.values(state.interruptions)) {
    if (then.kind === 'boundary' || then.kind === 'handler') add(then.elementId);
  }
  return [...places.values()];
};

const tokenFaults = (
  { elementId, flowId, isJoining }: Token,
  correspondence: Correspondence,
): readonly Fault[] => {
  const { from, to } = correspondence;
  const before = from.nodes[elementId];
  const after = correspondence.nodeOf(elementId);
  if (before === undefined || after === null) {
    return [fault('MIGRATION_ELEMENT_MISSING', { element: elementId })];
  }
  const differs = differenceOf(before, after, correspondence);
  if (differs !== null) return [differs];
  if (flowId !== null && correspondence.flowOf(flowId) === null) {
    return [fault('MIGRATION_FLOW_MISSING', { element: elementId, flow: flowId })];
  }
  const isJoin = to.scopes[after.scopeId]?.joins.some(({ nodeId }) => nodeId === after.id);
  if (!isJoining || isJoin) return [];
  const what = { element: elementId, target: after.id };
  return [fault('MIGRATION_ELEMENT_DIFFERS', { ...what, before: 'a join', after: 'none' })];
};

const differenceOf = (
  before: FlowNodeBase,
  after: FlowNodeBase,
  correspondence: Correspondence,
): Fault | null => {
  const facts = { element: before.id, target: after.id };
  const [was, is] = [likenessOf(before), likenessOf(after)];
  if (was !== is) {
    return fault('MIGRATION_ELEMENT_DIFFERS', { ...facts, before: `a ${was}`, after: `a ${is}` });
  }
  if (correspondence.idOf(before.scopeId) === after.scopeId) return null;
  return fault('MIGRATION_SCOPE', { ...facts, before: before.scopeId, after: after.scopeId });
};

/** Events that are waited for and that an instruction names, but that nobody could wait for at the same place there. */
const eventFaults = (state: InstanceState, correspondence: Correspondence): readonly Fault[] => {
  const elements = Object.values(state.elements);
  const closed = elements.flatMap((instance) => waitsOf(state, instance, correspondence).closed);
  const lost = new Set(closed.map(({ elementId }) => elementId));
  return [...lost].flatMap((element) => {
    const target = correspondence.isMapped(element) ? correspondence.idOf(element) : null;
    return target === null ? [] : [fault('MIGRATION_EVENT', { element, target })];
  });
};
