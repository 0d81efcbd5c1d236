/** Cases as lists show them: instances that nobody called, with whose they are and how they ended. Class: side effect. */
import type { CaseRow } from '../contracts/cases.js';
import { outcomesOf } from '../history/index.js';
import { searchCertificates, searchRequests } from '../store/erasure/index.js';
import type { CustomerRow, Page, ProcessInstance, ProcessInstanceSearch } from '../store/index.js';
import { CUSTOMER, customersOfInstances, type Store } from '../store/index.js';
import type { CaseReads } from './deps.js';

/** One page, newest first; see `search` of the store for the errors. */
export async function searchCases(
  reads: CaseReads,
  query: ProcessInstanceSearch,
): Promise<Page<CaseRow>> {
  const { filter = {}, ...rest } = query;
  const own = { ...filter, callerInstanceId: null };
  const page = await reads.store.processInstances.search({ ...rest, filter: own });
  return { ...page, items: await caseRows(reads, page.items) };
}

/** The rows of instances, in their order. */
export async function caseRows(
  { store, record }: Pick<CaseReads, 'store' | 'record'>,
  instances: readonly ProcessInstance[],
): Promise<readonly CaseRow[]> {
  if (instances.length === 0) return [];
  const ids = instances.map(({ instanceId }) => instanceId);
  const owners = await store.reading((db) => customersOfInstances(db, ids));
  const customers = await customersNamed({ store, record }, [...new Set(owners.values())]);
  const outcomes = await outcomesOf(store, instances);
  const names = await namesOf(store, instances);
  return instances.map((row) => {
    const { instanceId, processId, definitionVersion: version } = row;
    const { state, businessKey, startedAt, endedAt } = row;
    return {
      ...{ caseId: instanceId, processId, version, state, businessKey, startedAt, endedAt },
      processName: names.get(`${processId}/${version}`) ?? null,
      outcome: outcomes.get(instanceId) ?? null,
      customer: customers.get(owners.get(instanceId) ?? '') ?? null,
    };
  });
}

/** Names of the processes that instances run, by `<process>/<version>`. */
export async function namesOf(
  { definitions }: Pick<Store, 'definitions'>,
  instances: readonly Pick<ProcessInstance, 'processId' | 'definitionVersion'>[],
): Promise<ReadonlyMap<string, string | null>> {
  const ids = [...new Set(instances.map(({ processId }) => processId))];
  if (ids.length === 0) return new Map();
  const { items } = await definitions.processes.search({
    filter: { processId: { $in: ids } },
    limit: MOST,
  });
  return new Map(items.map((row) => [`${row.processId}/${row.version}`, row.name]));
}

const MOST = 10_000;

/** Customers as cases name them. Of one that was erased the number of the certificate stands for the name. */
export async function customersNamed(
  { store, record }: Pick<CaseReads, 'store' | 'record'>,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<CaseRow['customer']>>> {
  if (customerIds.length === 0) return new Map();
  const rows = await record.table(CUSTOMER).of(customerIds);
  const erased = rows.filter(({ isErased }) => isErased).map(({ customerId }) => customerId);
  const numbers = await certificateNumbers(store, erased);
  return new Map(
    rows.map((row) => [row.customerId, named(row, numbers.get(row.customerId) ?? null)]),
  );
}

function named(row: CustomerRow, certificateNumber: number | null) {
  const { customerId, isErased } = row;
  return { customerId, isErased, legalName: isErased ? null : row.legalName, certificateNumber };
}

/** When the key of each of these customers was destroyed, and by which instance; the last time, where it came back. */
export async function erasuresOf(
  store: Pick<Store, 'reading'>,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly at: string; readonly instanceId: string }>> {
  if (customerIds.length === 0) return new Map();
  const filter = { customerId: { $in: customerIds }, keyDestroyedAt: { $exists: true } };
  const sort = [{ field: 'keyDestroyedAt', order: 'ASC' }] as const;
  const { items } = await store.reading((db) => searchRequests(db, { filter, sort, limit: MOST }));
  return new Map(
    items.flatMap(({ customerId, keyDestroyedAt: at, instanceId }) =>
      at === null ? [] : [[customerId, { at, instanceId }] as const],
    ),
  );
}

/** The number of the last certificate of each of these customers. */
export async function certificateNumbers(
  store: Pick<Store, 'reading'>,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (customerIds.length === 0) return new Map();
  const filter = { customerId: { $in: customerIds } };
  const sort = [{ field: 'number', order: 'ASC' }] as const;
  const { items } = await store.reading((db) =>
    searchCertificates(db, { filter, sort, limit: MOST }),
  );
  return new Map(items.map(({ customerId, number }) => [customerId, number]));
}
