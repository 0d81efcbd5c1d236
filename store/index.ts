/**
 * The store: what people read, what is pinned, what happened once. It knows no workflow.
 *
 * Runs alike on PostgreSQL 15 or newer and on PGlite. Execution does not depend on it.
 */
import { sql } from 'drizzle-orm';
import { type Audit, adoptFormerActs, createAudit } from './audit/index.js';
import { type Batches, createBatches } from './batches/index.js';
import { type ConnectorEffects, createConnectorEffects } from './connectors.js';
import {
  type CustomerKeys,
  type CustomerRecord,
  createCustomerRecord,
  type Sealer,
} from './customers/index.js';
import { type Database, openDatabase, type Queryable, type StoreConfig } from './database.js';
import { createDefinitions, type Definitions } from './definitions/index.js';
import { createDrafts, type Drafts } from './drafts/index.js';
import { createEffects, type Effects } from './effects.js';
import { createErasure, type Erasure } from './erasure.js';
import { createEvents, type Events } from './events/index.js';
import { createIdentities, type Identities } from './identities/index.js';
import { createInbox, type Inbox } from './inbox/index.js';
import { createCommitter } from './journal/committer.js';
import { createJournal, type Journal } from './journal/index.js';
import { migrate, readMigrations } from './migrate.js';
import {
  createPortfolios,
  createReaders,
  type Portfolios,
  type Readers,
  type Viewer,
} from './portfolio/index.js';
import { type Resource, resourcePages } from './registry/index.js';
import { createRequestKeys, type RequestKeys } from './request-keys.js';
import { createRetention, type Retention } from './retention/index.js';
import { createSeals, type Sealing, type Seals } from './sealing/index.js';
import { createStarts, type Starts } from './starts.js';
import { createHooks, type Hooks } from './webhooks/in.js';
import { createWebhooks, type Webhooks } from './webhooks/out.js';

export type {
  Act,
  Audit,
  AuditLog,
  AuditRow,
  Erasing,
  LogRange,
  RangeEntry,
  StoredCheckpoint,
} from './audit/index.js';
export type * from './batches/index.js';
export type { ConnectorEffects, ConnectorTally } from './connectors.js';
export * from './customers/index.js';
export type { Queryable, StoreConfig } from './database.js';
export { withDatabaseLock } from './database-lock.js';
export type * from './definitions/index.js';
export type * from './drafts/index.js';
export type { EffectPlace, EffectRecord, EffectState, Effects, Lease } from './effects.js';
export type { DeletedRows, Erasure } from './erasure.js';
export type { EventLog, EventRow, Events } from './events/index.js';
export * from './exports/index.js';
export { StoreFailure, storeFailure } from './failure.js';
export type {
  Account,
  AddedUser,
  ApiToken,
  By,
  ChangedUser,
  Identities,
  Provisioned,
  ProvisionedNames,
  Session,
  User,
  WhichProvisioned,
} from './identities/index.js';
export { MOST_ATTACHMENT_BYTES, MOST_ATTACHMENTS } from './inbox/attachments.js';
export type * from './inbox/index.js';
export type {
  Basis,
  Journal,
  JournalInstance,
  JournalRow,
  Parked,
  Rebuilt,
} from './journal/index.js';
export type { LookedAfterBy, Portfolios, Readers, StandIn, Viewer } from './portfolio/index.js';
export type { CalledInstanceRow } from './projections/called-instances.js';
export type {
  ElementCounts,
  ElementInstanceRow,
  ElementInstanceState,
} from './projections/element-instances.js';
export type { IncidentRow, IncidentState } from './projections/incidents.js';
export type * from './projections/instance-facts.js';
export type {
  MeantInstances,
  ProcessInstance,
  ProcessInstanceSearch,
  ProcessInstanceState,
} from './projections/process-instances.js';
export type { CodeStanding, VersionStanding } from './projections/standing.js';
export { type SubscriptionRow, subscriptionState } from './projections/subscriptions.js';
export type { TimerRow, TimerState } from './projections/timers.js';
export type {
  UserTaskRow,
  UserTaskSearch,
  UserTaskState,
} from './projections/user-tasks.js';
export type { VariableMatch, VariableRow } from './projections/variables.js';
export type { KeyedThing, PublicKeys } from './public-keys.js';
export { NOTHING as NOTHING_COUNTED, type Reports } from './reports/index.js';
export type * from './reports/rows.js';
export type { KeptAnswer, KeyedContent, KeyOf } from './request-keys.js';
export type * from './retention/index.js';
export type { Sealing } from './sealing/index.js';
export type { Comparisons, Filter, FilterValue, Order, Page, Search } from './search/index.js';
export type { Asked, Holder, StartKey, Starts } from './starts.js';
export type { SlaRowRead, TicketRow, Tickets, WholeTicket } from './tickets.js';
export type { Delivery, HeldDelivery, NewDelivery, Tried } from './webhooks/deliveries.js';
export type { Hook, Hooks } from './webhooks/in.js';
export type { CountedWebhook, Webhook, Webhooks } from './webhooks/out.js';

/** How the database is. `detail` says what is wrong when it is not well. */
export interface StoreHealth {
  readonly isWell: boolean;
  readonly engine: 'postgres' | 'pglite';
  /** Server version, e.g. `17.4`; null when it does not answer. */
  readonly version: string | null;
  readonly answeredInMs: number;
  readonly detail: string | null;
}

/** An open store. */
export interface Store extends Readers {
  /** The same, where instances and customers are read as this person sees them; null: all of them. */
  readonly seenBy: (viewer: Viewer | null) => Store;
  /** Who looks after which customers. */
  readonly portfolios: Portfolios;
  readonly definitions: Definitions;
  /** What designers work on. */
  readonly drafts: Drafts;
  readonly journal: Journal;
  readonly inbox: Inbox;
  readonly audit: Audit;
  readonly effects: Effects;
  /** The same by the systems that they go to. */
  readonly connectorEffects: ConnectorEffects;
  readonly starts: Starts;
  /** Acts upon many instances at once. */
  readonly batches: Batches;
  /** Which instances that have ended are kept, and their deletion. */
  readonly retention: Retention;
  readonly erasure: Erasure;
  /** What happened, in the order of commits. */
  readonly events: Events;
  /** To whom it is told, */
  readonly webhooks: Webhooks;
  /** and who tells us. */
  readonly hooks: Hooks;
  /** People who use Jornada. */
  readonly identities: Identities;
  /** By which programs tell repetitions of requests. */
  readonly requestKeys: RequestKeys;
  /** The customer record, with whoever seals what is personal in it and makes the keys. */
  readonly customerRecord: (sealer: Sealer, keys: CustomerKeys) => CustomerRecord;
  /** Reads by functions of `store/erasure` outside a transaction, or begins one. */
  readonly reading: <T>(read: (db: Queryable) => Promise<T>) => Promise<T>;
  /** What was set up for a customer until some instant, page by page. */
  readonly setUp: (customerId: string, until: string) => AsyncGenerator<readonly Resource[]>;
  /** Runs work in one transaction; the functions of `registry/` and `record.within` take it. */
  readonly transaction: <T>(work: (tx: Queryable) => Promise<T>) => Promise<T>;
  /** Never throws. */
  readonly health: () => Promise<StoreHealth>;
  /**
   * Forgets what was requested and what happened long ago, and sessions and links that are over, counts rows anew, so that plans stay good, and on PGlite clears dead rows,
   * which PostgreSQL does by itself.
   * Call it about once an hour, and after a rebuild.
   */
  readonly maintain: () => Promise<void>;
  /** Waits for appends under way, then lets go of the database; a second call does nothing. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @param sealing - null: it holds nothing of customers, and refuses to
 * Errors: `STORE_FOLDER_LOCKED`, `STORE_UNREACHABLE`, `STORE_VERSION_TOO_OLD`, `STORE_MIGRATION_CHANGED`,
 * `STORE_SCHEMA_NEWER`. Class: side effect.
 */
export async function openStore(
  config: StoreConfig,
  sealing: Sealing | null = null,
): Promise<Store> {
  const database = await openDatabase(config);
  try {
    await migrate(database.db, await readMigrations());
    await adoptFormerActs(database.db);
    return createStore(database, createSeals(sealing));
  } catch (error) {
    await database.close().catch(() => {});
    throw error;
  }
}

/** Drafts of tasks that something else ended are readable for so long, and mails of tasks are known. */
const HOUR_MS = 60 * 60 * 1000;
const MONTH_MS = 30 * 24 * HOUR_MS;

function createStore(database: Database, seals: Seals): Store {
  const { db, engine } = database;
  const committer = createCommitter(db, seals);
  const starts = createStarts(db);
  const identities = createIdentities(db, seals);
  const requestKeys = createRequestKeys(db, seals);
  const events = createEvents(db);
  const webhooks = createWebhooks(db, seals);
  const hooks = createHooks(db, seals);
  const inbox = createInbox(db, seals);
  let closing: Promise<void> | null = null;
  const store: Store = {
    ...createReaders(db, seals, null),
    seenBy: (viewer) =>
      viewer === null ? store : { ...store, ...createReaders(db, seals, viewer) },
    portfolios: createPortfolios(db),
    definitions: createDefinitions(db),
    drafts: createDrafts(db),
    journal: createJournal(db, seals, committer),
    inbox,
    audit: createAudit(db, seals),
    effects: createEffects(db, seals),
    connectorEffects: createConnectorEffects(db),
    starts,
    batches: createBatches(db, seals),
    retention: createRetention(db),
    erasure: createErasure(db),
    ...{ events, webhooks, hooks },
    identities,
    requestKeys,
    customerRecord: (sealer, keys) => createCustomerRecord(db, sealer, keys),
    reading: (read) => read(db),
    setUp: (customerId, until) => resourcePages(db, customerId, until),
    transaction: (work) => db.transaction(work),
    health: () => readHealth(database),
    maintain: async () => {
      await starts.prune();
      await requestKeys.prune();
      await events.prune();
      const at = new Date().toISOString();
      await identities.prune(at);
      await webhooks.prune(at);
      await hooks.prune(at);
      const aMonthAgo = new Date(Date.now() - MONTH_MS).toISOString();
      await inbox.attachments.prune(new Date(Date.now() - HOUR_MS).toISOString());
      await inbox.drafts.prune(aMonthAgo);
      await inbox.mails.prune(aMonthAgo);
      await inbox.substitutes.prune(aMonthAgo);
      await db.execute(engine === 'pglite' ? sql`vacuum analyze` : sql`analyze`);
    },
    close: () => {
      closing ??= committer.drain().then(database.close);
      return closing;
    },
  };
  return store;
}

async function readHealth({ db, engine }: Database): Promise<StoreHealth> {
  const began = performance.now();
  try {
    const { rows } = await db.execute<{ server_version: string }>(sql`show server_version`);
    const answeredInMs = Math.round(performance.now() - began);
    const version = rows[0]?.server_version ?? null;
    return { isWell: true, engine, version, answeredInMs, detail: null };
  } catch (error) {
    const answeredInMs = Math.round(performance.now() - began);
    const detail = error instanceof Error ? error.message : String(error);
    return { isWell: false, engine, version: null, answeredInMs, detail };
  }
}
