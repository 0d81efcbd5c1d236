/** The history of an instance in sentences: when, who, what, why. Class: pure. */
import type { ActRow, HistoryRow, OperationOutput } from '../contracts/control.js';
import { type Names, type ToldLocale, WORDS, type Words } from './words/index.js';

type History = OperationOutput<'history'>;
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

/** Acts that nothing of an instance changed by: the log anchors it, somebody read it. */
const OF_THE_LOG: readonly string[] = ['journal.anchored', 'readValues'];

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
  locale: ToldLocale = 'en',
): readonly ToldLine[] {
  const words: Words = WORDS[locale];
  const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]));
  const reasons = new Map<number, string | null>();
  const wanted = acts.filter(
    ({ action, data }) => hasAll || (!OF_THE_LOG.includes(action) && data?.isDryRun !== true),
  );
  const untold = wanted.filter((act) => {
    const told = entries.filter((entry) => !reasons.has(entry.sequence) && isToldBy(act, entry));
    const nearest = told.toSorted((a, b) => distanceMs(act, a) - distanceMs(act, b))[0];
    if (nearest) reasons.set(nearest.sequence, whyOf(act, words));
    return nearest === undefined;
  });
  const journal = entries
    .filter((entry) => hasAll || !INNER.includes(entry.kind) || isByPerson(entry))
    .map((entry) =>
      lineOf(entry, { bySequence, names, words }, reasons.get(entry.sequence) ?? null),
    );
  const lines = [...journal, ...untold.map((act) => actLine(act, words))];
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

/** What an entry is told by. */
interface Telling {
  readonly bySequence: ReadonlyMap<number, HistoryRow>;
  readonly names: Names;
  readonly words: Words;
}

function lineOf(entry: HistoryRow, telling: Telling, reason: string | null): ToldLine {
  const { at, actor, kind, elementId, sequence } = entry;
  const what = `${sentenceOf(entry, telling)}${resultOf(entry, telling.bySequence)}`;
  const place = { kind, elementId, sequence };
  if (isByPerson(entry)) return { at, actor, what, why: reason, ...place };
  const why = ASKS_WHY.includes(entry.kind) ? reasonOf(entry, telling) : null;
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

function actLine(act: ActRow, words: Words): ToldLine {
  const { at, actor, action: kind } = act;
  const what = words.act(act);
  return { at, actor, what, why: whyOf(act, words), kind, elementId: null, sequence: null };
}

/** The reason that was given; what was erased is not taken for one that nobody gave. */
function whyOf({ reason, isErased }: ActRow, { erased }: Words): string | null {
  return isErased ? erased : reason;
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

function reasonOf({ cause, kind, elementInstanceId }: HistoryRow, telling: Telling): string | null {
  const { bySequence, names, words } = telling;
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
      if (isOwn && !kind.endsWith('Cancelled')) return null;
      return `${shortOf(found, telling)}${flow === null ? '' : words.causes.byFlow(flow)}`;
    }
    next = found.cause;
  }
  return null;
}

/**
 * What led to an entry, one cause behind the other, the nearest first: why something is where it is.
 *
 * @param sequence - of the entry that is asked about, which is told first
 */
export function toldCauses(
  { entries, names }: Pick<History, 'entries' | 'names'>,
  sequence: number,
  locale: ToldLocale = 'en',
): readonly ToldLine[] {
  const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]));
  const telling = { bySequence, names, words: WORDS[locale] };
  const lines: ToldLine[] = [];
  let next: number | null = sequence;
  while (next !== null && lines.length < FAR) {
    const found: HistoryRow | undefined = bySequence.get(next);
    if (!found) break;
    lines.push(lineOf(found, telling, null));
    next = found.cause;
  }
  return lines;
}

function nameOf({ elementId }: HistoryRow, { names, words }: Telling): string {
  return elementId === null ? words.theInstance : (names[elementId] ?? elementId);
}

/** A cause as half a sentence. */
function shortOf(entry: HistoryRow, telling: Telling): string {
  const { causes } = telling.words;
  const { kind, data, isErased, actor } = entry;
  const named = isErased ? null : typeof data?.name === 'string' ? data.name : null;
  if (kind === 'instanceStarted') return causes.atStart;
  if (kind === 'instanceModified') return causes.modified(actor);
  if (kind === 'instanceMigrated') return causes.migrated(actor);
  if (kind === 'elementCompleted') return causes.after(nameOf(entry, telling));
  if (kind === 'timerFired') return causes.timer(nameOf(entry, telling));
  if (kind === 'messageReceived') return causes.message(named);
  if (kind === 'signalReceived') return causes.signal(named);
  return causes.other(sentenceOf(entry, telling));
}

/** What an entry tells. */
function sentenceOf(entry: HistoryRow, telling: Telling): string {
  const { words, names } = telling;
  const name = nameOf(entry, telling);
  if (entry.isErased) return words.erasedEntry(entry.kind, name);
  const make = words.sentences[entry.kind];
  return make ? make(`'${name}'`, entry.data ?? {}, names) : words.otherEntry(entry.kind, name);
}
