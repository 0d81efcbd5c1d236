/** An act as a sentence: what a person did, or was not let do. Class: pure. */
import type { ActRow } from '../contracts/control.js';
import {
  type Called,
  modificationPhrase,
  NOBODY_NAMED,
  pairsPhrase,
  type ToldAct,
  throughPhrase,
  toldOf,
} from './phrases.js';

/** How an act is told that was done, and one that was not. */
const TEXTS = {
  deploy: ['deployed', 'deploy'],
  run: ['started', 'start'],
  completeTask: ['completed', 'complete'],
  assignTask: ['assigned', 'assign'],
  delegateTask: ['delegated', 'delegate'],
  returnTask: ['returned', 'return'],
  updateTask: ['changed', 'change'],
  commentTask: ['commented on', 'comment on'],
  resolveIncident: ['resolved', 'resolve'],
  cancelInstance: ['cancelled', 'cancel'],
  suspendInstance: ['suspended', 'suspend'],
  resumeInstance: ['resumed', 'resume'],
  setVariables: ['set variables of', 'set variables of'],
  modifyInstance: ['modified', 'modify'],
  migrateInstance: ['migrated', 'migrate'],
  retryDecision: ['let try again', 'let try again'],
  dropEvent: ['dropped an event of', 'drop an event of'],
  publish: ['published', 'publish'],
  correlate: ['correlated', 'correlate'],
  broadcast: ['broadcast', 'broadcast'],
  importCustomers: ['imported', 'import'],
  rebuild: ['rebuilt', 'rebuild'],
  testConnector: ['tested', 'test'],
  setUp: ['became the first admin,', 'become the first admin,'],
  addUser: ['added', 'add'],
  changeUser: ['changed', 'change'],
  enableUser: ['enabled', 'enable'],
  disableUser: ['disabled', 'disable'],
  makeSetUpLink: ['made a link for', 'make a link for'],
  makePasswordLink: ['made a password link for', 'make a password link for'],
  setPassword: ['set a password by the link of', 'set a password by the link of'],
  changePassword: ['changed the password of', 'change the password of'],
  signIn: ['signed in as', 'sign in as'],
  signOut: ['signed out', 'sign out'],
  endSession: ['ended a session of', 'end a session of'],
  createToken: ['made an API token for', 'make an API token for'],
  revokeToken: ['revoked an API token of', 'revoke an API token of'],
  request: ['called', 'call'],
  exportAudit: ['exported', 'export'],
  readValues: ['read values of', 'read values of'],
  viewCase: ['looked at the case of', 'look at the case of'],
  exportCase: ['took the case file of', 'take the case file of'],
  exportLog: ['began to take a copy of', 'take a copy of'],
  exportedLog: ['took a copy of', 'take a copy of'],
  viewCustomer: ['looked at', 'look at'],
  deleteInstance: ['deleted', 'delete'],
  decideByLink: ['decided', 'decide'],
  attachToTask: ['attached a file to', 'attach a file to'],
  readTaskAttachment: ['opened a file of', 'open a file of'],
  removeTaskAttachment: ['removed a file from', 'remove a file from'],
  beginBatch: ['began', 'begin'],
  suspendBatch: ['paused', 'pause'],
  resumeBatch: ['resumed', 'resume'],
  cancelBatch: ['cancelled', 'cancel'],
  setPortfolio: ['set who looks after', 'set who looks after'],
  addSubstitute: ['named a substitute for', 'name a substitute for'],
  removeSubstitute: ['ended the substitute of', 'end the substitute of'],
  addView: ['saved', 'save'],
  changeView: ['changed', 'change'],
  removeView: ['removed', 'remove'],
  createDraft: ['began', 'begin'],
  uploadDraft: ['uploaded files to', 'upload files to'],
  submitDraft: ['sent for review', 'send for review'],
  returnDraft: ['gave back', 'give back'],
  discardDraft: ['discarded', 'discard'],
  publishDraft: ['published', 'publish'],
  addHook: ['added', 'add'],
  changeHook: ['changed', 'change'],
  removeHook: ['removed', 'remove'],
  rotateHookSecret: ['changed the secret of', 'change the secret of'],
  addWebhook: ['added', 'add'],
  changeWebhook: ['changed', 'change'],
  removeWebhook: ['removed', 'remove'],
  rotateWebhookSecret: ['changed the secret of', 'change the secret of'],
  replayWebhook: ['sent again what was for', 'send again what was for'],
  breakGlass: ['signed in by the emergency account', 'sign in by the emergency account'],
  beginFactor: ['began a second factor of', 'begin a second factor of'],
  confirmFactor: ['set up a second factor of', 'set up a second factor of'],
  showFactor: ['showed the second factor of', 'show the second factor of'],
  useRecoveryCode: ['used a recovery code of', 'use a recovery code of'],
  renewRecoveryCodes: ['made new recovery codes of', 'make new recovery codes of'],
  removeFactor: ['removed the second factor of', 'remove the second factor of'],
  forgetProvisioned: ['released from provisioning', 'release from provisioning'],
  exportList: ['took along the list of', 'take along the list of'],
  'journal.deleted': ['deleted the journal of', 'delete the journal of'],
  'audit.key': ['named a key of', 'name a key of'],
  'audit.erased': ['erased the personal part of', 'erase the personal part of'],
  'journal.anchored': ['anchored the journal of', 'anchor the journal of'],
  'journal.replaced': ['replaced the end of the journal of', 'replace the end of the journal of'],
} as const satisfies Record<string, ToldAct>;

/** Acts that have words; a language that lacks one does not compile. */
export type KnownAct = keyof typeof TEXTS;

/** What people do to their own account is told without naming it again. */
const OWN = {
  signIn: ['signed in', 'sign in'],
  signOut: ['signed out', 'sign out'],
  changePassword: ['changed their own password', 'change their own password'],
  breakGlass: ['signed in by the emergency account', 'sign in by the emergency account'],
} as const satisfies Record<string, ToldAct>;

/** Acts upon one's own account that have words. */
export type OwnAct = keyof typeof OWN;

/** `completed task 51e75e5b/approve:3 by 'approve'`; what was refused or failed begins with that. */
export function actSentence(act: ActRow, called: Called = NOBODY_NAMED): string {
  const { action, outcome, code, data } = act;
  const [done, wanted, what] = toldOf(act, { texts: TEXTS, own: OWN, kinds: KINDS }, called);
  const detail = detailOf(action, data ?? {}) + throughPhrase(data, THROUGH);
  if (outcome !== 'done') {
    return `${outcome}: ${wanted}${what}${detail}${code === null ? '' : ` (${code})`}`;
  }
  if (action === 'run' && data?.isNew === false) return `asked for${what}, which was there`;
  if (data?.isDryRun === true) {
    return action === 'deploy'
      ? `tried to deploy${what}`
      : `looked at what it would do: ${wanted}${what}${detail}`;
  }
  return `${done}${what}${detail}`;
}

/** Through what somebody did it, where it was not by their own hand in the app or the command line. */
const THROUGH: Readonly<Record<string, string>> = {
  demonstration: 'the demonstration did it in their name',
  'mail link': 'by the link of a mail',
};

function detailOf(action: string, data: NonNullable<ActRow['data']>): string {
  if (data.isAtStart === true) return ' at the start';
  if (action === 'completeTask' && typeof data.action === 'string') return ` by '${data.action}'`;
  if (action === 'assignTask') {
    return typeof data.assignee === 'string' ? ` to ${data.assignee}` : ' to its candidates';
  }
  if (action === 'delegateTask') return ` to ${String(data.to)}`;
  if (action === 'updateTask' && Array.isArray(data.changed)) return `: ${data.changed.join(', ')}`;
  if (action === 'importCustomers' && data.taken !== undefined) {
    return `: ${data.taken} taken, ${data.unchanged} unchanged, ${data.known} known, ${data.rejected} rejected`;
  }
  if (action === 'modifyInstance') return `: ${modificationText(data)}`;
  if (action === 'migrateInstance') return migrationText(data);
  if (action === 'dropEvent') return ` (${String(data.kind)})`;
  if (action === 'setVariables' && Array.isArray(data.variables))
    return `: ${data.variables.join(', ')}`;
  return '';
}

const MODIFICATION = {
  cancelled: 'cancelled',
  activated: 'put a token at',
  moved: 'moved',
  to: 'to',
};

/** `cancelled check:7; put a token at ship`, of what the journal or the audit keeps of a modification. */
export const modificationText = (
  data: NonNullable<ActRow['data']>,
  called?: (id: string) => string,
): string => modificationPhrase(data, MODIFICATION, called);

/** ` from version 1 to 2; check is review`, of what the audit keeps of a migration; a refused one knows where to alone. */
function migrationText({ from, to, renamed }: NonNullable<ActRow['data']>): string {
  if (typeof to !== 'number') return '';
  const names = renamedText(renamed);
  const since = typeof from === 'number' ? ` from version ${from}` : '';
  return `${since} to ${since === '' ? 'version ' : ''}${to}${names === '' ? '' : `; ${names}`}`;
}

/** `check is review, wait is pause`, of pairs of ids. */
export const renamedText = (renamed: unknown): string => pairsPhrase(renamed, 'is');

const KINDS: Readonly<Record<string, string>> = {
  hook: 'incoming webhook',
  list: '',
  route: 'what their roles do not open, the route',
};
