/** A world of accesses for tests: a store with a customer in its record, a SCIM server, and the side effects. */
import { createSideEffects, type SideEffectDeps } from '../../activities/side-effects.js';
import type { ScimSystem, System } from '../../activities/systems/declaration.js';
import type { JobInput } from '../../contracts/job.js';
import type { Json, Variables } from '../../engine/model/index.js';
import {
  ACCESS_EVIDENCE,
  ACCESS_GRANT,
  type CustomerRecord,
  type NewCustomer,
  type Store,
} from '../../store/index.js';
import { aCustomer, anImport } from './customer-record.js';
import { toLoopback } from './egress.js';
import { READ_TOKEN, type ScimServerForTests, WRITE_TOKEN } from './scim-server.js';
import { sideEffectDeps } from './side-effects.js';

export { toLoopback } from './egress.js';

/** The SCIM server of tests as a connected system. */
export const scimSystem = (
  { baseUrl }: ScimServerForTests,
  changes: Partial<ScimSystem> = {},
): ScimSystem => ({
  ...{ id: 'directory', title: 'Directory', kind: 'scim', baseUrl, isPlainHttpFine: true },
  ...{ readToken: READ_TOKEN, writeToken: WRITE_TOKEN, grants: true, whenInactive: 'shown' },
  ...{ notFoundMeansGone: true, mayDelete: false, canFilter: null, leavesGroups: false },
  customerAttribute: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization',
  ...{ staffDomains: ['jornada.example'], withinSeconds: 20 },
  ...changes,
});

/** What tests of accesses lean on. */
export interface AccessWorld {
  readonly record: CustomerRecord;
  readonly store: Store;
  /** A job of its own; called again, it is attempted again. */
  readonly job: (
    type: string,
    variables: Variables,
    systems?: readonly System[],
    changes?: Partial<SideEffectDeps>,
  ) => () => Promise<Record<string, Json>>;
}

let jobs = 0;

/** Makes it. */
export function accessWorld(store: Store, systems: readonly System[]): AccessWorld {
  const { record } = sideEffectDeps(store);
  return {
    record,
    store,
    job: (type, variables, given = systems, changes = {}) => {
      const deps = sideEffectDeps(store, { systems: given, egress: toLoopback, ...changes });
      const serve = createSideEffects(deps)[type];
      jobs += 1;
      const id = `job-${process.pid}-${jobs}`;
      const input: JobInput = {
        ...{ variables, headers: {}, effectKey: id, customerKeyId: 'system', instanceId: 'i' },
        ...{ processId: 'p', elementId: 'e', elementInstanceId: id, jobId: id },
      };
      return async () => ({ ...(await serve?.(input)) });
    },
  };
}

/** A customer of its own in the record, with one contact. */
export async function putCustomer(record: CustomerRecord): Promise<NewCustomer> {
  const customer = aCustomer();
  const mail = `${customer.contact.contactId}@customer.example`;
  const whole = { ...customer, contact: { ...customer.contact, mail } };
  await record.take([whole], anImport(), 0);
  return whole;
}

/** What the record has of the accesses of a customer. */
export async function accessesOf(record: CustomerRecord, customerId: string) {
  // those of our own registry first: rows of one moment have no order
  const rows = await record.table(ACCESS_GRANT).of([customerId]);
  const isOwn = ({ system }: { readonly system: string }): boolean => system === 'jornada';
  const grants = [...rows.filter(isOwn), ...rows.filter((row) => !isOwn(row))];
  const evidence = await record.table(ACCESS_EVIDENCE).of([customerId]);
  return { grants, evidence };
}
