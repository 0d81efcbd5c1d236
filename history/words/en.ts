/** What happened, in English. Class: pure. */
import { wordsOf } from '../../engine/model/index.js';
import { actSentence, modificationText, renamedText } from '../acts.js';
import { ERASED } from '../erased.js';
import { several, shownInstant } from '../wording.js';
import {
  type Data,
  list,
  pairsOf,
  type Sentence,
  text,
  told,
  versionIn,
  type Words,
  withId,
} from './shape.js';
import { changePhrase, recipientPhrase } from './task-phrases.js';

/** What a migration did, of what the journal has of it. */
function migratedText({ from, to, mappings, armed, closed }: Data): string {
  const parts = [
    ['', renamedText(pairsOf(mappings))],
    ['now waiting for ', list(armed)],
    ['no more waiting for ', list(closed)],
  ];
  const details = parts.filter(([, what]) => what !== '').map(([how, what]) => `${how}${what}`);
  const versions = `from version ${versionIn(from)} to ${versionIn(to)}`;
  return [`migrated the instance ${versions}`, ...details].join('; ');
}

const SENTENCES: Readonly<Record<string, Sentence>> = {
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
  taskCompleted: (name, { action, standsFor }) =>
    `completed task ${name}${typeof action === 'string' ? ` by '${action}'` : ''}${typeof standsFor === 'string' ? ` for ${standsFor}` : ''}`,
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

const changeText = (change: readonly [string, unknown]): string =>
  changePhrase(change, { labels: CHANGED, takenAway: 'taken away' });

const recipient = (assignee: unknown, groups: unknown): string =>
  recipientPhrase(assignee, groups, { group: 'group', anybody: 'anybody' });

/** English. */
export const EN: Words = {
  sentences: SENTENCES,
  erasedEntry: (kind, name) => `${wordsOf(kind)} '${name}' ${ERASED}`,
  otherEntry: (kind, name) => `${wordsOf(kind)} ${name}`,
  theInstance: 'the instance',
  erased: ERASED,
  causes: {
    atStart: 'at the start',
    modified: (actor) => `because ${actor ?? 'somebody'} modified the instance`,
    migrated: (actor) => `because ${actor ?? 'somebody'} migrated the instance`,
    after: (name) => `after '${name}'`,
    timer: (name) => `because timer '${name}' fired`,
    message: (name) =>
      name === null ? 'because a message arrived' : `because message '${name}' arrived`,
    signal: (name) =>
      name === null ? 'because a signal arrived' : `because signal '${name}' arrived`,
    other: (sentence) => `because ${sentence}`,
    byFlow: (flow) => `, by flow '${flow}'`,
  },
  act: actSentence,
};
