/** The operations that only read. Class: side effect (reads the store). */
import type { OperationName, OperationRequest } from '../../contracts/control.js';
import { outcomesOf } from '../../history/index.js';
import type { ProcessInstance, Store } from '../../store/index.js';
import { BATCH_READS } from './batches.js';
import { CERTIFICATE_READS } from './certificates.js';
import { CONNECTOR_READS } from './connectors.js';
import { CUSTOMER_READS } from './customers.js';
import { EXPORT_READS } from './exports.js';
import { refusal } from './failure.js';
import { readHistory } from './history.js';
import { IDENTITY_READS } from './identities.js';
import { readInstance } from './instance-detail.js';
import { outlineOf } from './outline.js';
import type { Operations } from './parts.js';
import { readPage } from './read-page.js';
import { findIncident, findInstance, findProcess, parts as split } from './references.js';
import { REPORT_READS } from './reports.js';
import { readStatus } from './status.js';
import { readTask } from './task-detail.js';
import { TICKET_READS } from './tickets.js';

/** Names of the operations that only read. */
export type Read = Extract<
  OperationName,
  'status' | `search${string}` | `get${string}` | 'history' | 'verifyAudit'
>;

/** All of them. */
export const READS: Operations<Read> = {
  status: readStatus,
  ...CUSTOMER_READS,
  ...EXPORT_READS,
  ...CERTIFICATE_READS,
  ...TICKET_READS,
  ...REPORT_READS,
  ...IDENTITY_READS,
  ...BATCH_READS,
  ...CONNECTOR_READS,
  searchProcesses: ({ store }, input) => readPage(store.definitions.processes.search, input),
  searchInstances: async ({ store }, input) =>
    withOutcomes(store, await readPage(store.processInstances.search, await named(store, input))),
  searchTasks: async ({ store }, input) =>
    readPage(store.userTasks.search, await named(store, input)),
  searchIncidents: async ({ store }, input) =>
    withBusinessKeys(store, await readPage(store.incidents.search, await named(store, input))),
  searchVariables: async ({ store }, input) =>
    readPage(store.variables.search, await named(store, input)),
  searchActs: ({ store }, input) => readPage(store.audit.query, input),
  getProcess: async ({ store, registry }, { key }) => {
    const process = await findProcess(store, key);
    const { processId, version, packageHash: hash } = process;
    const plan = await registry.process({ processId, version, hash });
    return { process, outline: outlineOf(plan, { activations: [], stuck: [] }) };
  },
  getInstance: readInstance,
  getTask: readTask,
  getIncident: async ({ store }, { key }) => {
    const incident = await findIncident(store, key);
    const instance = await store.processInstances.get(incident.instanceId);
    return { incident: { ...incident, businessKey: instance?.businessKey ?? null } };
  },
  getVariable: async ({ store }, { key, hasAll }) => {
    const { instanceId, rest } = await split(store, key);
    const filter = {
      instanceId,
      ...(!hasAll && { isLive: true }),
      ...(rest !== null && { name: rest }),
    };
    const { items } = await store.variables.search({ filter, limit: MOST });
    const isMissing = rest !== null && items.length === 0;
    if (isMissing) throw refusal('REFERENCE_UNKNOWN', { what: 'variable', key, resource: 'var' });
    return { variables: items };
  },
  history: readHistory,
  verifyAudit: ({ audit }, { kept }) => audit.verify(kept),
};

type SearchRequest = OperationRequest<'searchTasks'>;

/** `instanceId` in a filter may be any name of an instance. */
async function named(store: Store, input: SearchRequest): Promise<SearchRequest> {
  const { instanceId } = input.filter;
  if (typeof instanceId !== 'string') return input;
  const found = await findInstance(store, instanceId);
  return { ...input, filter: { ...input.filter, instanceId: found.instanceId } };
}

/** Instances say how they ended. */
async function withOutcomes<Total>(
  store: Store,
  { items, total }: { readonly items: readonly ProcessInstance[]; readonly total: Total },
) {
  const outcomes = await outcomesOf(store, items);
  const rows = items.map((row) => ({ ...row, outcome: outcomes.get(row.instanceId) ?? null }));
  return { items: rows, total };
}

/** Incidents say whose they are by what people call the instance. */
async function withBusinessKeys<Row extends { readonly instanceId: string }, Total>(
  store: Store,
  { items, total }: { readonly items: readonly Row[]; readonly total: Total },
) {
  const ids = [...new Set(items.map(({ instanceId }) => instanceId))];
  const found =
    ids.length === 0
      ? { items: [] }
      : await store.processInstances.search({ filter: { instanceId: { $in: ids } }, limit: MOST });
  const keys = new Map(found.items.map(({ instanceId, businessKey }) => [instanceId, businessKey]));
  const rows = items.map((row) => ({ ...row, businessKey: keys.get(row.instanceId) ?? null }));
  return { items: rows, total };
}

/** Variables that are read at most. */
const MOST = 10_000;
