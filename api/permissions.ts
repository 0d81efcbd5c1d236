/**
 * The one table of routes: where each is, who may call it, and whether it changes anything. A route that has no row here
 * does not register, and a row without a route refuses to build (`plugins/routes.ts`). Class: data.
 */
import { ROLES, type Role } from '../contracts/identities.js';

/**
 * How a route carries values of instances. `part`: beside what anybody it lets in may see, so that values alone are masked;
 * `whole`: it is asked for values, so that an auditor has to say why first.
 */
export type ValueRule = 'part' | 'whole';

/** One row. */
export interface Permission {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Anybody, the system that provisions people, anybody who is signed in, or who has one of these roles. */
  readonly who: 'anonymous' | 'provisioner' | 'signed-in' | readonly Role[];
  /** `own`: it changes nothing but the caller's own access; an auditor may do that as well. */
  readonly kind: 'read' | 'write' | 'own';
  /** Whether programs may call it, by API tokens. */
  readonly by: 'session' | 'any';
  /** It weighs so much that a second factor is asked for anew. */
  readonly stepUp?: true;
  /** Left out: it carries none. Who sees them is decided in `values/sight.ts`. */
  readonly values?: ValueRule;
  /** Its answer shows a secret once: a repetition under the same key is told that it was done. */
  readonly showsSecret?: true;
  /** Whoever has to have a second factor and has none yet may call it. */
  readonly beforeFactor?: true;
}

/** Of a route that asks nobody who calls: what may be done by it is in what is sent. */
const open = (method: 'GET' | 'POST', path: string): Permission =>
  row(method, path, 'anonymous', method === 'GET' ? 'read' : 'write', 'any');

function row(
  method: Permission['method'],
  path: string,
  who: Permission['who'],
  kind: Permission['kind'],
  by: Permission['by'],
): Permission {
  return { method, path, who, kind, by };
}

/** Of the system that provisions people. */
const scim = (method: Permission['method'], path: string): Permission =>
  row(method, `/scim/v2${path}`, 'provisioner', method === 'GET' ? 'read' : 'write', 'any');

const API = '/api/v1';
const weighty = (permission: Permission): Permission => ({ ...permission, stepUp: true });
const showing = (permission: Permission): Permission => ({ ...permission, showsSecret: true });
/** Carries values. */
const valued = (values: ValueRule, permission: Permission): Permission => ({
  ...permission,
  values,
});
const beforeFactor = (permission: Permission): Permission => ({
  ...permission,
  beforeFactor: true,
});

const ME = '/api/v1/me';
const USER = '/api/v1/users/:userId';
const HOOK = '/api/v1/hooks/:hookId';
const WEBHOOK = '/api/v1/webhooks/:webhookId';
const SEES_USERS = ['admin', 'auditor'] as const;
const ADMIN = ['admin'] as const;

/** Who sees definitions and where instances stand. */
const SEES = ['designer', 'csm', 'admin', 'auditor'] as const;
/** Who sees what others did to many at once. */
const SEES_BATCHES = ['admin', 'auditor'] as const;
/** Who works on what is in them, or looks at it: values alone are shown to designers too, masked. */
export const SEES_VALUES: readonly Role[] = ['csm', 'admin', 'auditor'];
const WORKS = ['csm', 'admin'] as const;
/** Who sees the audit as a whole, and cases. */
export const SEES_AUDIT: readonly Role[] = ['admin', 'auditor'];
/** Who takes the audit as a whole elsewhere. */
const TAKES_AUDIT = ['auditor'] as const;
const DEPLOYS = ['designer', 'admin'] as const;

/** Who sees what designers work on, and who works on it. */
const SEES_DRAFTS = ['designer', 'admin', 'auditor'] as const;
const PKG = '/api/v1/packages';
const DRAFT = '/api/v1/drafts/:draftId';
const TASKS = '/api/v1/tasks';
const TASK = `${TASKS}/:key`;
const RETENTION = '/api/v1/retention';
const SUBSTITUTES = '/api/v1/substitutes';
const REPORTS = '/api/v1/reports';
const CONNECTORS = '/api/v1/connectors';
const INBOX_VIEWS = '/api/v1/inbox-views';

const PI = '/v2/process-instances';
const PD = '/v2/process-definitions';
const EI = '/v2/element-instances';
const UT = '/v2/user-tasks';
const INC = '/v2/incidents';
const VAR = '/v2/variables';
const SUBSCRIPTION = '/v2/message-subscriptions';
const DD = '/v2/decision-definitions';
const DR = '/v2/decision-requirements';
const BATCH = '/v2/batch-operations';

/** A search is a read, though it is sent. */
const search = (path: string, who: Permission['who']): Permission =>
  row('POST', `${path}/search`, who, 'read', 'any');
/** The same as a file. */
const csv = (path: string, who: Permission['who']): Permission =>
  row('POST', `${path}/search.csv`, who, 'read', 'any');
const act = (path: string, who: Permission['who']): Permission =>
  row('POST', path, who, 'write', 'any');
const read = (path: string, who: Permission['who']): Permission =>
  row('GET', path, who, 'read', 'any');

/** All of them, by name. */
export const PERMISSIONS = {
  home: open('GET', '/'),
  webPage: open('GET', '/*'),
  webFile: open('GET', '/web/*'),
  health: open('GET', '/health'),
  ready: open('GET', '/health/ready'),
  linkStyle: open('GET', '/assets/link.css'),
  linkScript: open('GET', '/assets/link.js'),
  openApi: open('GET', '/openapi.json'),
  docs: open('GET', '/docs'),
  docsFile: open('GET', '/docs/:file'),
  accessPage: open('GET', '/access'),
  useAccess: open('POST', '/access'),
  taskLinkPage: open('GET', '/decide'),
  // It changes nothing, though it is sent: the secret stands in no address.
  lookByLink: row('POST', '/decide', 'anonymous', 'read', 'any'),
  decideByLink: open('POST', '/decide/decision'),
  exportPage: open('GET', '/export'),
  openExport: open('POST', '/export'),
  setUpPage: open('GET', '/set-up'),
  setUpByForm: open('POST', '/set-up'),
  passwordPage: open('GET', '/password'),
  passwordByForm: open('POST', '/password'),

  beginProvider: open('GET', '/sign-in/provider'),
  fromProvider: open('GET', '/sign-in/provider/callback'),
  signInByProvider: open('POST', '/sign-in/provider/callback'),
  endByProvider: open('POST', '/sign-in/provider/logout'),

  signInWays: open('GET', '/api/v1/sign-in'),
  signIn: open('POST', '/api/v1/sign-in'),
  setUp: open('POST', '/api/v1/set-up'),
  setPassword: open('POST', '/api/v1/password-link'),

  me: beforeFactor(row('GET', ME, 'signed-in', 'read', 'any')),
  camundaMe: row('GET', '/v2/authentication/me', 'signed-in', 'read', 'any'),
  topology: read('/v2/topology', 'signed-in'),
  camundaStatus: open('GET', '/v2/status'),
  events: read('/v2/events', SEES),
  createDeployment: act('/v2/deployments', DEPLOYS),
  searchProcessDefinitions: search(PD, SEES),
  processDefinitionsCsv: csv(PD, SEES),
  getProcessDefinition: read(`${PD}/:key`, SEES),
  getProcessDefinitionXml: read(`${PD}/:key/xml`, SEES),
  getStartProcessForm: read(`${PD}/:key/form`, SEES),
  searchDecisionDefinitions: search(DD, SEES),
  decisionDefinitionsCsv: csv(DD, SEES),
  getDecisionDefinition: read(`${DD}/:key`, SEES),
  getDecisionDefinitionXml: read(`${DD}/:key/xml`, SEES),
  searchDecisionRequirements: search(DR, SEES),
  decisionRequirementsCsv: csv(DR, SEES),
  getDecisionRequirements: read(`${DR}/:key`, SEES),
  getDecisionRequirementsXml: read(`${DR}/:key/xml`, SEES),
  instancesByProcess: row('POST', `${PD}/statistics/process-instances`, SEES, 'read', 'any'),
  instancesByVersion: row(
    ...(['POST', `${PD}/statistics/process-instances-by-version`, SEES, 'read', 'any'] as const),
  ),
  definitionStatistics: row('POST', `${PD}/:key/statistics/element-instances`, SEES, 'read', 'any'),
  createProcessInstance: valued('part', act(PI, WORKS)),
  searchProcessInstances: search(PI, SEES),
  processInstancesCsv: csv(PI, SEES),
  getProcessInstance: read(`${PI}/:key`, SEES),
  instanceStatistics: read(`${PI}/:key/statistics/element-instances`, SEES),
  sequenceFlows: read(`${PI}/:key/sequence-flows`, SEES),
  callHierarchy: read(`${PI}/:key/call-hierarchy`, SEES),
  cancelProcessInstance: act(`${PI}/:key/cancellation`, ADMIN),
  suspendProcessInstance: act(`${PI}/:key/suspension`, ADMIN),
  resumeProcessInstance: act(`${PI}/:key/resumption`, ADMIN),
  modifyProcessInstance: act(`${PI}/:key/modification`, ADMIN),
  migrateProcessInstance: act(`${PI}/:key/migration`, ADMIN),
  deleteProcessInstance: weighty(act(`${PI}/:key/deletion`, ADMIN)),
  deleteProcessInstances: weighty(act(`${PI}/deletion`, ADMIN)),
  cancelProcessInstances: act(`${PI}/cancellation`, ADMIN),
  suspendProcessInstances: act(`${PI}/suspension`, ADMIN),
  resumeProcessInstances: act(`${PI}/resumption`, ADMIN),
  modifyProcessInstances: act(`${PI}/modification`, ADMIN),
  migrateProcessInstances: act(`${PI}/migration`, ADMIN),
  resolveIncidents: act(`${PI}/incident-resolution`, ADMIN),
  resolveIncidentsOfInstance: act(`${PI}/:key/incident-resolution`, ADMIN),
  searchBatchOperations: search(BATCH, SEES_BATCHES),
  batchOperationsCsv: csv(BATCH, SEES_BATCHES),
  getBatchOperation: read(`${BATCH}/:key`, SEES_BATCHES),
  cancelBatchOperation: act(`${BATCH}/:key/cancellation`, ADMIN),
  suspendBatchOperation: act(`${BATCH}/:key/suspension`, ADMIN),
  resumeBatchOperation: act(`${BATCH}/:key/resumption`, ADMIN),
  searchBatchOperationItems: valued('part', search('/v2/batch-operation-items', SEES_BATCHES)),
  batchOperationItemsCsv: valued('part', csv('/v2/batch-operation-items', SEES_BATCHES)),
  searchElementInstances: search(EI, SEES),
  elementInstancesCsv: csv(EI, SEES),
  getElementInstance: read(`${EI}/:key`, SEES),
  setVariables: row('PUT', `${EI}/:key/variables`, ADMIN, 'write', 'any'),
  searchVariables: valued('whole', search(VAR, SEES)),
  variablesCsv: valued('whole', csv(VAR, SEES)),
  getVariable: valued('whole', read(`${VAR}/:key`, SEES)),
  searchUserTasks: search(UT, SEES_VALUES),
  userTasksCsv: csv(UT, SEES_VALUES),
  getUserTask: read(`${UT}/:key`, SEES_VALUES),
  getUserTaskForm: read(`${UT}/:key/form`, SEES_VALUES),
  searchUserTaskVariables: valued('whole', search(`${UT}/:key/variables`, SEES_VALUES)),
  searchUserTaskEffectiveVariables: valued(
    'whole',
    search(`${UT}/:key/effective-variables`, SEES_VALUES),
  ),
  searchUserTaskAuditLogs: search(`${UT}/:key/audit-logs`, SEES_AUDIT),
  updateUserTask: row('PATCH', `${UT}/:key`, WORKS, 'write', 'any'),
  assignUserTask: act(`${UT}/:key/assignment`, WORKS),
  unassignUserTask: row('DELETE', `${UT}/:key/assignee`, WORKS, 'write', 'any'),
  completeUserTask: act(`${UT}/:key/completion`, WORKS),
  searchIncidents: valued('part', search(INC, SEES)),
  incidentsCsv: valued('part', csv(INC, SEES)),
  getIncident: valued('part', read(`${INC}/:key`, SEES)),
  searchProcessInstanceIncidents: valued('part', search(`${PI}/:key/incidents`, SEES)),
  searchElementInstanceIncidents: valued('part', search(`${EI}/:key/incidents`, SEES)),
  instancesByError: row(
    'POST',
    `${INC}/statistics/process-instances-by-error`,
    SEES,
    'read',
    'any',
  ),
  instancesByDefinition: row(
    ...([
      'POST',
      `${INC}/statistics/process-instances-by-definition`,
      SEES,
      'read',
      'any',
    ] as const),
  ),
  resolveIncident: act(`${INC}/:key/resolution`, ADMIN),
  searchMessageSubscriptions: valued('part', search(SUBSCRIPTION, SEES)),
  messageSubscriptionsCsv: valued('part', csv(SUBSCRIPTION, SEES)),
  publishMessage: act('/v2/messages/publication', WORKS),
  correlateMessage: act('/v2/messages/correlation', WORKS),
  broadcastSignal: act('/v2/signals/broadcast', WORKS),

  // They change nothing, though they are sent.
  evaluateExpression: row('POST', '/v2/expression/evaluation', SEES, 'read', 'any'),
  evaluateDecision: row('POST', `${DD}/evaluation`, SEES, 'read', 'any'),

  packages: read(PKG, SEES),
  package: read(`${PKG}/:packageKey`, SEES),
  packageSources: read(`${PKG}/:packageKey/versions/:hash`, SEES),
  packageArchive: read(`${PKG}/:packageKey/versions/:hash/archive`, SEES),
  packageRemarks: read(`${PKG}/:packageKey/remarks`, SEES_DRAFTS),
  packageDiff: read(`${PKG}/:packageKey/diff`, SEES),
  migrateToNewest: act(`${PKG}/:packageKey/migrations`, DEPLOYS),
  drafts: read('/api/v1/drafts', SEES_DRAFTS),
  createDraft: act('/api/v1/drafts', DEPLOYS),
  createDraftFromArchive: act('/api/v1/drafts/archive', DEPLOYS),
  draft: read(DRAFT, SEES_DRAFTS),
  draftFile: read(`${DRAFT}/file`, SEES_DRAFTS),
  saveDraftFile: row('PUT', `${DRAFT}/file`, DEPLOYS, 'write', 'any'),
  deleteDraftFile: row('DELETE', `${DRAFT}/file`, DEPLOYS, 'write', 'any'),
  changeDraftFiles: act(`${DRAFT}/files`, DEPLOYS),
  draftArchive: read(`${DRAFT}/archive`, SEES_DRAFTS),
  uploadDraftArchive: row('PUT', `${DRAFT}/archive`, DEPLOYS, 'write', 'any'),
  submitDraft: act(`${DRAFT}/review`, DEPLOYS),
  returnDraft: act(`${DRAFT}/return`, DEPLOYS),
  discardDraft: act(`${DRAFT}/discard`, DEPLOYS),
  draftFindings: read(`${DRAFT}/findings`, SEES_DRAFTS),
  draftDiff: read(`${DRAFT}/diff`, SEES_DRAFTS),
  previewPublication: read(`${DRAFT}/publication`, SEES_DRAFTS),
  publishDraft: act(`${DRAFT}/publication`, DEPLOYS),
  saveScenario: act(`${DRAFT}/scenarios`, DEPLOYS),
  // They change nothing, though they are sent.
  runScenarios: row('POST', `${DRAFT}/scenario-runs`, SEES_DRAFTS, 'read', 'any'),
  play: row('POST', '/api/v1/plays', SEES_DRAFTS, 'read', 'any'),
  elementTemplates: read('/api/v1/element-templates', SEES_DRAFTS),
  instance: valued('part', read('/api/v1/instances/:key', SEES)),
  instanceTimeline: valued('part', read('/api/v1/instances/:key/timeline', SEES)),
  instanceElement: valued('part', read('/api/v1/instances/:key/elements/:elementId', SEES)),
  actOnInstance: valued('part', act('/api/v1/instances/:key/acts', ADMIN)),
  reports: read(REPORTS, SEES),
  reportsCsv: read(`${REPORTS}.csv`, SEES),
  report: read(`${REPORTS}/:processId`, SEES),
  reportCsv: read(`${REPORTS}/:processId/series.csv`, SEES),
  reportElements: read(`${REPORTS}/:processId/elements`, SEES),
  reportElementsCsv: read(`${REPORTS}/:processId/elements.csv`, SEES),
  reportChart: read(`${REPORTS}/:processId/charts/:chart`, SEES),
  // It changes nothing, but asks each instance what it holds.
  tryBatch: valued('part', act('/api/v1/batch-operations/trial', ADMIN)),
  beginBatch: act('/api/v1/batch-operations', ADMIN),
  batch: read('/api/v1/batch-operations/:key', SEES_BATCHES),
  calendars: read(`${API}/calendars`, SEES_DRAFTS),
  connectors: read(CONNECTORS, SEES_USERS),
  connector: read(`${CONNECTORS}/:connectorId`, SEES_USERS),
  testConnector: act(`${CONNECTORS}/:connectorId/tests`, ADMIN),
  retention: read(RETENTION, SEES_USERS),
  tryRetention: read(`${RETENTION}/:processId`, SEES_USERS),
  deleteEnded: weighty(act(`${RETENTION}/:processId/deletions`, ADMIN)),
  searchCustomers: search(`${API}/customers`, SEES_VALUES),
  customerFilters: read(`${API}/customers/filters`, SEES_VALUES),
  getCustomer: read(`${API}/customers/:customerId`, SEES_VALUES),
  setPortfolio: row('PUT', `${API}/customers/:customerId/portfolio`, ADMIN, 'write', 'any'),
  searchCustomerCases: search(`${API}/customers/:customerId/cases`, SEES_VALUES),
  searchCases: search(`${API}/cases`, SEES_AUDIT),
  getCase: read(`${API}/cases/:caseId`, SEES_AUDIT),
  getCaseDiagram: read(`${API}/cases/:caseId/diagram`, SEES_AUDIT),
  getCaseFile: read(`${API}/cases/:caseId/file`, SEES_AUDIT),
  searchActs: search(`${API}/acts`, SEES_VALUES),
  findLogRange: weighty(read(`${API}/audit/range`, TAKES_AUDIT)),
  getLogRange: weighty(read(`${API}/audit/range/file`, TAKES_AUDIT)),
  searchHolds: search(`${API}/holds`, SEES_AUDIT),
  placeHold: weighty(act(`${API}/holds`, ADMIN)),
  searchErasures: search(`${API}/erasures`, SEES_AUDIT),
  tasks: read(TASKS, SEES_VALUES),
  taskCounts: read(`${TASKS}/counts`, SEES_VALUES),
  task: valued('part', read(TASK, SEES_VALUES)),
  taskContext: read(`${TASK}/context`, SEES_VALUES),
  completeTask: act(`${TASK}/completion`, WORKS),
  assignTask: act(`${TASK}/assignment`, WORKS),
  delegateTask: act(`${TASK}/delegation`, WORKS),
  returnTask: act(`${TASK}/return`, WORKS),
  changeTask: row('PATCH', TASK, WORKS, 'write', 'any'),
  commentTask: act(`${TASK}/comments`, WORKS),
  // What is in files cannot be masked: whoever works on the task has them.
  taskAttachments: read(`${TASK}/attachments`, WORKS),
  attachToTask: act(`${TASK}/attachments`, WORKS),
  taskAttachment: read(`${TASK}/attachments/:attachmentId`, WORKS),
  removeTaskAttachment: act(`${TASK}/attachments/:attachmentId/removal`, WORKS),
  saveTaskDraft: row('PUT', `${TASK}/draft`, WORKS, 'write', 'any'),
  dropTaskDraft: row('DELETE', `${TASK}/draft`, WORKS, 'write', 'any'),
  inboxViews: read(INBOX_VIEWS, SEES_VALUES),
  inboxView: read(`${INBOX_VIEWS}/:viewId`, SEES_VALUES),
  addInboxView: act(INBOX_VIEWS, WORKS),
  changeInboxView: row('PATCH', `${INBOX_VIEWS}/:viewId`, WORKS, 'write', 'any'),
  removeInboxView: row('DELETE', `${INBOX_VIEWS}/:viewId`, WORKS, 'write', 'any'),
  colleagues: read('/api/v1/colleagues', SEES_VALUES),
  substitutes: read(SUBSTITUTES, SEES_VALUES),
  addSubstitute: act(SUBSTITUTES, WORKS),
  removeSubstitute: row('DELETE', `${SUBSTITUTES}/:substituteId`, WORKS, 'write', 'any'),

  scimService: scim('GET', '/ServiceProviderConfig'),
  scimTypes: scim('GET', '/ResourceTypes'),
  scimSchemas: scim('GET', '/Schemas'),
  scimUsers: scim('GET', '/Users'),
  scimUser: scim('GET', '/Users/:userId'),
  addScimUser: scim('POST', '/Users'),
  putScimUser: scim('PUT', '/Users/:userId'),
  patchScimUser: scim('PATCH', '/Users/:userId'),
  removeScimUser: scim('DELETE', '/Users/:userId'),

  signOut: beforeFactor(row('POST', '/api/v1/sign-out', 'signed-in', 'own', 'session')),
  factor: beforeFactor(row('GET', `${ME}/factor`, 'signed-in', 'read', 'session')),
  beginFactor: beforeFactor(row('POST', `${ME}/factor`, 'signed-in', 'own', 'session')),
  confirmFactor: beforeFactor(row('POST', `${ME}/factor/confirm`, 'signed-in', 'own', 'session')),
  showFactor: row('POST', `${ME}/factor/check`, 'signed-in', 'own', 'session'),
  renewRecoveryCodes: weighty(
    row('POST', `${ME}/factor/recovery-codes`, 'signed-in', 'own', 'session'),
  ),
  removeOwnFactor: weighty(row('DELETE', `${ME}/factor`, 'signed-in', 'own', 'session')),
  removeFactor: weighty(row('DELETE', `${USER}/factor`, ADMIN, 'write', 'session')),
  changePassword: row('POST', `${ME}/password`, 'signed-in', 'own', 'session'),
  mySessions: row('GET', `${ME}/sessions`, 'signed-in', 'read', 'session'),
  endSession: row('DELETE', `${ME}/sessions/:sessionId`, 'signed-in', 'own', 'session'),
  myTokens: row('GET', `${ME}/tokens`, 'signed-in', 'read', 'session'),
  createToken: showing(weighty(row('POST', `${ME}/tokens`, ['csm', 'admin'], 'write', 'session'))),
  revokeToken: row('DELETE', `${ME}/tokens/:tokenId`, 'signed-in', 'own', 'session'),

  status: read('/api/v1/status', SEES_USERS),
  webhooks: row('GET', '/api/v1/webhooks', SEES_USERS, 'read', 'any'),
  webhook: row('GET', WEBHOOK, SEES_USERS, 'read', 'any'),
  createWebhook: showing(row('POST', '/api/v1/webhooks', ADMIN, 'write', 'session')),
  changeWebhook: row('PATCH', WEBHOOK, ADMIN, 'write', 'session'),
  rotateWebhookSecret: showing(row('POST', `${WEBHOOK}/secret`, ADMIN, 'write', 'session')),
  removeWebhook: row('DELETE', WEBHOOK, ADMIN, 'write', 'session'),
  webhookDeliveries: row('GET', `${WEBHOOK}/deliveries`, SEES_USERS, 'read', 'any'),
  replayWebhook: row('POST', `${WEBHOOK}/replay`, ADMIN, 'write', 'any'),
  replayDelivery: row('POST', `${WEBHOOK}/deliveries/:deliveryId/replay`, ADMIN, 'write', 'any'),
  hooks: row('GET', '/api/v1/hooks', SEES_USERS, 'read', 'any'),
  hook: row('GET', HOOK, SEES_USERS, 'read', 'any'),
  createHook: showing(row('POST', '/api/v1/hooks', ADMIN, 'write', 'session')),
  changeHook: row('PATCH', HOOK, ADMIN, 'write', 'session'),
  rotateHookSecret: showing(row('POST', `${HOOK}/secret`, ADMIN, 'write', 'session')),
  removeHook: row('DELETE', HOOK, ADMIN, 'write', 'session'),
  // Who sends shows no token: the body is signed.
  receiveHook: open('POST', HOOK),

  users: row('GET', '/api/v1/users', SEES_USERS, 'read', 'any'),
  user: row('GET', USER, SEES_USERS, 'read', 'any'),
  createUser: showing(weighty(row('POST', '/api/v1/users', ADMIN, 'write', 'session'))),
  changeUser: weighty(row('PATCH', USER, ADMIN, 'write', 'session')),
  // What a program may do upon others only takes away: whoever left is out at once.
  disableUser: row('POST', `${USER}/disable`, ADMIN, 'write', 'any'),
  enableUser: weighty(row('POST', `${USER}/enable`, ADMIN, 'write', 'session')),
  makePasswordLink: showing(
    weighty(row('POST', `${USER}/password-link`, ADMIN, 'write', 'session')),
  ),
  userTokens: row('GET', `${USER}/tokens`, SEES_USERS, 'read', 'any'),
  revokeUserToken: row('DELETE', `${USER}/tokens/:tokenId`, ADMIN, 'write', 'any'),
} as const satisfies Record<string, Permission>;

/** Name of a route. */
export type RouteName = keyof typeof PERMISSIONS;

/** What somebody may do: by which roles they read, and by which they change something. */
export interface Rights {
  readonly by: 'session' | 'token';
  readonly reads: readonly Role[];
  readonly writes: readonly Role[];
}

/** Why somebody is not let in. */
export type Refusal = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'READ_ONLY' | 'TOKEN_INSUFFICIENT';

/** Roles that change nothing, whatever a route says. */
export const READS_ONLY: readonly Role[] = ['auditor'];

/** Roles as somebody has them in a session: those that only read change nothing. Class: pure. */
export function rightsOf(roles: readonly Role[]): Omit<Rights, 'by'> {
  const known = ROLES.filter((role) => roles.includes(role));
  return { reads: known, writes: known.filter((role) => !READS_ONLY.includes(role)) };
}

/**
 * The same, and told apart whether it is a token or its owner who may not.
 * @param ownerRoles - what the owner of a token may now Class: pure.
 */
export function refusalTold(
  permission: Permission,
  caller: Rights,
  ownerRoles: readonly Role[],
): Refusal | null {
  const refusal = refusalOf(permission, caller);
  if (refusal === null || caller.by === 'session') return refusal;
  const owner = { by: 'session', ...rightsOf(ownerRoles) } as const;
  return refusalOf(permission, owner) === null ? 'TOKEN_INSUFFICIENT' : refusal;
}

/** Whether a caller may call a route; null: yes. @param caller - null: nobody is signed in. Class: pure. */
export function refusalOf({ who, kind, by }: Permission, caller: Rights | null): Refusal | null {
  if (who === 'anonymous') return null;
  // It shows a token that is nobody's.
  if (!caller || who === 'provisioner') return 'UNAUTHENTICATED';
  const { reads, writes } = caller;
  if (kind === 'write' && reads.length > 0 && writes.length === 0) return 'READ_ONLY';
  if (by === 'session' && caller.by === 'token') return 'FORBIDDEN';
  if (who === 'signed-in') return null;
  const roles = kind === 'read' ? reads : writes;
  return who.some((role) => roles.includes(role)) ? null : 'FORBIDDEN';
}
