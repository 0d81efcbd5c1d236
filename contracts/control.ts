/**
 * What the command line and a running engine say to each other over the control socket: HTTP and JSON, one operation a
 * path (`POST /control/<operation>`), checked by these schemas on both ends.
 */
import { z } from 'zod';
import { BATCH_TURNS, batchItemRow, batchPlan, batchRow, batchVerdict } from './batches.js';
import { certificateRow, wholeCertificate } from './certificates.js';
import { connectorRow, connectorTest, effectTrouble } from './connectors.js';
import {
  answer,
  byKey,
  byName,
  health,
  key,
  line,
  meant,
  message,
  onTask,
  pageOf,
  passwordLink,
  person,
  reason,
  search,
  standsFor,
  taker,
  taskChanges,
} from './control-parts.js';
import {
  actRow,
  auditVerdict,
  commentRow,
  deployedRow,
  fieldRow,
  findingRow,
  type incidentRow,
  instanceDetail,
  instanceRow,
  journalRow,
  json,
  list,
  listedIncident,
  listedInstance,
  outlineRow,
  processRow,
  taskRow,
  variableRow,
  variables,
} from './control-rows.js';
import {
  BATCH_LINES,
  contactRow,
  customerLine,
  customerRow,
  importCounts,
  importOf,
  invoiceRow,
  lineResult,
  subscriptionRow,
} from './customers.js';
import { exportRow, wholeExport } from './exports.js';
import { loginName, newToken, newUser, tokenRow, userRow } from './identities.js';
import { migrationPlan, migrationPreview } from './migration.js';
import { modification, modificationPreview } from './modification.js';
import { report, reportElements, reportList, reportQuery } from './reports.js';
import { clockRow, ticketRow } from './tickets.js';

export type { BatchItemListed, BatchListed, BatchVerdict } from './batches.js';
export type { CertificateRow } from './certificates.js';
export type {
  ContactRow,
  CustomerLine,
  CustomerRow,
  InvoiceRow,
  LineResult,
  SubscriptionRow,
} from './customers.js';
export type { ExportRow, WholeExport } from './exports.js';
export type { TokenRow, UserRow } from './identities.js';
export type { MigrationRow } from './migration.js';
export type { PreviewRow } from './modification.js';
export type { ClockRow, TicketRow } from './tickets.js';
export type ProcessRow = z.infer<typeof processRow>;
export type InstanceRow = z.infer<typeof instanceRow>;
export type ListedInstance = z.infer<typeof listedInstance>;
export type InstanceDetail = z.infer<typeof instanceDetail>;
export type TaskRow = z.infer<typeof taskRow>;
export type FieldRow = z.infer<typeof fieldRow>;
export type IncidentRow = z.infer<typeof incidentRow>;
export type ListedIncident = z.infer<typeof listedIncident>;
export type VariableRow = z.infer<typeof variableRow>;
export type HistoryRow = z.infer<typeof journalRow>;
export type ActRow = z.infer<typeof actRow>;
export type OutlineRow = z.infer<typeof outlineRow>;
export type FindingRow = z.infer<typeof findingRow>;
export type DeployedRow = z.infer<typeof deployedRow>;

export type EngineReply = z.infer<typeof answer>;

/** Every operation: what it takes, and what it answers with when it was done. */
export const OPERATIONS = {
  status: {
    input: z.object({}),
    output: z.object({
      version: z.string(),
      pid: z.number(),
      folder: z.string(),
      startedAt: z.string(),
      database: health,
      keyring: health,
      temporal: health,
      openIncidents: z.number(),
    }),
  },
  /** Outside systems that jobs use. `since`: their effects are counted from then on. */
  getConnectors: {
    input: z.object({}),
    output: z.object({ since: z.string(), connectors: z.array(connectorRow) }),
  },
  getConnector: {
    input: byKey,
    output: z.object({
      ...{ since: z.string(), connector: connectorRow },
      troubles: z.array(effectTrouble),
    }),
  },
  /** Greets it, and changes nothing there. */
  testConnector: { input: byKey, output: connectorTest },
  searchProcesses: { input: search, output: pageOf(processRow) },
  /** Figures of all processes. */
  getReports: { input: reportQuery.omit({ by: true, version: true }), output: reportList },
  /** One process; `key` may name a version: `order:2`. */
  getReport: {
    input: byKey.extend(reportQuery.omit({ version: true }).shape),
    output: z.object({ report, elements: reportElements }),
  },
  searchInstances: { input: search, output: pageOf(listedInstance) },
  searchTasks: { input: search, output: pageOf(taskRow) },
  searchIncidents: { input: search, output: pageOf(listedIncident) },
  searchVariables: { input: search, output: pageOf(variableRow) },
  getProcess: {
    input: byKey,
    output: z.object({ process: processRow, outline: list(outlineRow) }),
  },
  getInstance: { input: byKey, output: instanceDetail },
  getTask: {
    input: byKey,
    output: z.object({
      task: taskRow,
      /** Of its form; empty: it has none that is known here. */
      fields: list(fieldRow),
      /** What it may be completed by; empty: by anything. */
      actions: list(z.string()),
      /** What the task sees, the nearest of each name. */
      variables: list(variableRow),
      /** What was remarked on it, oldest first. */
      comments: list(commentRow),
    }),
  },
  getIncident: { input: byKey, output: z.object({ incident: listedIncident }) },
  /** `hasAll`: also of scopes that have ended. */
  getVariable: {
    input: byKey.extend({ hasAll: z.boolean() }),
    output: z.object({ variables: list(variableRow) }),
  },
  history: {
    input: byKey,
    output: z.object({
      instance: instanceRow,
      entries: list(journalRow),
      acts: list(actRow),
      /** Element or flow id → how people call it. */
      names: z.record(z.string(), z.string()),
    }),
  },
  searchActs: { input: search, output: pageOf(actRow) },
  /** `taxId` and `mail`: of customers and contacts that have exactly these. */
  searchCustomers: {
    input: search.extend({
      taxId: line.max(100).nullable().default(null),
      mail: line.max(400).nullable().default(null),
    }),
    output: pageOf(customerRow),
  },
  getCustomer: {
    input: byKey,
    output: z.object({
      customer: customerRow,
      contacts: list(contactRow),
      subscriptions: list(subscriptionRow),
      invoices: list(invoiceRow),
    }),
  },
  searchExports: { input: search, output: pageOf(exportRow) },
  getExport: { input: byKey, output: z.object({ export: wholeExport }) },
  searchCertificates: { input: search, output: pageOf(certificateRow) },
  getCertificate: { input: byKey, output: wholeCertificate },
  searchTickets: { input: search, output: pageOf(ticketRow) },
  getTicket: {
    input: byKey,
    output: z.object({ ticket: ticketRow, messages: z.number(), clocks: list(clockRow) }),
  },
  /** `unreadable`: lines since the last time that were no lines of a CSV file. */
  importLines: {
    input: importOf.extend({
      lines: z.array(customerLine).max(BATCH_LINES),
      unreadable: z.number().int().min(0),
    }),
    output: z.object({ results: z.array(lineResult) }),
  },
  /** Ends an import: all its lines were sent. */
  importCustomers: { input: importOf, output: importCounts },
  deploy: {
    input: z.object({
      packages: z
        .array(z.object({ key: z.string().min(1), files: z.record(z.string(), z.string()) }))
        .min(1),
      isDryRun: z.boolean(),
    }),
    output: z.object({
      /** False: a finding refuses all of it, nothing was stored. */
      isAccepted: z.boolean(),
      deployed: list(deployedRow),
      findings: list(findingRow),
    }),
  },
  run: {
    input: z.object({
      processId: line.min(1).max(500),
      version: z.number().int().min(1).nullable(),
      elementId: z.string().nullable(),
      businessKey: line.min(1).max(256).nullable(),
      variables,
    }),
    /** False: an instance of this business key was there before, and nothing was started. */
    output: answer.extend({ isNew: z.boolean() }),
  },
  completeTask: {
    input: onTask.extend({ action: line.max(500).nullable(), variables, standsFor }),
    output: answer,
  },
  assignTask: {
    input: onTask.extend({ assignee: person.nullable(), mayReassign: z.boolean(), standsFor }),
    output: answer,
  },
  delegateTask: { input: onTask.extend({ to: person }), output: answer },
  returnTask: { input: onTask, output: answer },
  updateTask: { input: onTask.extend({ changes: taskChanges }), output: answer },
  commentTask: { input: onTask.extend({ text: reason.min(1) }), output: answer },
  resolveIncident: {
    input: z.object({ key, how: z.enum(['retry', 'complete']), variables }),
    output: answer,
  },
  cancelInstance: { input: byKey, output: answer },
  /** With all that it called, once it has ended and nothing keeps it. */
  deleteInstance: { input: byKey, output: z.object({}) },
  suspendInstance: { input: byKey, output: answer },
  resumeInstance: { input: z.object({ key, timers: z.enum(['keep', 'shift']) }), output: answer },
  /** `isDryRun`: nothing is changed, and `preview` says what would be; else it is null. */
  modifyInstance: {
    input: modification.extend({ key, isDryRun: z.boolean() }),
    output: answer.extend({ preview: modificationPreview.nullable() }),
  },
  /** As `modifyInstance`; `from` and `to` are versions. */
  migrateInstance: {
    input: migrationPlan.extend({ key, isDryRun: z.boolean() }),
    output: answer.extend({
      ...{ from: z.number(), to: z.number() },
      preview: migrationPreview.nullable(),
    }),
  },
  /** Does something to all instances that fit when it begins, or to their open incidents. */
  beginBatch: {
    /** `isDeletable`: only those that nothing keeps any more. */
    input: meant.extend({ plan: batchPlan, isDeletable: z.boolean().default(false) }),
    output: batchRow,
  },
  /** What that would do: how many there are, and a verdict on those of one page of instances. */
  previewBatch: {
    input: meant.extend({
      plan: batchPlan,
      limit: z.number().int().min(1).max(100).default(25),
      after: z.string().max(4000).nullable().default(null),
    }),
    output: z.object({
      total: z.number(),
      /** More than a batch may have are not counted. */
      isTooMany: z.boolean(),
      verdicts: list(batchVerdict),
      /** Where the next page begins; null: there is none. */
      next: z.string().nullable(),
    }),
  },
  turnBatch: { input: byKey.extend({ turn: z.enum(BATCH_TURNS) }), output: batchRow },
  searchBatches: { input: search, output: pageOf(batchRow) },
  searchBatchItems: { input: search, output: pageOf(batchItemRow) },
  getBatch: {
    input: byKey,
    output: z.object({
      batch: batchRow,
      /** Why it was begun; null: nobody said, or it was erased. */
      reason: z.string().nullable(),
      /** The first that failed. */
      failed: list(batchItemRow),
    }),
  },
  retryDecision: { input: byKey, output: answer },
  dropEvent: {
    /** `kind`: of the event that is meant, for the queue may have moved on. */
    input: z.object({ key, index: z.number().int().min(0), kind: z.string() }),
    output: answer,
  },
  /** `seen`: what they held when somebody looked; another value refuses. */
  setVariables: {
    input: z.object({ key, variables, seen: z.record(z.string(), json).exactOptional() }),
    output: answer,
  },
  publish: {
    input: message.extend({
      messageId: line.min(1).max(500).nullable(),
      timeToLive: z.string(),
    }),
    output: z.object({
      outcome: z.string(),
      correlated: list(taker),
      started: list(taker),
      refusedBy: list(z.string()),
      bufferedUntil: z.string().nullable(),
      /** That no deployed process waits for this name, and what may be meant; null: one does, or may. */
      note: z.string().nullable(),
    }),
  },
  correlate: {
    input: message,
    output: z.object({
      correlated: list(taker),
      started: list(taker),
      refusedBy: list(z.string()),
    }),
  },
  broadcast: {
    input: z.object({ name: line.min(1).max(500), variables }),
    output: z.object({ delivered: z.number(), started: z.number() }),
  },
  searchUsers: { input: search, output: pageOf(userRow) },
  /** API tokens of a person, oldest first. */
  getTokens: { input: byName, output: z.object({ tokens: list(tokenRow) }) },
  addUser: { input: newUser, output: z.object({ user: userRow, passwordLink }) },
  makePasswordLink: { input: byName, output: passwordLink },
  disableUser: { input: byName, output: userRow },
  /** `secret` is shown this once. */
  createToken: {
    input: newToken.extend({ loginName }),
    output: z.object({ token: tokenRow, secret: z.string() }),
  },
  revokeToken: { input: z.object({ tokenId: z.string().min(1).max(100) }), output: z.object({}) },
  /** `kept`: checkpoints that were kept elsewhere, and how people call the place. */
  verifyAudit: {
    input: z.object({ kept: list(z.object({ place: z.string(), text: z.string() })) }),
    output: auditVerdict,
  },
  /** `folder`: absolute; new or empty. */
  exportAudit: {
    input: z.object({ folder: line.min(1).max(4000) }),
    output: z.object({ folder: z.string(), entries: z.number(), checkpoints: z.number() }),
  },
  rebuild: {
    input: z.object({}),
    output: z.object({ instances: z.number(), entries: z.number() }),
  },
} as const satisfies Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>;

/** Name of an operation. */
export type OperationName = keyof typeof OPERATIONS;

/** What an operation takes; what has a default may be left out. */
export type OperationInput<N extends OperationName> = z.input<(typeof OPERATIONS)[N]['input']>;

/** What the engine sees of it. */
export type OperationRequest<N extends OperationName> = z.output<(typeof OPERATIONS)[N]['input']>;

/** What an operation answers with. */
export type OperationOutput<N extends OperationName> = z.output<(typeof OPERATIONS)[N]['output']>;

/** What surrounds the input of each request. */
export const controlRequest = z.object({
  /** Who asks, as people know them. */
  actor: line.min(1).max(200),
  /** Which program did it in the name of the actor; left out: the actor did it. The audit keeps it. */
  through: line.min(1).max(100).optional(),
  /** Made anew for each act: the same id again changes nothing and answers the same. */
  requestId: line.min(1).max(200),
  /** Why, in the words of the person. */
  reason: reason.nullable(),
  input: z.unknown(),
});

/** What surrounds each answer. `exit`: the exit code that the command line ends with. */
export const controlReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), output: z.unknown() }),
  z.object({
    ok: z.literal(false),
    code: z.string(),
    message: z.string(),
    exit: z.union([z.literal(1), z.literal(2)]),
  }),
]);

export type ControlReply = z.infer<typeof controlReply>;
