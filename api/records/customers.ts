/** Customers in lists: the row of the record, with plans, debts, and of erased ones the certificate. Class: side effect (reads). */
import { certificateNumbers, erasuresOf } from '../../case-files/index.js';
import { type ListedCustomer, listedCustomer } from '../../contracts/records.js';
import {
  type CustomerRecord,
  type CustomerRow,
  type Having,
  INVOICE,
  type Page,
  type ReadRow,
  type Search,
  type Store,
  SUBSCRIPTION,
} from '../../store/index.js';
import type { WireFields } from '../camunda/fields.js';
import type { Searched } from '../camunda/search.js';
import type { RecordsDeps } from './deps.js';

const FIELDS: WireFields = {
  customerId: { type: 'text', field: 'customerId' },
  country: { type: 'text', field: 'country' },
  stage: { type: 'text', field: 'stage' },
  touch: { type: 'text', field: 'touch' },
  state: { type: 'text', field: 'state' },
  healthScore: { type: 'integer', field: 'healthScore' },
  since: { type: 'text', field: 'since' },
  createdAt: { type: 'instant', field: 'createdAt' },
};

/** What customers are looked for by besides their fields. */
export interface Find extends Having {
  /** Any part of the name; capitals and accents count for nothing. */
  readonly name?: string;
  readonly mail?: string;
  readonly taxId?: string;
}

type Reads = Pick<RecordsDeps, 'record' | 'searchCustomers'>;

/** How they are searched. `today`: the day of whoever asks. */
export const customersOf = (
  { record, searchCustomers }: Reads,
  find: Find,
  today: string,
): Searched<CustomerRow> => ({
  // A cursor of one search is none of another.
  ...{ name: `customers ${JSON.stringify(find)}`, fields: FIELDS, row: listedCustomer },
  search: (_store, query) => {
    const { name, mail = null, taxId = null, ...having } = find;
    const look = (asked: Search) => searchCustomers(asked, { mail, taxId }, { ...having, today });
    return name === undefined ? look(query) : byName(look, query, name);
  },
  shape: (store, rows) => listed({ store, record }, rows, today),
});

/** Names are sealed one by one: so many customers are opened at most to look for one. */
const MOST_OPENED = 2_000;

/** Customers whose name holds a text, in one page: what is sealed has no order to go on from. */
async function byName(
  look: (query: Search) => Promise<Page<CustomerRow>>,
  query: Search,
  name: string,
): Promise<Page<CustomerRow>> {
  const { after: _after, before: _before, from = 0, limit = 100, ...asked } = query;
  const all = await look({ ...asked, limit: MOST_OPENED });
  const wanted = plain(name);
  const fitting = all.items.filter((row) => !row.isErased && plain(row.legalName).includes(wanted));
  const isExact = all.items.length < MOST_OPENED;
  return {
    items: fitting.slice(from, from + limit),
    ...{ startCursor: null, endCursor: null, total: { count: fitting.length, isExact } },
  };
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Rows as lists show them. */
export async function listed(
  { store, record }: { readonly store: Store; readonly record: Pick<CustomerRecord, 'table'> },
  rows: readonly CustomerRow[],
  today: string,
): Promise<readonly ListedCustomer[]> {
  const ids = rows.map(({ customerId }) => customerId);
  if (ids.length === 0) return [];
  const erased = rows.filter(({ isErased }) => isErased).map(({ customerId }) => customerId);
  const [numbers, erasures, members, subscriptions, invoices] = await Promise.all([
    certificateNumbers(store, erased),
    erasuresOf(store, erased),
    store.portfolios.of(ids),
    record.table(SUBSCRIPTION).of(ids),
    record.table(INVOICE).of(ids),
  ]);
  return rows.map((row, index) => {
    const isOwn = (one: { readonly customerId: string }): boolean =>
      one.customerId === row.customerId;
    return {
      ...{ legalName: null, taxId: null, ...row },
      lookedAfterBy: members[index] ?? { people: [], groups: [] },
      certificateNumber: numbers.get(row.customerId) ?? null,
      erasure: erasures.get(row.customerId) ?? null,
      plans: subscriptions.filter((one) => isOwn(one) && one.state === 'active').map(planOf),
      // Invoices are kept by law after an erasure; nobody owes them any more.
      debts: row.isErased ? [] : debtsOf(standingOf(invoices.filter(isOwn)), today),
    };
  });
}

const planOf = ({ planId }: { readonly planId: string }): string => planId;

type Invoice = ReadRow<typeof INVOICE>;

/** Each change is a row of its own: the last one stands; newest first. Class: pure. */
export function standingOf(rows: readonly Invoice[]): readonly Invoice[] {
  const newest = new Map<string, Invoice>();
  for (const row of rows) {
    const before = newest.get(row.invoiceId);
    if (before === undefined || before.revision < row.revision) newest.set(row.invoiceId, row);
  }
  return [...newest.values()].sort((a, b) => (a.issuedAt < b.issuedAt ? 1 : -1));
}

const OWED: readonly string[] = ['open', 'partly-paid', 'disputed'];

/** What is owed, by currency; what was erased is not counted. Class: pure. */
export function debtsOf(invoices: readonly Invoice[], today: string): ListedCustomer['debts'] {
  const debts = new Map<string, { balanceMinor: number; overdueMinor: number }>();
  for (const row of invoices) {
    if (row.isErased || !OWED.includes(row.state)) continue;
    const { currency, balanceMinor, dueDate } = row;
    const debt = debts.get(currency) ?? { balanceMinor: 0, overdueMinor: 0 };
    debt.balanceMinor += balanceMinor;
    if (dueDate < today) debt.overdueMinor += balanceMinor;
    debts.set(currency, debt);
  }
  return [...debts].map(([currency, debt]) => ({ currency, ...debt }));
}
