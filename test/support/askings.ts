/** For each route of the API a request that would be carried out, with what there has to be for it. */
import { randomUUID } from 'node:crypto';
import type { RouteName } from '../../api/permissions.js';
import type { Role } from '../../contracts/identities.js';
import type { User } from '../../store/index.js';
import { PASSWORD, type World } from './identities.js';

/** What is sent to a route, and the status when it is done. */
export interface Asking {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly payload?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
}

/** Requests by route. `caller`: who asks, if it is somebody. */
export type Askings = Readonly<Record<RouteName, (caller: User | null) => Promise<Asking>>>;

/** `README.md` alone, packed. */
const A_ZIP = {
  payload: Buffer.from(
    'UEsDBBQAAAAAAAAAIQBSPkmBBgAAAAYAAAAJAAAAUkVBRE1FLm1kQSBwYWdlUEsBAhQDFAAAAAAAAAAhAFI+SYEGAAAABgAAAAkAAAAAAAAAAAAAAKSBAAAAAFJFQURNRS5tZFBLBQYAAAAAAQABADcAAAAtAAAAAAA=',
    'base64',
  ),
  headers: { 'content-type': 'application/zip' },
};

/** Makes them in a world. */
export function askingsIn(world: World): Askings {
  const NEW_PASSWORD = 'quiet lantern beside rivers';
  const read = async (): Promise<Asking> => ({ status: 200 });
  /** A link that nobody knows: it was taken for one, so the caller got in. */
  const badLink = async (): Promise<Asking> => ({
    ...{ payload: { token: 'a'.repeat(43), password: NEW_PASSWORD }, status: 404 },
  });
  const badSetUp = async (): Promise<Asking> => ({
    payload: {
      token: 'a'.repeat(43),
      password: NEW_PASSWORD,
      loginName: 'eve',
      displayName: 'Eve',
    },
    status: 404,
  });
  const upon = async (status: number, payload?: object): Promise<Asking> => {
    const { userId } = await world.person(['csm']);
    return { params: { userId }, ...(payload && { payload }), status };
  };
  const inADay = (): string => new Date(Date.parse(world.at()) + 86_400_000).toISOString();
  const aToken = async (owner: User): Promise<string> => {
    const scopes = owner.roles.length > 0 ? [owner.roles[0] as Role] : (['csm'] as const);
    await world.token(owner, scopes);
    const tokens = await world.store.identities.tokens(owner.userId, world.at());
    return tokens.at(-1)?.tokenId ?? '';
  };
  const newName = (): string => `new-${randomUUID().slice(0, 8)}`;

  /** Upon a draft that somebody else began. */
  const onDraft = async (status: number, more: Partial<Asking> = {}): Promise<Asking> => {
    const files = { 'process.yaml': 'key: matrix', 'README.md': 'A page' };
    const draft = { packageKey: 'matrix', title: '', basedOn: null, files };
    const by = { actor: null, requestId: 'test', reason: null, at: world.at() };
    const { draftId } = await world.store.drafts.create(draft, 'dana', by);
    return { params: { draftId }, status, ...more };
  };
  const WEBHOOK = {
    ...{ name: 'x', url: 'https://example.com/x', types: ['incident.created' as const] },
  };
  const HOOK = { name: 'x', messageName: 'm', correlationKey: 'body.id' };
  /** Made by nobody, and removed again: there may be so many at most. */
  const aWebhook = async (status: number, payload?: object): Promise<Asking> => {
    const { webhooks } = world.store;
    for (const { webhookId } of await webhooks.list(world.at())) {
      await webhooks.remove(webhookId, byNobody());
    }
    const webhookId = randomUUID();
    const added = { ...WEBHOOK, processDefinitionId: null, webhookId, secret: 'whsec_eHh4' };
    await webhooks.add(added, 0, byNobody());
    return { params: { webhookId }, ...(payload && { payload }), status };
  };
  const aHook = async (status: number, payload?: object): Promise<Asking> => {
    const { hooks } = world.store;
    for (const { hookId } of await hooks.list(world.at())) await hooks.remove(hookId, byNobody());
    const hookId = randomUUID();
    const mapping = { ...HOOK, variables: null, timeToLiveMs: 0 };
    await hooks.add({ ...mapping, hookId, secret: 'whsec_eHh4' }, byNobody());
    return { params: { hookId }, ...(payload && { payload }), status };
  };
  const byNobody = () => ({ actor: null, requestId: 'test', reason: null, at: world.at() });

  /** A key that is nobody's: it was looked up, so the caller got in. */
  const nowhere = async (): Promise<Asking> => ({ params: { key: '1' }, status: 404 });
  const noProcess = async (): Promise<Asking> => ({
    ...{ params: { processId: 'none' }, status: 404 },
  });
  const noCase = async (): Promise<Asking> => ({ params: { caseId: randomUUID() }, status: 404 });
  const noCustomer = async (): Promise<Asking> => ({
    ...{ params: { customerId: randomUUID() }, status: 404 },
  });
  /** A view that is nobody's: it was looked up, so the caller got in. */
  const noView = async (): Promise<Asking> => ({ params: { viewId: randomUUID() }, status: 404 });
  /** An auditor who comes for values says why. */
  const withReason = (asking: () => Promise<Asking>) => async (): Promise<Asking> => ({
    ...(await asking()),
    headers: { 'jornada-reason': 'matrix' },
  });
  /** What is sent does not fit, and the caller is told so. */
  const misfit = async (): Promise<Asking> => ({ payload: { nothing: true }, status: 400 });

  /** The same under our own addresses. */
  const badInput = async (): Promise<Asking> => ({ payload: { filter: {} }, status: 400 });

  return {
    home: read,
    // Built pages are tested in a browser; where there are none, nothing is there.
    webPage: async () => ({ status: 404 }),
    webFile: async () => ({ status: 404 }),
    health: read,
    ready: read,
    linkStyle: read,
    linkScript: read,
    openApi: read,
    docs: read,
    docsFile: async () => ({ params: { file: 'docs.css' }, status: 200 }),
    accessPage: read,
    exportPage: read,
    taskLinkPage: read,
    lookByLink: async () => ({ payload: { token: 'a'.repeat(43) }, status: 404 }),
    decideByLink: async () => ({
      payload: { token: 'a'.repeat(43), choice: 'action:approve' },
      status: 404,
    }),
    setUpPage: read,
    passwordPage: read,
    useAccess: async () => ({ payload: { token: 'a'.repeat(43) }, status: 200 }),
    openExport: async () => ({ payload: { token: 'a'.repeat(43) }, status: 404 }),
    setUpByForm: badSetUp,
    setUp: badSetUp,
    passwordByForm: badLink,
    setPassword: badLink,
    // Nobody here shows the token of the system that provisions.
    scimService: read,
    scimTypes: read,
    scimSchemas: read,
    scimUsers: read,
    scimUser: async () => ({ params: { userId: randomUUID() }, status: 404 }),
    addScimUser: async () => ({ payload: {}, status: 400 }),
    putScimUser: async () => ({ params: { userId: randomUUID() }, payload: {}, status: 404 }),
    patchScimUser: async () => ({ params: { userId: randomUUID() }, payload: {}, status: 404 }),
    removeScimUser: async () => ({ params: { userId: randomUUID() }, status: 404 }),
    signInWays: read,
    // No provider is set up here.
    beginProvider: async () => ({ status: 404 }),
    fromProvider: async () => ({ status: 404 }),
    signInByProvider: async () => ({ payload: { query: '' }, status: 404 }),
    endByProvider: async () => ({ payload: { logout_token: 'x' }, status: 404 }),
    signIn: async () => {
      const { loginName } = await world.person(['csm']);
      return { payload: { loginName, password: PASSWORD }, status: 200 };
    },
    me: read,
    camundaMe: read,
    topology: read,
    camundaStatus: async () => ({ status: 204 }),
    // A stream would not end: who is let in is told what does not fit.
    events: async () => ({ query: '?types=nothing', status: 400 }),
    createDeployment: misfit,
    searchProcessDefinitions: read,
    processDefinitionsCsv: read,
    getProcessDefinition: nowhere,
    getProcessDefinitionXml: nowhere,
    getStartProcessForm: nowhere,
    searchDecisionDefinitions: read,
    decisionDefinitionsCsv: read,
    getDecisionDefinition: nowhere,
    getDecisionDefinitionXml: nowhere,
    searchDecisionRequirements: read,
    decisionRequirementsCsv: read,
    getDecisionRequirements: nowhere,
    getDecisionRequirementsXml: nowhere,
    definitionStatistics: nowhere,
    createProcessInstance: async () => ({
      payload: { processDefinitionId: 'nowhere' },
      status: 404,
    }),
    searchProcessInstances: read,
    processInstancesCsv: read,
    getProcessInstance: nowhere,
    instanceStatistics: nowhere,
    sequenceFlows: nowhere,
    callHierarchy: nowhere,
    cancelProcessInstance: nowhere,
    deleteProcessInstance: nowhere,
    calendars: read,
    connectors: read,
    connector: async () => ({ params: { connectorId: 'none' }, status: 404 }),
    testConnector: async () => ({ params: { connectorId: 'none' }, payload: {}, status: 404 }),
    retention: read,
    tryRetention: noProcess,
    deleteEnded: async () => ({
      ...{ params: { processId: 'none' }, payload: { reason: 'none' }, status: 404 },
    }),
    suspendProcessInstance: nowhere,
    resumeProcessInstance: nowhere,
    modifyProcessInstance: nowhere,
    migrateProcessInstance: nowhere,
    instance: nowhere,
    instanceTimeline: nowhere,
    instanceElement: async () => ({ params: { key: '1', elementId: 'x' }, status: 404 }),
    actOnInstance: nowhere,
    reports: read,
    reportsCsv: read,
    report: noProcess,
    reportCsv: noProcess,
    reportElements: noProcess,
    reportElementsCsv: noProcess,
    reportChart: async () => ({ params: { processId: 'none', chart: 'flow' }, status: 404 }),
    tryBatch: badInput,
    beginBatch: badInput,
    batch: nowhere,
    cancelProcessInstances: misfit,
    deleteProcessInstances: misfit,
    suspendProcessInstances: misfit,
    resumeProcessInstances: misfit,
    modifyProcessInstances: misfit,
    migrateProcessInstances: misfit,
    resolveIncidents: misfit,
    resolveIncidentsOfInstance: nowhere,
    searchBatchOperations: read,
    batchOperationsCsv: read,
    getBatchOperation: nowhere,
    cancelBatchOperation: nowhere,
    suspendBatchOperation: nowhere,
    resumeBatchOperation: nowhere,
    searchBatchOperationItems: read,
    batchOperationItemsCsv: read,
    searchElementInstances: read,
    elementInstancesCsv: read,
    searchMessageSubscriptions: read,
    messageSubscriptionsCsv: read,
    getElementInstance: nowhere,
    setVariables: nowhere,
    searchVariables: withReason(read),
    variablesCsv: withReason(read),
    getVariable: withReason(nowhere),
    searchUserTasks: read,
    userTasksCsv: read,
    getUserTask: nowhere,
    getUserTaskForm: nowhere,
    searchUserTaskVariables: withReason(nowhere),
    searchUserTaskEffectiveVariables: withReason(nowhere),
    searchUserTaskAuditLogs: nowhere,
    updateUserTask: nowhere,
    assignUserTask: nowhere,
    unassignUserTask: nowhere,
    completeUserTask: nowhere,
    searchIncidents: read,
    incidentsCsv: read,
    getIncident: nowhere,
    searchProcessInstanceIncidents: nowhere,
    searchElementInstanceIncidents: nowhere,
    instancesByError: read,
    instancesByDefinition: async () => ({ payload: { filter: { errorHashCode: 1 } }, status: 200 }),
    instancesByProcess: read,
    instancesByVersion: async () => ({
      payload: { filter: { processDefinitionId: 'nowhere' } },
      status: 200,
    }),
    resolveIncident: nowhere,
    publishMessage: misfit,
    correlateMessage: misfit,
    broadcastSignal: misfit,
    evaluateExpression: async () => ({ payload: { expression: '=1 + 1' }, status: 200 }),
    evaluateDecision: misfit,
    packages: read,
    package: async () => ({ params: { packageKey: 'nowhere' }, status: 404 }),
    packageSources: async () => ({ params: { packageKey: 'nowhere', hash: 'f' }, status: 404 }),
    packageArchive: async () => ({ params: { packageKey: 'nowhere', hash: 'f' }, status: 404 }),
    packageRemarks: async () => ({ params: { packageKey: 'nowhere' }, status: 404 }),
    packageDiff: async () => ({ params: { packageKey: 'nowhere' }, status: 404 }),
    migrateToNewest: async () => ({ params: { packageKey: 'nowhere' }, status: 404 }),
    drafts: read,
    createDraft: async () => ({ payload: { packageKey: 'nowhere' }, status: 404 }),
    draft: () => onDraft(200),
    draftFile: () => onDraft(200, { query: '?path=README.md' }),
    saveDraftFile: () =>
      onDraft(200, {
        ...{ query: '?path=README.md', payload: { content: 'other' } },
        headers: { 'if-match': '"1"' },
      }),
    deleteDraftFile: () =>
      onDraft(204, { query: '?path=README.md', headers: { 'if-match': '"1"' } }),
    changeDraftFiles: () =>
      onDraft(200, {
        payload: { changes: [{ path: 'README.md', content: 'other', version: 1 }] },
      }),
    draftArchive: () => onDraft(200),
    uploadDraftArchive: () =>
      onDraft(200, { ...A_ZIP, headers: { ...A_ZIP.headers, 'if-match': '"1"' } }),
    createDraftFromArchive: async () => ({ ...A_ZIP, query: '?packageKey=packed', status: 201 }),
    submitDraft: () => onDraft(200, { payload: { version: 1 } }),
    returnDraft: () => onDraft(409, { payload: { version: 1 } }),
    discardDraft: () => onDraft(200, { payload: { version: 1 } }),
    draftFindings: () => onDraft(200),
    draftDiff: () => onDraft(200),
    previewPublication: () => onDraft(200),
    // There is nothing in it that could run: it was looked at, so the caller got in.
    publishDraft: () => onDraft(422, { payload: { version: 1 } }),
    saveScenario: () =>
      onDraft(201, {
        payload: { file: 'scenarios/x.yaml', name: 'x', script: {} },
        headers: { 'if-none-match': '*' },
      }),
    runScenarios: () => onDraft(200, { payload: {} }),
    play: async () => ({ payload: { draftId: randomUUID(), script: {} }, status: 404 }),
    elementTemplates: read,

    searchCustomers: read,
    customerFilters: read,
    getCustomer: noCustomer,
    setPortfolio: async () => ({
      ...{ params: { customerId: randomUUID() }, payload: { people: [], groups: [] }, status: 404 },
    }),
    searchCustomerCases: noCustomer,
    searchCases: read,
    getCase: noCase,
    getCaseDiagram: async () => ({ ...(await noCase()), query: '?instanceId=none' }),
    getCaseFile: noCase,
    searchActs: read,
    findLogRange: read,
    getLogRange: read,
    searchHolds: read,
    placeHold: async () => ({
      payload: { customerId: randomUUID(), ground: 'litigation', matterId: 'M-1' },
      status: 404,
    }),
    searchErasures: read,
    tasks: read,
    taskCounts: read,
    task: nowhere,
    taskContext: nowhere,
    completeTask: nowhere,
    assignTask: nowhere,
    delegateTask: nowhere,
    returnTask: nowhere,
    changeTask: nowhere,
    commentTask: nowhere,
    taskAttachments: nowhere,
    attachToTask: async () => ({
      ...{ params: { key: '1' }, payload: Buffer.from('text'), status: 404 },
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment; filename="a.txt"',
      },
    }),
    taskAttachment: async () => ({ params: { key: '1', attachmentId: randomUUID() }, status: 404 }),
    removeTaskAttachment: async () => ({
      ...{ params: { key: '1', attachmentId: randomUUID() }, payload: {}, status: 404 },
    }),
    saveTaskDraft: nowhere,
    dropTaskDraft: nowhere,
    inboxViews: read,
    inboxView: noView,
    addInboxView: async () => ({
      payload: { name: 'Late', query: { view: 'mine' } },
      status: 201,
    }),
    changeInboxView: async () => ({ ...(await noView()), payload: { version: 1 } }),
    removeInboxView: noView,
    colleagues: read,
    substitutes: read,
    addSubstitute: async () => {
      const { loginName } = await world.person(['csm']);
      const day = inADay().slice(0, 10);
      const payload = { substitute: loginName, from: day, until: day, tz: 'UTC' };
      return { payload, status: 201 };
    },
    removeSubstitute: async () => ({ params: { substituteId: randomUUID() }, status: 404 }),
    factor: read,
    beginFactor: async () => ({ payload: { password: PASSWORD }, status: 201 }),
    confirmFactor: async () => ({ payload: { code: '000000' }, status: 403 }),
    showFactor: async () => ({ payload: { code: '000000' }, status: 403 }),
    // Nobody here has one: it was looked up, so the caller got in.
    renewRecoveryCodes: async () => ({ status: 404 }),
    removeOwnFactor: async () => ({ status: 404 }),
    removeFactor: async () => {
      const owner = await world.person(['csm']);
      const by = { actor: null, requestId: null, reason: null, at: world.at() };
      await world.store.identities.beginFactor(owner.userId, Buffer.alloc(20), by);
      return { params: { userId: owner.userId }, status: 204 };
    },
    signOut: async () => ({ status: 204 }),
    changePassword: async () => ({
      ...{ payload: { current: PASSWORD, password: NEW_PASSWORD }, status: 200 },
    }),
    mySessions: read,
    endSession: async (caller) => {
      if (!caller?.isActive) return { params: { sessionId: randomUUID() }, status: 204 };
      await world.session(caller);
      const open = await world.store.identities.sessions(caller.userId, world.at());
      return { params: { sessionId: open.at(-1)?.sessionId ?? '' }, status: 204 };
    },
    myTokens: read,
    createToken: async (caller) => ({
      payload: { name: 'x', scopes: [caller?.roles[0] ?? 'csm'], expiresAt: inADay() },
      status: 201,
    }),
    revokeToken: async (caller) => ({
      params: { tokenId: caller?.isActive ? await aToken(caller) : randomUUID() },
      status: 204,
    }),
    status: read,
    webhooks: read,
    webhook: () => aWebhook(200),
    createWebhook: async () => ({ payload: WEBHOOK, status: 201 }),
    changeWebhook: () => aWebhook(200, { isActive: false }),
    rotateWebhookSecret: () => aWebhook(201),
    removeWebhook: () => aWebhook(204),
    webhookDeliveries: () => aWebhook(200),
    replayWebhook: () => aWebhook(200),
    replayDelivery: async () => ({
      params: { webhookId: randomUUID(), deliveryId: 'msg_1' },
      status: 404,
    }),
    hooks: read,
    hook: () => aHook(200),
    createHook: async () => ({ payload: HOOK, status: 201 }),
    changeHook: () => aHook(200, { isActive: false }),
    rotateHookSecret: () => aHook(201),
    removeHook: () => aHook(204),
    receiveHook: async () => ({ params: { hookId: randomUUID() }, payload: {}, status: 404 }),
    users: read,
    user: () => upon(200),
    createUser: async () => ({
      ...{ payload: { loginName: newName(), displayName: 'New', roles: ['csm'] }, status: 201 },
    }),
    changeUser: () => upon(200, { groups: ['billing'] }),
    disableUser: () => upon(200),
    enableUser: () => upon(200),
    makePasswordLink: () => upon(201),
    userTokens: () => upon(200),
    revokeUserToken: async () => {
      const owner = await world.person(['csm']);
      return { params: { userId: owner.userId, tokenId: await aToken(owner) }, status: 204 };
    },
  };
}
