/** Rows of tasks as an inbox shows them: with their process, customer, clocks. Class: side effect (store). */
import type { TaskItem } from '../../contracts/tasks.js';
import { own } from '../../engine/model/index.js';
import type { ProcessInstance, SlaRowRead, TicketRow, UserTaskRow } from '../../store/index.js';
import { keysFor } from '../camunda/keys.js';
import { surroundingsOf } from '../camunda/surroundings.js';
import type { CamundaDeps } from '../deps.js';
import { clockOf, type Promised } from './clock.js';
import { inBoth, type Packages, type Running } from './packages.js';
import type { Looking } from './query.js';
import { actsFor } from './substitutes.js';
import { nextOf, ticketClockOf } from './ticket-clock.js';

/** What shaping leans on, and who looks at what it makes. */
export interface Shaping {
  readonly deps: CamundaDeps;
  readonly packages: Packages;
  readonly looking: Looking;
  readonly userId: string;
  /** Milliseconds. */
  readonly now: number;
}

/** A task with what surrounds it. */
export interface Surrounded {
  readonly row: UserTaskRow;
  readonly instance: ProcessInstance | null;
  readonly running: Running;
  readonly promised: Promised | null;
  readonly ticket: TicketRow | null;
  readonly ticketRows: readonly SlaRowRead[];
}

/** Reads what surrounds tasks, in their order. */
export async function surrounded(
  { deps: { store }, packages }: Shaping,
  rows: readonly UserTaskRow[],
): Promise<readonly Surrounded[]> {
  const { instance } = await surroundingsOf(store, rows);
  const running = await Promise.all(
    rows.map(async ({ instanceId, processId }) => {
      const found = instance(instanceId);
      return found ? packages.of(found) : { plan: null, title: inBoth(processId) };
    }),
  );
  const tickets = await ticketsOf(store, rows, running);
  return rows.map((row, index) => {
    const of = running[index] ?? { plan: null, title: inBoth(row.processId) };
    const found = tickets.get(row.instanceId) ?? { ticket: null, ticketRows: [] };
    return {
      ...{ row, instance: instance(row.instanceId), running: of },
      ...{ promised: promisedOf(row, of), ...found },
    };
  });
}

function promisedOf({ elementId }: UserTaskRow, { plan }: Running): Promised | null {
  const promise = own(plan?.promises ?? {}, elementId);
  const calendars = promise && own(plan?.calendars ?? {}, promise.calendar);
  return promise && calendars ? { promise, calendars } : null;
}

const MOST = 10_000;

/** Tickets that instances work on, by instance: those whose process has a variable that says so. */
async function ticketsOf(
  store: CamundaDeps['store'],
  rows: readonly UserTaskRow[],
  running: readonly Running[],
): Promise<ReadonlyMap<string, Pick<Surrounded, 'ticket' | 'ticketRows'>>> {
  const ids = rows
    .filter((_row, index) => running[index]?.plan?.variables.some(isTicketId))
    .map(({ instanceId }) => instanceId);
  if (ids.length === 0) return new Map();
  const filter = { name: 'ticketId', instanceId: { $in: [...new Set(ids)] } };
  const { items } = await store.variables.search({ filter, limit: MOST });
  const named = items.flatMap(({ instanceId, value }) =>
    typeof value === 'string' ? [[instanceId, value] as const] : [],
  );
  const whole = await store.tickets.withClocks(named.map(([, ticketId]) => ticketId));
  return new Map(
    named.flatMap(([instanceId, ticketId]) => {
      const found = whole.get(ticketId);
      return found ? [[instanceId, { ticket: found.ticket, ticketRows: found.clocks }]] : [];
    }),
  );
}

const isTicketId = ({ name }: { readonly name: string }): boolean => name === 'ticketId';

/** Rows as the wire has them, in their order. */
export async function itemsOf(
  shaping: Shaping,
  found: readonly Surrounded[],
): Promise<readonly TaskItem[]> {
  const { deps, userId } = shaping;
  const { store } = deps;
  const rows = found.map(({ row }) => row);
  const [customers, drafts, keyOf] = await Promise.all([
    customersOf(shaping, rows),
    store.inbox.drafts.among(userId, rows),
    keysFor(
      store,
      rows.flatMap((row) => [
        ['userTask', taskId(row)] as const,
        ['processInstance', row.instanceId] as const,
      ]),
    ),
  ]);
  return found.map((one) => ({
    ...shownTask(one, shaping.now),
    asSubstituteFor: one.row.state === 'CREATED' ? actsFor(shaping.looking, one.row) : null,
    taskKey: keyOf('userTask', taskId(one.row)),
    processInstanceKey: keyOf('processInstance', one.row.instanceId),
    customer: customers.get(one.row.customerKeyId) ?? null,
    hasDraft: drafts.has(taskId(one.row)),
  }));
}

/** How a task is named among keys. Class: pure. */
export const taskId = (row: Pick<UserTaskRow, 'instanceId' | 'taskId'>): string =>
  `${row.instanceId}/${row.taskId}`;

type Looked = 'asSubstituteFor' | 'taskKey' | 'processInstanceKey' | 'customer' | 'hasDraft';

function shownTask(one: Surrounded, now: number): Omit<TaskItem, Looked> {
  const { row, instance, running, promised, ticket, ticketRows } = one;
  const { elementId, processId, businessKey, assignee, owner, dueAt, followUpAt } = row;
  const { priority, state, openedAt, endedAt, action, completedBy, version } = row;
  const clocks = ticketRows.map((clock) =>
    ticketClockOf(clock, running.plan?.calendars ?? {}, now),
  );
  return {
    ...{ elementId, processId, businessKey, assignee, owner, dueAt, followUpAt },
    standsFor: row.standsFor,
    ...{ priority, state, openedAt, endedAt, action, completedBy, version },
    // What is promised is named in both languages; models are in one.
    title: promised?.promise.title ?? inBoth(row.name ?? elementId),
    process: running.title,
    candidateGroups: row.candidateGroups,
    candidateUsers: row.candidateUsers,
    isSuspended: instance?.state === 'SUSPENDED',
    clock: promised && clockOf(row, promised, now),
    ticket: ticket && {
      ...{ ticketId: ticket.ticketId, priority: ticket.priority, status: ticket.status },
      clock: nextOf(clocks),
    },
  };
}

/** Customers by the key that their tasks are under. */
async function customersOf(
  { deps: { store, operate }, looking }: Shaping,
  rows: readonly UserTaskRow[],
): Promise<ReadonlyMap<string, TaskItem['customer']>> {
  const keyIds = [...new Set(rows.map(({ customerKeyId }) => customerKeyId))];
  const owners = await store.customerKeys.owners(keyIds);
  const ids = [...new Set(owners.values())];
  if (ids.length === 0) return new Map();
  const filter = { customerId: { $in: ids } };
  const found = await operate('searchCustomers', { filter, limit: ids.length }, looking.asker);
  const names = new Map(
    found.ok ? found.output.items.map((row) => [row.customerId, row.legalName]) : [],
  );
  return new Map(
    [...owners].map(([keyId, customerId]) => [
      keyId,
      { customerId, name: names.get(customerId) ?? null },
    ]),
  );
}
