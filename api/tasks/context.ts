/** What is known of the customer whose task it is: the record, what is open, owed, and was before. Class: side effect (store). */
import type { OperationOutput } from '../../contracts/control.js';
import type { TaskContext } from '../../contracts/tasks.js';
import type { Filter, UserTaskRow } from '../../store/index.js';
import { keysFor } from '../camunda/keys.js';
import type { Shaping } from './items.js';

const MOST = { tickets: 10, history: 10, debts: 1_000 };

const NOBODY: TaskContext = {
  ...{ customer: null, contacts: [], plans: [], debts: [], tickets: [], history: [] },
};

/** Reads it; of a task that is nobody's there is nothing. */
export async function contextOf(shaping: Shaping, row: UserTaskRow): Promise<TaskContext> {
  const { deps, looking } = shaping;
  const customerId = await customerOf(shaping, row);
  if (customerId === null || !(await deps.store.customerKeys.of(customerId))) return NOBODY;
  const read = await deps.operate('getCustomer', { key: customerId }, looking.asker);
  if (!read.ok) return NOBODY;
  const { customer, contacts, subscriptions, invoices } = read.output;
  const [tickets, history] = await Promise.all([
    openTickets(shaping, customerId),
    instancesOf(shaping, customerId),
  ]);
  return {
    customer: {
      ...{ customerId, name: customer.legalName, country: customer.country, tz: customer.tz },
      ...{ locale: customer.locale, stage: customer.stage ?? null, touch: customer.touch ?? null },
      ...{ healthScore: customer.healthScore ?? null, isStrategic: customer.isStrategic },
      ...{ since: customer.since, state: customer.state, isErased: customer.isErased },
    },
    contacts: contacts.map(({ contactId, name, mail, phone, role, state, isPrimary }) => ({
      ...{ contactId, name, mail, phone: phone ?? null, role, state, isPrimary },
    })),
    plans: subscriptions.map(({ planId, seats, state }) => ({
      planId,
      seats: seats ?? null,
      state,
    })),
    debts: debtsOf(invoices, new Date(shaping.now).toISOString().slice(0, 10)),
    ...{ tickets, history },
  };
}

/** Whose key it is under; under the deployment's own, whom the instance names. */
async function customerOf(
  { deps: { store } }: Shaping,
  { instanceId, customerKeyId }: UserTaskRow,
): Promise<string | null> {
  const owner = (await store.customerKeys.owners([customerKeyId])).get(customerKeyId);
  if (owner !== undefined) return owner;
  const { items } = await store.variables.search({ filter: { instanceId, name: 'customerId' } });
  const named = items.find(({ value }) => typeof value === 'string')?.value;
  return typeof named === 'string' ? named : null;
}

type Invoices = OperationOutput<'getCustomer'>['invoices'];

const OWED: readonly string[] = ['open', 'partly-paid', 'disputed'];

/** What is owed by currency; of it what was due before today. What was erased says no amount. */
function debtsOf(invoices: Invoices, today: string): TaskContext['debts'] {
  const debts = new Map<string, { owedMinor: number; overdueMinor: number }>();
  for (const { state, currency, balanceMinor, dueDate } of invoices) {
    if (!OWED.includes(state) || currency === null || balanceMinor === null) continue;
    const debt = debts.get(currency) ?? { owedMinor: 0, overdueMinor: 0 };
    debt.owedMinor += balanceMinor;
    if (dueDate < today) debt.overdueMinor += balanceMinor;
    debts.set(currency, debt);
  }
  return [...debts].map(([currency, debt]) => ({ currency, ...debt }));
}

async function openTickets(
  { deps: { store } }: Shaping,
  customerId: string,
): Promise<TaskContext['tickets']> {
  const filter: Filter = { customerId, status: { $notIn: ['solved', 'closed'] } };
  const { items } = await store.tickets.search({ filter, limit: MOST.tickets });
  return items.map(({ ticketId, type, priority, status, createdAt }) => ({
    ...{ ticketId, type, priority, status, createdAt },
  }));
}

async function instancesOf(
  { deps: { store }, packages }: Shaping,
  customerId: string,
): Promise<TaskContext['history']> {
  const keys = await store.customerKeys.all(customerId);
  const filter = { customerKeyId: { $in: keys }, callerInstanceId: null };
  const { items } = await store.processInstances.search({ filter, limit: MOST.history });
  const keyOf = await keysFor(
    store,
    items.map(({ instanceId }) => ['processInstance', instanceId]),
  );
  return Promise.all(
    items.map(async (instance) => ({
      processInstanceKey: keyOf('processInstance', instance.instanceId),
      process: (await packages.of(instance)).title,
      ...{ state: instance.state, startedAt: instance.startedAt, endedAt: instance.endedAt },
    })),
  );
}
