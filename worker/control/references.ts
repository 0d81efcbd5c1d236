/**
 * How people name things: an instance by its business key, any beginning or end of its id, or any beginning of what
 * tables show of it; what belongs to it as `instance/id`.
 *
 * Ids of instances begin with the time, so their ends tell them apart: tables show the last eight characters.
 * Errors: `REFERENCE_UNKNOWN` (exit 1), `REFERENCE_AMBIGUOUS` (exit 2) with the first that fit. Class: side effect.
 */

import { type Certificate, searchCertificates } from '../../store/erasure/index.js';
import type {
  BatchRow,
  EXPORT,
  IncidentRow,
  ListedProcess,
  ProcessInstance,
  ReadRow,
  Store,
  UserTaskRow,
  WholeCustomer,
  WholeTicket,
} from '../../store/index.js';
import type { Customers } from '../customers/index.js';
import { refusal } from './failure.js';

/** An end of an id, or a beginning of what tables show, that is shorter than this names nothing. */
const SHORTEST_END = 4;
const TABLE_LENGTH = 8;
const SHOWN = 5;

/** What is spoken of, and how to list it. */
interface Kind {
  readonly what: string;
  readonly resource: string;
}

const INSTANCE: Kind = { what: 'instance', resource: 'pi' };
const TASK: Kind = { what: 'task', resource: 'ut' };
const CUSTOMER: Kind = { what: 'customer', resource: 'customers' };
const CERTIFICATE: Kind = { what: 'certificate', resource: 'certificates' };
const EXPORT_KIND: Kind = { what: 'export', resource: 'exports' };
const TICKET: Kind = { what: 'ticket', resource: 'tickets' };
const BATCH: Kind = { what: 'batch', resource: 'batches' };
const INCIDENT: Kind = { what: 'incident', resource: 'inc' };

/** The one that fits. */
function one<Row>(
  found: readonly Row[],
  key: string,
  { what, resource }: Kind,
  idOf: (row: Row) => string,
): Row {
  const rows = [...new Map(found.map((row) => [idOf(row), row])).values()];
  const [first] = rows;
  if (!first) throw refusal('REFERENCE_UNKNOWN', { what, key, resource });
  if (rows.length === 1) return first;
  const some = rows.slice(0, SHOWN).map(idOf).join(', ');
  const candidates = rows.length > SHOWN ? `${some}, …` : some;
  const count = rows.length > SHOWN ? `more than ${SHOWN}` : rows.length;
  throw refusal('REFERENCE_AMBIGUOUS', { what, key, count, candidates }, 2);
}

/** The instance that a text names: its id, its business key, or a beginning or an end of its id. */
export async function findInstance(store: Store, key: string): Promise<ProcessInstance> {
  const exact = await store.processInstances.get(key);
  if (exact) return exact;
  // A called instance has the business key of its caller.
  const filter = { businessKey: key, callerInstanceId: null };
  const keyed = await store.processInstances.search({ filter, limit: SHOWN + 1 });
  const shortened = await fittingIds(store, key);
  // A short key may begin many ids by chance; one id that it fits may well be the one that is meant.
  const rows =
    keyed.items.length === 0 || shortened.length === 1
      ? [...keyed.items, ...shortened]
      : keyed.items;
  return one(rows, key, INSTANCE, ({ instanceId }) => instanceId);
}

/** The customer that a text names: its id, a beginning or an end of it, or a beginning of what tables show. */
export function findCustomer(customers: Customers, key: string): Promise<WholeCustomer> {
  return whole(key, CUSTOMER, {
    get: customers.get,
    search: async (like) => {
      const query = { filter: { customerId: { $like: like } }, limit: SHOWN + 1 };
      return (await customers.search(query, { taxId: null, mail: null })).items;
    },
    idOf: (row) => row.customerId,
  });
}

/** The export that a text names: its id, a beginning or an end of it, or a beginning of what tables show. */
export function findExport(customers: Customers, key: string): Promise<ReadRow<typeof EXPORT>> {
  return whole(key, EXPORT_KIND, {
    get: customers.getExport,
    search: async (like) => {
      const query = { filter: { exportId: { $like: like } }, limit: SHOWN + 1 };
      return (await customers.searchExports(query)).items;
    },
    idOf: (row) => row.exportId,
  });
}

/** The certificate of deletion that a text names: its id, or a beginning or an end of it. */
export async function findCertificate(store: Store, key: string): Promise<Certificate> {
  const items = await shortenedTo(key, async (like) => {
    const query = { filter: { certificateId: { $like: like } }, limit: SHOWN + 1 };
    return (await store.reading((db) => searchCertificates(db, query))).items;
  });
  return one(items, key, CERTIFICATE, (row) => row.certificateId);
}

/** The batch that a text names: its id, or a beginning or an end of it. */
export function findBatch({ batches }: Store, key: string): Promise<BatchRow> {
  return whole(key, BATCH, {
    get: batches.get,
    search: async (like) =>
      (await batches.search({ filter: { batchId: { $like: like } }, limit: SHOWN + 1 })).items,
    idOf: (row) => row.batchId,
  });
}

/** The ticket that a text names: its id, a beginning or an end of it, or its number as mails show it. */
export function findTicket({ tickets }: Store, key: string): Promise<WholeTicket> {
  return whole(key, TICKET, {
    get: (id) => tickets.get(id.toLowerCase()),
    search: async (like) => {
      const query = { filter: { ticketId: { $like: like.toLowerCase() } }, limit: SHOWN + 1 };
      return (await tickets.search(query)).items;
    },
    idOf: (row) => row.ticketId,
  });
}

/** Where things of a kind are found. */
interface Place<Row, Whole> {
  readonly get: (id: string) => Promise<Whole | null>;
  readonly search: (like: string) => Promise<readonly Row[]>;
  readonly idOf: (row: Row) => string;
}

/** The whole of the one thing whose id a text is, or shortens. */
async function whole<Row, Whole>(
  key: string,
  kind: Kind,
  { get, search, idOf }: Place<Row, Whole>,
): Promise<Whole> {
  const exact = await get(key);
  if (exact) return exact;
  const found = await get(idOf(one(await shortenedTo(key, search), key, kind, idOf)));
  if (found) return found;
  throw refusal('REFERENCE_UNKNOWN', { ...kind, key });
}

function fittingIds(store: Store, key: string): Promise<readonly ProcessInstance[]> {
  return shortenedTo(key, async (like) => {
    const query = { filter: { instanceId: { $like: like } }, limit: SHOWN + 1 };
    return (await store.processInstances.search(query)).items;
  });
}

/** What has an id that begins so; else what ends so, or begins so in tables. */
async function shortenedTo<Row>(
  key: string,
  search: (like: string) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const text = literal(key);
  const begins = await search(`${text}*`);
  if (begins.length > 0 || key.length < SHORTEST_END) return begins;
  const ends = await search(`*${text}`);
  if (key.length >= TABLE_LENGTH) return ends;
  return [...ends, ...(await search(`*${text}${'?'.repeat(TABLE_LENGTH - key.length)}`))];
}

/** The task that a text names: `instance/task`, or the instance alone when it has one open task. */
export async function findTask(store: Store, key: string): Promise<UserTaskRow> {
  // Programs name a task by both ids, whole: on the way of each act, where one row is read and not the instance with all its tasks.
  const slash = key.indexOf('/');
  const exact =
    slash > 0 ? await store.userTasks.get(key.slice(0, slash), key.slice(slash + 1)) : null;
  if (exact) return exact;
  const { instanceId, rest } = await parts(store, key);
  const { items } = await store.userTasks.search({ filter: { instanceId }, limit: 1000 });
  const isOpen = ({ state }: UserTaskRow): boolean => state === 'CREATED';
  const found = fitting(items, rest, ({ taskId }) => taskId, isOpen);
  return one(
    found.length > 0 || rest !== null ? found : await openTasksUnder(store, key),
    key,
    TASK,
    (row) => keyOf(row.instanceId, row.taskId),
  );
}

/** Open tasks of all instances that have a business key: a called one has that of its caller. */
async function openTasksUnder(store: Store, businessKey: string): Promise<readonly UserTaskRow[]> {
  const filter = { businessKey, state: 'CREATED' };
  return (await store.userTasks.search({ filter, limit: SHOWN + 1 })).items;
}

/** The incident that a text names: `instance/incident`, or the instance alone when it has one open incident. */
export async function findIncident(store: Store, key: string): Promise<IncidentRow> {
  const { instanceId, rest } = await parts(store, key);
  const { items } = await store.incidents.search({ filter: { instanceId }, limit: 1000 });
  const isOpen = ({ state }: IncidentRow): boolean => state === 'ACTIVE';
  return one(
    fitting(items, rest, ({ incidentId }) => incidentId, isOpen),
    key,
    INCIDENT,
    (row) => keyOf(row.instanceId, row.incidentId),
  );
}

/** The process that a text names: `process` (its latest version) or `process:version`. */
export async function findProcess(store: Store, key: string): Promise<ListedProcess> {
  const [, id = key, version] = /^(.+):(\d+)$/.exec(key) ?? [];
  const filter = version ? { version: Number(version) } : { isLatest: true };
  const search = (processId: string | { readonly $like: string }) =>
    store.definitions.processes.search({ filter: { ...filter, processId }, limit: SHOWN + 1 });
  const exact = await search(id);
  const { items } = exact.items.length > 0 ? exact : await search({ $like: `${literal(id)}*` });
  const kind = { what: 'process', resource: 'pd' };
  return one(items, key, kind, (row) => `${row.processId}:${row.version}`);
}

/** An instance and what stands behind the slash; null without one. A business key may hold slashes itself. */
export async function parts(
  store: Store,
  key: string,
): Promise<{ readonly instanceId: string; readonly rest: string | null }> {
  const slashes = [...key.matchAll(/\//g)].map(({ index }) => index);
  const readings = slashes.map((at) => [key.slice(0, at), key.slice(at + 1)] as const);
  let first: unknown = null;
  for (const [name, rest] of [...readings, [key, null] as const]) {
    try {
      return { instanceId: (await findInstance(store, name)).instanceId, rest };
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

/** The short name of a thing of an instance, as tables show it. Class: pure. */
export function keyOf(instanceId: string, id: string): string {
  return `${instanceId.slice(-TABLE_LENGTH)}/${id}`;
}

/** What is named exactly; else what begins so, the open ones first; without a name the open ones. */
function fitting<Row>(
  rows: readonly Row[],
  rest: string | null,
  idOf: (row: Row) => string,
  isOpen: (row: Row) => boolean,
): readonly Row[] {
  if (rest === null) return rows.filter(isOpen);
  const exact = rows.filter((row) => idOf(row) === rest);
  if (exact.length > 0) return exact;
  const begins = rows.filter((row) => idOf(row).startsWith(rest));
  const open = begins.filter(isOpen);
  return open.length > 0 ? open : begins;
}

const literal = (text: string): string => text.replace(/[\\*?]/g, '\\$&');
