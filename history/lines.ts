/** The history of an instance in sentences: when, who, what, why. Class: pure. */
import type { ActRow, HistoryRow, OperationOutput } from '../contracts/control.js';
import { wordsOf } from '../engine/model/index.js';
import { actSentence, modificationText, renamedText } from './acts.js';
import { ERASED } from './erased.js';
import { remediedOnce } from './remedies.js';
import { several, shownInstant } from './wording.js';

type History = OperationOutput<'history'>;
type Names = History['names'];
type Kind = 'elementEntered' | 'elementCompleted' | 'elementCancelled' | (string & {});

/** One line: an entry of the journal, or an act that no entry tells of. */
export interface ToldLine {
  readonly at: string;
  /** Null: the engine. */
  readonly actor: string | null;
  readonly what: string;
  /** The reason that was given, or what led to it. */
  readonly why: string | null;
  /** Kind of the entry, or action of the act. */
  readonly kind: string;
  /** Null: it is of the instance as a whole, or an act. */
  readonly elementId: string | null;
  /** Number of the entry of the journal; null: it is an act of the audit. */
  readonly sequence: number | null;
}

/** Kinds that tell how the engine went about it, and nothing that people ask for. */
const INNER: readonly Kind[] = [
  'flowTaken',
  'tokenWaiting',
  'elementCompleted',
  'jobStarted',
  'jobCancelled',
  'timerCancelled',
  'subscriptionClosed',
  'variablesWritten',
  'eventNotAwaited',
];

/** Acts that the journal tells of in a kind of its own. */
const TOLD: Readonly<Record<string, Kind>> = {
  run: 'instanceStarted',
  completeTask: 'taskCompleted',
  assignTask: 'taskAssigned',
  delegateTask: 'taskDelegated',
  returnTask: 'taskReturned',
  updateTask: 'taskUpdated',
  commentTask: 'taskCommented',
  resolveIncident: 'incidentResolved',
  cancelInstance: 'instanceCancelling',
  suspendInstance: 'instanceSuspended',
  resumeInstance: 'instanceResumed',
  setVariables: 'variablesWritten',
  modifyInstance: 'instanceModified',
  migrateInstance: 'instanceMigrated',
};

/** The audit row of an act is written this much later than its journal entry, at most. */
const TOGETHER_MS = 15_000;

/** All lines in order of time; `hasAll` with what only the engine does, and every act. */
export function toldHistory(
  { entries, acts, names }: History,
  hasAll: boolean,
): readonly ToldLine[] {
  const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]));
  const reasons = new Map<number, string | null>();
  const wanted = acts.filter(
    ({ action, data }) => hasAll || (action !== 'journal.anchored' && data?.isDryRun !== true),
  );
  const untold = wanted.filter((act) => {
    const told = entries.filter((entry) => !reasons.has(entry.sequence) && isToldBy(act, entry));
    const nearest = told.toSorted((a, b) => distanceMs(act, a) - distanceMs(act, b))[0];
    if (nearest) reasons.set(nearest.sequence, whyOf(act));
    return nearest === undefined;
  });
  const journal = entries
    .filter((entry) => hasAll || !INNER.includes(entry.kind) || isByPerson(entry))
    .map((entry) => lineOf(entry, bySequence, names, reasons.get(entry.sequence) ?? null));
  const lines = [...journal, ...untold.map(actLine)];
  return lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Whether an entry of the journal tells of an act, so that it need not be told twice. */
function isToldBy(act: ActRow, entry: HistoryRow): boolean {
  const isKind =
    act.outcome === 'done'
      ? entry.kind === TOLD[act.action]
      : entry.kind === 'requestRefused' && entry.data?.code === act.code;
  return (
    isKind &&
    act.data?.isDryRun !== true &&
    isSameObject(act, entry) &&
    entry.actor === act.actor &&
    distanceMs(act, entry) <= TOGETHER_MS
  );
}

/** Of tasks and incidents one tells from the other; refusals and what is done to all of an instance name none. */
function isSameObject({ object, outcome }: ActRow, entry: HistoryRow): boolean {
  const [, kind, id] = /^(task|incident):[^/]*\/(.*)$/.exec(object) ?? [];
  if (kind === undefined || outcome !== 'done') return true;
  return id === (kind === 'task' ? entry.elementInstanceId : entry.data?.incidentId);
}

function distanceMs(act: ActRow, entry: HistoryRow): number {
  return Math.abs(Date.parse(act.at) - Date.parse(entry.at));
}

/** What a person did, not what came of it: the journal names the person on both. */
function isByPerson({ actor, kind, cause }: HistoryRow): boolean {
  if (actor === null) return false;
  return DONE_BY_PEOPLE.includes(kind) || (kind === 'variablesWritten' && cause === null);
}

const DONE_BY_PEOPLE: readonly Kind[] = [
  'instanceStarted',
  'instanceSuspended',
  'instanceResumed',
  'instanceModified',
  'instanceMigrated',
  'instanceCancelling',
  'instanceCancelled',
  'taskAssigned',
  'taskDelegated',
  'taskReturned',
  'taskUpdated',
  'taskCommented',
  'taskCompleted',
  'incidentResolved',
  'requestRefused',
];

function lineOf(
  entry: HistoryRow,
  bySequence: ReadonlyMap<number, HistoryRow>,
  names: Names,
  reason: string | null,
): ToldLine {
  const { at, actor, kind, elementId, sequence } = entry;
  const what = `${sentenceOf(entry, names)}${resultOf(entry, bySequence)}`;
  const place = { kind, elementId, sequence };
  if (isByPerson(entry)) return { at, actor, what, why: reason, ...place };
  const why = ASKS_WHY.includes(entry.kind) ? reasonOf(entry, bySequence, names) : null;
  return { at, actor: null, what, why, ...place };
}

/** What proves something, among what a job made: people ask for these, and not for all else that a process keeps. */
const EVIDENCE =
  /(?:certificate|export|evidence|manifest|receipt|invoice|contract|package)\w*(?:Id|Number|Sha256|Hash|Ref)$/i;
const MOST_RESULTS = 6;
const LONGEST_RESULT = 80;

/** What a person answered to a task, or by what a job's work is found again; empty for all else, and where there is nothing. */
function resultOf(entry: HistoryRow, bySequence: ReadonlyMap<number, HistoryRow>): string {
  const { kind, sequence, isErased } = entry;
  if (isErased || (kind !== 'taskCompleted' && kind !== 'jobCompleted')) return '';
  // What comes of it is written right after it.
  const next = bySequence.get(sequence + 1);
  if (next?.kind !== 'variablesWritten' || next.isErased) return '';
  const values = Object.entries(Object(next.data?.values) as Readonly<Record<string, unknown>>);
  const shown = values.filter(
    ([name, value]) =>
      ['string', 'number', 'boolean'].includes(typeof value) &&
      String(value).length <= LONGEST_RESULT &&
      (kind === 'taskCompleted' || EVIDENCE.test(name)),
  );
  const some = shown.slice(0, MOST_RESULTS).map(([name, value]) => `${name} = ${String(value)}`);
  return some.length > 0 ? `: ${some.join(', ')}` : '';
}

function actLine(act: ActRow): ToldLine {
  const { at, actor, action: kind } = act;
  const what = actSentence(act);
  return { at, actor, what, why: whyOf(act), kind, elementId: null, sequence: null };
}

/** The reason that was given; what was erased is not taken for one that nobody gave. */
function whyOf({ reason, isErased }: ActRow): string | null {
  return isErased ? ERASED : reason;
}

/** Kinds at which a chain of causes ends: people recognise them as a reason. */
const REASONS: readonly Kind[] = [
  'instanceStarted',
  'instanceModified',
  'instanceMigrated',
  'elementCompleted',
  'taskCompleted',
  'jobCompleted',
  'jobThrew',
  'timerFired',
  'messageReceived',
  'signalReceived',
  'errorThrown',
  'escalationThrown',
  'childEnded',
  'incidentResolved',
  'decisionEvaluated',
];

/** Kinds of which one asks why. What goes on at an element that was entered follows from that. */
const ASKS_WHY: readonly Kind[] = [
  'elementEntered',
  'elementCancelled',
  'taskCancelled',
  'instanceCompleted',
  'instanceFailed',
];

const FAR = 20;

function reasonOf(
  { cause, kind, elementInstanceId }: HistoryRow,
  bySequence: ReadonlyMap<number, HistoryRow>,
  names: Names,
): string | null {
  let flow: string | null = null;
  let next = cause;
  for (let turn = 0; next !== null && turn < FAR; turn += 1) {
    const found = bySequence.get(next);
    if (!found) return null;
    // Only flows of a choice have a name: which of several was taken is what one wants to know.
    if (found.kind === 'flowTaken') flow ??= names[found.elementId ?? ''] ?? null;
    if (REASONS.includes(found.kind)) {
      const isOwn = found.elementInstanceId === elementInstanceId && elementInstanceId !== null;
      // What an element does while it runs needs no reason: it is its own.
      if (isOwn && kind !== 'elementCancelled') return null;
      return `${shortOf(found, names)}${flow === null ? '' : `, by flow '${flow}'`}`;
    }
    next = found.cause;
  }
  return null;
}

function nameOf({ elementId }: HistoryRow, names: Names): string {
  return elementId === null ? 'the instance' : (names[elementId] ?? elementId);
}

/** A cause as half a sentence. */
function shortOf(entry: HistoryRow, names: Names): string {
  const name = nameOf(entry, names);
  const { kind, data, isErased } = entry;
  if (kind === 'instanceStarted') return 'at the start';
  if (kind === 'instanceModified')
    return `because ${entry.actor ?? 'somebody'} modified the instance`;
  if (kind === 'instanceMigrated')
    return `because ${entry.actor ?? 'somebody'} migrated the instance`;
  if (kind === 'elementCompleted') return `after '${name}'`;
  if (kind === 'timerFired') return `because timer '${name}' fired`;
  if (isErased && kind === 'messageReceived') return 'because a message arrived';
  if (isErased && kind === 'signalReceived') return 'because a signal arrived';
  if (kind === 'messageReceived') return `because message '${text(data?.name)}' arrived`;
  if (kind === 'signalReceived') return `because signal '${text(data?.name)}' arrived`;
  return `because ${sentenceOf(entry, names)}`;
}

/** What an entry tells. */
function sentenceOf(entry: HistoryRow, names: Names): string {
  const name = nameOf(entry, names);
  // Of what was erased nothing is made up.
  if (entry.isErased) return `${wordsOf(entry.kind)} '${name}' ${ERASED}`;
  const data = entry.data ?? {};
  const make = SENTENCES[entry.kind];
  return make ? make(`'${name}'`, data, names) : `${wordsOf(entry.kind)} ${name}`;
}

type Data = NonNullable<HistoryRow['data']>;

const told = (value: unknown): string => remediedOnce(text(value));

const text = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

/** `'Check' (check:7)`, or the id alone where that says all. */
const withId = (id: string, names: Names): string => {
  const elementId = id.includes(':') ? id.slice(0, id.lastIndexOf(':')) : id;
  const name = names[elementId] ?? elementId;
  return name === elementId ? id : `'${name}' (${id})`;
};

/** What a migration did, of what the journal has of it. */
function migratedText({ from, to, mappings, armed, closed }: Data): string {
  const versionOf = (ref: unknown): string =>
    text((Object(ref) as { readonly version?: unknown }).version);
  const pairs = (Array.isArray(mappings) ? mappings : []).map((one) => {
    const { sourceElementId, targetElementId } = Object(one) as Record<string, unknown>;
    return { from: sourceElementId, to: targetElementId };
  });
  const list = (ids: unknown): string => (Array.isArray(ids) ? ids.map(String).join(', ') : '');
  const parts = [
    ['', renamedText(pairs)],
    ['now waiting for ', list(armed)],
    ['no more waiting for ', list(closed)],
  ];
  const details = parts.filter(([, what]) => what !== '').map(([how, what]) => `${how}${what}`);
  const versions = `from version ${versionOf(from)} to ${versionOf(to)}`;
  return [`migrated the instance ${versions}`, ...details].join('; ');
}

const SENTENCES: Readonly<Record<string, (name: string, data: Data, names: Names) => string>> = {
  instanceStarted: () => 'started the instance',
  instanceSuspended: () => 'suspended the instance',
  instanceResumed: (_, { timers }) =>
    `resumed the instance${timers === 'shift' ? ', timers moved by the time suspended' : ''}`,
  instanceCompleted: () => 'the instance completed',
  instanceModified: (_, data, names) =>
    `modified the instance: ${modificationText(data, (id) => withId(id, names))}`,
  instanceMigrated: (_, data) => migratedText(data),
  instanceCancelling: () => 'asked for the end of the instance',
  instanceCancelled: () => 'cancelled the instance',
  instanceFailed: () => 'the instance failed: its caller took the error',
  elementMigrated: (name, { from }) => `${name} is what '${text(from)}' was`,
  elementEntered: (name, { kind, loopCounter }) =>
    `entered ${name}${typeof kind === 'string' ? ` (${wordsOf(kind)})` : ''}${typeof loopCounter === 'number' ? `, item ${loopCounter}` : ''}`,
  elementCompleted: (name) => `left ${name}`,
  elementCancelled: (name, { reason }) =>
    `ended ${name}${typeof reason === 'string' ? `: it ${reason}` : ''}`,
  flowTaken: (name) => `took flow ${name}`,
  tokenWaiting: (name) => `a token waits at ${name} for the others`,
  tokenRemoved: (name, { tokens }) => `took ${several(Number(tokens), 'token')} away from ${name}`,
  variablesWritten: (_, { values }) =>
    `wrote ${Object.keys(Object(values)).join(', ') || 'nothing'}`,
  jobStarted: (name, { type }) => `started job '${text(type)}' of ${name}`,
  jobCompleted: (name, { type }) => `job '${text(type)}' of ${name} was done`,
  jobFailed: (name, { type, message }) => `job '${text(type)}' of ${name} failed: ${told(message)}`,
  jobThrew: (name, { type, code }) =>
    `job '${text(type)}' of ${name} answered error '${text(code)}'`,
  jobCancelled: (name) => `took the job of ${name} back`,
  taskOpened: (name, { assignee, candidateGroups }) =>
    `opened task ${name} for ${recipient(assignee, candidateGroups)}`,
  taskAssigned: (name, { assignee }) =>
    typeof assignee === 'string'
      ? `gave task ${name} to ${assignee}`
      : `gave task ${name} back to its candidates`,
  taskDelegated: (name, { assignee, owner }) =>
    typeof owner === 'string'
      ? `delegated task ${name} to ${text(assignee)}, who returns it to ${owner}`
      : `gave task ${name} back to ${text(assignee)}`,
  taskReturned: (name, { assignee }) => `returned task ${name} to ${text(assignee)}`,
  taskUpdated: (name, { version: _, ...changes }) =>
    `changed task ${name}: ${Object.entries(changes).map(changeText).join(', ')}`,
  taskCommented: (name) => `commented on task ${name}`,
  taskCompleted: (name, { action }) =>
    `completed task ${name}${typeof action === 'string' ? ` by '${action}'` : ''}`,
  taskCancelled: (name, { reason }) =>
    `took task ${name} back${typeof reason === 'string' ? `: it ${reason}` : ''}`,
  timerArmed: (name, { dueAt }) => `armed timer ${name} for ${shownInstant(text(dueAt))}`,
  timerFired: (name, { dueAt }) => `timer ${name} fired, due ${shownInstant(text(dueAt))}`,
  timerCancelled: (name) => `stopped timer ${name}`,
  timerEnded: (name, { text: rhythm }) => `armed nothing at ${name}: '${text(rhythm)}' has ended`,
  subscriptionOpened: (name, { of, name: wanted }) =>
    `waits at ${name} for ${text(of)} '${text(wanted)}'`,
  subscriptionClosed: (name) => `waits no more at ${name}`,
  messageReceived: (name, data) => `took message '${text(data.name)}' at ${name}`,
  messagePostponed: (name, data) =>
    `left message '${text(data.name)}' for ${name} in the buffer: the instance is suspended`,
  signalReceived: (name, data) => `took signal '${text(data.name)}' at ${name}`,
  messagePublished: (name, data) => `published message '${text(data.name)}' at ${name}`,
  signalBroadcast: (name, data) => `broadcast signal '${text(data.name)}' at ${name}`,
  errorThrown: (name, { code }) => `error '${text(code)}' was thrown at ${name}`,
  escalationThrown: (name, { code }) => `escalation '${text(code)}' was thrown at ${name}`,
  childStarted: (name, { processId }) => `called process '${text(processId)}' at ${name}`,
  childEnded: (name, { outcome }) =>
    outcome === 'notStarted'
      ? `the process called at ${name} did not start`
      : `the process called at ${name} ended: ${text(outcome)}`,
  decisionEvaluated: (name, { decisionId, value }) =>
    `decision '${text(decisionId)}' at ${name} gave ${text(value)}`,
  incidentOpened: (name, { code, message }) =>
    `incident ${text(code)} at ${name}: ${told(message)}`,
  incidentResolved: (name) => `resolved the incident at ${name}`,
  incidentClosed: (name) => `the incident at ${name} ended with what it held`,
  requestRefused: (_, { code, message }) => `refused a request (${text(code)}): ${told(message)}`,
  eventNotAwaited: (_, { what, subject }) => `a ${text(what)} came too late for ${text(subject)}`,
};

/** How people call what may be changed of a task. */
const CHANGED: Readonly<Record<string, string>> = {
  dueAt: 'due',
  followUpAt: 'follow-up',
  candidateGroups: 'groups',
  candidateUsers: 'users',
};

function changeText([name, value]: readonly [string, unknown]): string {
  const label = CHANGED[name] ?? name;
  if (value === null || (Array.isArray(value) && value.length === 0)) return `${label} taken away`;
  if (Array.isArray(value)) return `${label} ${value.join(', ')}`;
  return `${label} ${name.endsWith('At') ? shownInstant(text(value)) : text(value)}`;
}

function recipient(assignee: unknown, groups: unknown): string {
  if (typeof assignee === 'string') return assignee;
  if (Array.isArray(groups) && groups.length > 0) return `group ${groups.join(', ')}`;
  return 'anybody';
}
