/** What is read of instances and customers: all of it, or what somebody sees. */
import { sql } from 'drizzle-orm';
import { jsonText } from '../columns.js';
import { type CustomerKeyring, createCustomerKeyring } from '../customers/keys.js';
import type { Queryable } from '../database.js';
import { type CalledInstances, createCalledInstances } from '../projections/called-instances.js';
import { createElementInstances, type ElementInstances } from '../projections/element-instances.js';
import { createIncidents, type Incidents } from '../projections/incidents.js';
import { createProcessInstances, type ProcessInstances } from '../projections/process-instances.js';
import { createSubscriptions, type Subscriptions } from '../projections/subscriptions.js';
import { createTimers, type Timers } from '../projections/timers.js';
import { createUserTasks, type UserTasks } from '../projections/user-tasks.js';
import { createVariables, type Variables } from '../projections/variables.js';
import { createPublicKeys, type PublicKeys } from '../public-keys.js';
import { createReports, type Reports } from '../reports/index.js';
import type { Seals } from '../sealing/index.js';
import { createTickets, type Tickets } from '../tickets.js';
import { seesTask, seesThisInstance } from './conditions.js';
import type { Viewer } from './viewer.js';

/** Everything by which instances and customers are read, or counted. */
export interface Readers {
  readonly processInstances: ProcessInstances;
  readonly elementInstances: ElementInstances;
  readonly userTasks: UserTasks;
  readonly incidents: Incidents;
  readonly variables: Variables;
  readonly calledInstances: CalledInstances;
  readonly timers: Timers;
  readonly subscriptions: Subscriptions;
  /** What reports count by. */
  readonly reports: Reports;
  readonly tickets: Tickets;
  /** Under which keys data of customers is. */
  readonly customerKeys: CustomerKeyring;
  /** Numbers beside ids, for Camunda's API. */
  readonly publicKeys: PublicKeys;
}

/** Makes them. @param seenBy - they show what this person sees; null: all */
export function createReaders(db: Queryable, seals: Seals, seenBy: Viewer | null): Readers {
  const publicKeys = createPublicKeys(db);
  return {
    processInstances: createProcessInstances(db, seals, seenBy),
    elementInstances: createElementInstances(db, seals, seenBy),
    userTasks: createUserTasks(db, seals, seenBy),
    incidents: createIncidents(db, seals, seenBy),
    variables: createVariables(db, seals, seenBy),
    calledInstances: createCalledInstances(db, seenBy),
    timers: createTimers(db, seenBy),
    subscriptions: createSubscriptions(db, seals, seenBy),
    reports: createReports(db, seenBy),
    tickets: createTickets(db, seenBy),
    customerKeys: createCustomerKeyring(db, seenBy),
    publicKeys: seenBy === null ? publicKeys : seenKeys(db, publicKeys, seenBy),
  };
}

/** Kinds of things that are of no instance, and so of no customer. The ids of all others begin with that of their instance. */
const OF_NOBODY: readonly string[] = [
  ...['processDefinition', 'decision', 'requirements', 'form', 'deployment'],
  ...['decisionEvaluation', 'message', 'signal', 'batchOperation'],
];

/** The register as somebody sees it: the number of what they do not see is the number of nothing. */
function seenKeys(db: Queryable, publicKeys: PublicKeys, viewer: Viewer): PublicKeys {
  return {
    ...publicKeys,
    idsOf: async (kind, keys) => {
      const ids = await publicKeys.idsOf(kind, keys);
      if (OF_NOBODY.includes(kind)) return ids;
      const seen = await (kind === 'userTask' ? seenTasks : seenInstances)(db, viewer, ids);
      return ids.map((id) => (id !== null && seen(id) ? id : null));
    },
  };
}

type IsSeen = (id: string) => boolean;
type Ids = readonly (string | null)[];

async function seenInstances(db: Queryable, viewer: Viewer, ids: Ids): Promise<IsSeen> {
  const wanted = ids.filter((id) => id !== null).map(instanceOf);
  const { rows } = await db.execute<{ instance_id: string }>(sql`
    select instance_id from process_instances where ${seesThisInstance(viewer)}
      and instance_id in (select jsonb_array_elements_text(${jsonText(wanted)}::jsonb))`);
  const seen = new Set(rows.map((row) => row.instance_id));
  return (id) => seen.has(instanceOf(id));
}

async function seenTasks(db: Queryable, viewer: Viewer, ids: Ids): Promise<IsSeen> {
  const wanted = ids.filter((id) => id !== null).map(instanceOf);
  const { rows } = await db.execute<{ id: string }>(sql`
    select instance_id || '/' || task_id as id from user_tasks where ${seesTask(viewer)}
      and instance_id in (select jsonb_array_elements_text(${jsonText(wanted)}::jsonb))`);
  const seen = new Set(rows.map((row) => row.id));
  return (id) => seen.has(id);
}

const instanceOf = (id: string): string => id.split('/', 1)[0] ?? id;
