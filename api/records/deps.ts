/** What the routes of customers, cases and the audit lean on. */
import type { FastifyRequest } from 'fastify';
import type { CaseDeps } from '../../case-files/index.js';
import type { CustomerRecord, CustomerRow, Having, Page, Search } from '../../store/index.js';
import { type AskedDeps, camundaOf } from '../camunda/asking.js';
import type { AppState } from '../deps.js';
import { depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { callerOf } from '../identities/principal.js';
import { isSameReading } from '../values/kept.js';

/** Customers by what is personal: the whole tax id, or the whole address. */
export interface Look {
  readonly taxId: string | null;
  readonly mail: string | null;
}

/** All of it. */
export interface RecordsDeps extends Pick<CaseDeps, 'registry' | 'seal' | 'verifier'> {
  readonly record: CustomerRecord;
  readonly searchCustomers: (
    query: Search,
    look: Look,
    having: Having,
  ) => Promise<Page<CustomerRow>>;
}

/** What there is to lean on for this request, with the store: it shows what the caller sees. Errors: `HTTP_NOT_READY`. */
export function recordsOf(state: AppState, request: FastifyRequest): RecordsDeps & AskedDeps {
  const { records } = depsOf(state);
  const asked = camundaOf(state, request);
  const { store, viewer } = asked;
  if (viewer === null) return { ...records, ...asked };
  const get: CustomerRecord['get'] = async (customerId) =>
    (await store.customerKeys.of(customerId)) && records.record.get(customerId);
  return {
    ...{ ...records, ...asked },
    record: { ...records.record, get, filters: () => records.record.filters(viewer) },
    searchCustomers: (query, look, having) =>
      records.searchCustomers(query, look, { ...having, seenBy: viewer }),
  };
}

/** Notes that somebody looked at something, or took it along. Class: side effect. */
export async function noteRead(
  state: AppState,
  request: FastifyRequest,
  action: 'viewCase' | 'exportCase' | 'exportLog' | 'exportedLog' | 'viewCustomer',
  object: string,
  facts: Readonly<Record<string, string | number>> | null = null,
): Promise<void> {
  const { identities, camunda } = depsOf(state);
  const by = byOf(request, identities);
  await camunda.store.audit.append({
    ...{ ...by, action, object, outcome: 'done', code: null, data: null, facts },
  });
}

/**
 * Notes that somebody looked at a customer beside something else that they work on: pages of that are read again whenever it
 * moves, and within some minutes that is one reading.
 */
export async function noteCustomerBeside(
  state: AppState,
  request: FastifyRequest,
  customerId: string,
): Promise<void> {
  const object = `customer:${customerId}`;
  const what = [callerOf(request).tokenHash, 'viewCustomer', object];
  if (isSameReading(state, what, depsOf(state).identities.now())) return;
  await noteRead(state, request, 'viewCustomer', object);
}
