/** The history of an instance without the values in it, for who may see what its model does and not with what. Class: pure. */
import type { ActRow, HistoryRow, OperationOutput } from '../contracts/control.js';
import type { Json, Variables } from '../engine/model/index.js';

type History = OperationOutput<'history'>;

/** Data of entries that is of the model, of the engine, or of clocks. What is not named is taken for a value. */
const OF_THE_MODEL: readonly string[] = [
  ...['kind', 'loopCounter', 'type', 'code', 'timers', 'tokens', 'of', 'timerId', 'dueAt'],
  ...['from', 'to', 'version', 'mappings', 'armed', 'closed', 'cancelled', 'activated', 'moved'],
  ...['candidateGroups', 'priority', 'followUpAt', 'processId', 'decisionId', 'outcome', 'what'],
  ...['incidentId', 'isDryRun', 'renamed', 'isAtStart', 'isNew', 'variables', 'changed'],
];

/** Kinds whose `name` and `reason` are of the model and of the engine. */
const NAMED: readonly string[] = [
  ...['messageReceived', 'messagePostponed', 'messagePublished', 'subscriptionOpened'],
  ...['signalReceived', 'signalBroadcast', 'elementCancelled', 'taskCancelled'],
];

/** Without values: entries and acts are all there, and say what happened. @param mask - stands in the place of a text */
export function withoutValues(history: History, mask: string): History {
  return {
    ...history,
    entries: history.entries.map((entry) => ({ ...entry, data: maskedData(entry, mask) })),
    acts: history.acts.map((act) => maskedAct(act, mask)),
  };
}

function maskedData({ kind, data }: HistoryRow, mask: string): HistoryRow['data'] {
  if (data === null) return null;
  const isOpen = (name: string): boolean =>
    OF_THE_MODEL.includes(name) || (NAMED.includes(kind) && (name === 'name' || name === 'reason'));
  return maskedBy(isOpen, data, mask);
}

/** Why somebody did something is theirs to say, and may be about anybody. */
const maskedAct = (act: ActRow, mask: string): ActRow => ({
  ...act,
  reason: act.reason === null ? null : mask,
  data: act.data && maskedBy((name) => OF_THE_MODEL.includes(name), act.data, mask),
});

const maskedBy = (isOpen: (name: string) => boolean, data: Variables, mask: string): Variables =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, isOpen(name) ? value : masked(value, mask)]),
  );

/** Names stay, for they are of the model. */
function masked(value: Json, mask: string): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((one) => masked(one, mask));
  if (typeof value !== 'object') return mask;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, masked(one, mask)]));
}
