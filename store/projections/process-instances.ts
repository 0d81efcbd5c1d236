/** Process instances: who each is (the journal's part), and where it stands (projected). */
import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { count, instant } from '../columns.js';
import { instancesOfCustomer } from '../customers/instances.js';
import type { Queryable } from '../database.js';
import { seesInstance, seesThisInstance } from '../portfolio/conditions.js';
import { reaching } from '../portfolio/reach.js';
import { FEW, searchSeen } from '../portfolio/search.js';
import { hasManyTasks, seenInstances } from '../portfolio/seen.js';
import type { Viewer } from '../portfolio/viewer.js';
import { type Keeping, mayBeDeleted } from '../retention/keeping.js';
import type { Seals } from '../sealing/index.js';
import { compileFilter } from '../search/filter.js';
import { type Filter, type Page, type Search, search } from '../search/index.js';
import { holdsFacts, type InstanceFacts } from './instance-facts.js';
import { type CodeStanding, countCodes, countVersions, type VersionStanding } from './standing.js';
import { holdsVariables, type VariableMatch } from './variables.js';

/** Where an instance stands, as people read it. `REFUSED`: its start did not fit, it never ran. */
export type ProcessInstanceState =
  | 'CREATED'
  | 'REFUSED'
  | 'ACTIVE'
  | 'SUSPENDED'
  | 'COMPLETED'
  | 'CANCELLED'
  | 'FAILED';

export const processInstances = pgTable('process_instances', {
  instanceId: text('instance_id').primaryKey(),
  processId: text('process_id').notNull(),
  definitionVersion: integer('definition_version').notNull(),
  definitionHash: text('definition_hash').notNull(),
  callerInstanceId: text('caller_instance_id'),
  rootInstanceId: text('root_instance_id').notNull(),
  customerKeyId: text('customer_key_id').notNull(),
  businessKey: text('business_key'),
  lastSequence: count('last_sequence').notNull(),
  state: text('state').$type<ProcessInstanceState>().notNull(),
  startedAt: instant('started_at'),
  endedAt: instant('ended_at'),
  /** Of the journal's last writer; see `Basis`. Nobody reads them but the journal. */
  basisAfter: count('basis_after').notNull(),
  basisFence: count('basis_fence').notNull(),
  /** The incident as which the instance is parked; null when it is not. */
  parkedAs: text('parked_as'),
  parkedFence: count('parked_fence').notNull(),
});

/** As it is read: the database adds how long it took. */
const readInstances = pgTable('process_instances', {
  durationMs: count('duration_ms'),
});

type Inner = 'basisAfter' | 'basisFence' | 'parkedAs' | 'parkedFence';

/** One instance; `hasIncident`: an open incident holds one of its tokens. */
export type ProcessInstance = Readonly<Omit<typeof processInstances.$inferSelect, Inner>> & {
  readonly hasIncident: boolean;
  /** From its start to its end, in milliseconds; null: it has not ended, or never ran. */
  readonly durationMs: number | null;
};

const {
  basisAfter: _after,
  basisFence: _fence,
  parkedAs: _parkedAs,
  parkedFence: _parkedFence,
  ...columns
} = getTableColumns(processInstances);

const fields = {
  ...columns,
  ...getTableColumns(readInstances),
  hasIncident: sql<boolean>`exists (select 1 from incidents where incidents.state = 'ACTIVE'
    and incidents.instance_id = process_instances.instance_id)`,
};

export const SEARCHABLE_INSTANCES = {
  table: processInstances,
  fields,
  key: ['instanceId'],
  sort: [{ field: 'startedAt', order: 'DESC' }],
} as const;

/** A search of instances; `variables` must all be there in some scope that runs, with these values. */
export interface ProcessInstanceSearch extends Search<keyof ProcessInstance>, InstanceFacts {
  /** Only those of this customer: under its keys, or about it. */
  readonly ofCustomer?: string;
  readonly variables?: readonly VariableMatch[];
  /** Only those that may be deleted by these terms. */
  readonly deletable?: Keeping;
}

/** What a search asks for besides cursors and order. */
export type MeantInstances = Pick<
  ProcessInstanceSearch,
  'filter' | 'variables' | 'ofCustomer' | 'deletable' | keyof InstanceFacts
>;

/** Reads instances. */
export interface ProcessInstances {
  /** One by its id, or null. */
  readonly get: (instanceId: string) => Promise<ProcessInstance | null>;
  /** One page; see `search` for the errors. Newest first. */
  readonly search: (query: ProcessInstanceSearch) => Promise<Page<ProcessInstance>>;
  /** How many of those that a search would find stand in each version. Errors: those of `search`. */
  readonly versions: (of: MeantInstances) => Promise<readonly VersionStanding[]>;
  /** How many of those that a search would find are stopped by each code. Errors: those of `search`. */
  readonly stopped: (of: MeantInstances) => Promise<readonly CodeStanding[]>;
}

/** Makes the reader. @param seenBy - it shows what they see; null: all */
export function createProcessInstances(
  db: Queryable,
  seals: Seals,
  seenBy: Viewer | null,
): ProcessInstances {
  const isSeen = seenBy === null ? undefined : seesInstance(seenBy);
  return {
    get: async (instanceId) => {
      const isIt = eq(processInstances.instanceId, instanceId);
      const where = and(isIt, seenBy === null ? undefined : seesThisInstance(seenBy));
      const rows = await db.select(fields).from(processInstances).where(where);
      return rows[0] ?? null;
    },
    search: async (query) =>
      seenBy === null
        ? search(db, SEARCHABLE_INSTANCES, query, await besides(seals, query))
        : searchSeenInstances(db, seals, query, seenBy),
    versions: async (of) => countVersions(db, and(isSeen, await instanceCondition(seals, of))),
    stopped: async (of) => countCodes(db, and(isSeen, await instanceCondition(seals, of))),
  };
}

/** One page of what a person sees. */
async function searchSeenInstances(
  db: Queryable,
  seals: Seals,
  query: ProcessInstanceSearch,
  seenBy: Viewer,
): Promise<Page<ProcessInstance>> {
  const viewer = await reaching(db, seenBy);
  const isSeen = seesThisInstance(viewer);
  const asked = await besides(seals, query);
  // A page of others asks for their instances: those few are looked at, and not all that the person sees.
  if (namesFew(query.filter?.instanceId)) {
    return search(db, SEARCHABLE_INSTANCES, query, and(isSeen, asked));
  }
  const fits = and(compileFilter(fields, query.filter ?? {}), asked);
  const places = (ofSome: boolean) => seenInstances(viewer, fits ?? sql`true`, ofSome);
  const some = (await hasManyTasks(db, viewer)) ? places(true) : null;
  return searchSeen(db, SEARCHABLE_INSTANCES, query, { ways: places(false), some, isSeen, asked });
}

const namesFew = (asked: Filter[string] | undefined): boolean => {
  if (typeof asked !== 'object' || asked === null) return typeof asked === 'string';
  return typeof asked.$eq === 'string' || (asked.$in !== undefined && asked.$in.length <= FEW);
};

/** All that a search asks for, as one condition on the table; undefined: nothing. Errors: those of a filter. */
export async function instanceCondition(
  seals: Seals,
  query: MeantInstances,
): Promise<SQL | undefined> {
  return and(compileFilter(fields, query.filter ?? {}), await besides(seals, query));
}

/** What is asked for besides the fields of an instance. */
async function besides(
  seals: Seals,
  { variables = [], ofCustomer, deletable, ...facts }: MeantInstances,
): Promise<SQL | undefined> {
  const { instanceId } = processInstances;
  const held = await holdsVariables(seals, instanceId, variables);
  const isOf =
    ofCustomer === undefined
      ? undefined
      : sql`${instanceId} in (${instancesOfCustomer(ofCustomer)})`;
  return and(held, holdsFacts(facts), isOf, deletable && mayBeDeleted(deletable));
}
