/** `jornada search customers`, `jornada get customer KEY`. Exit codes: those of `search` and `get`. */
import type {
  ContactRow,
  CustomerRow,
  InvoiceRow,
  SubscriptionRow,
} from '../../contracts/control.js';
import { ERASED } from '../../history/index.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { plain, printOne, printRows } from '../output.js';
import { type Column, printable, shownInstant, tableLines } from '../table.js';
import { pairs } from './get.js';
import { common, given } from './search.js';

const STATES = ['active', 'offboarding', 'gone'];

/** Customers, newest first. */
export async function searchCustomers(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const state = textOption(options, 'state');
  if (state !== null && !STATES.includes(state)) {
    throw misuse(`--state to be of ${STATES.join(', ')}`, `it is '${state}'`);
  }
  const query = common(context, CUSTOMER_COLUMNS, {
    ...given(options.state, 'state'),
    ...given(options.country, 'country'),
  });
  const look = { taxId: textOption(options, 'taxId'), mail: textOption(options, 'mail') };
  await printRows(
    context,
    await client.call('searchCustomers', { ...query, ...look }),
    CUSTOMER_COLUMNS,
  );
  return EXIT.done;
}

/** A customer with its contacts, subscriptions and invoices. */
export async function getCustomer(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const answer = await context.client.call('getCustomer', { key });
  const { customer, contacts, subscriptions, invoices } = answer;
  await printOne(context, answer, () => [
    ...pairs([
      ['Customer', customer.customerId],
      ['Name', named(customer)],
      ['Tax id', printable(plain(customer.taxId))],
      ['Country', customer.country],
      ['Zone', customer.tz],
      ['Language', customer.locale],
      ['Since', customer.since],
      ['State', customer.state],
      ['Stage', plain(customer.stage)],
      ['Touch', plain(customer.touch)],
      ['Health', plain(customer.healthScore)],
      ['Written', shownInstant(customer.updatedAt)],
    ]),
    '',
    ...tableLines(CONTACT_COLUMNS, contacts, context.terminal),
    '',
    ...tableLines(SUBSCRIPTION_COLUMNS, subscriptions, context.terminal),
    ...(invoices.length > 0
      ? ['', ...tableLines(INVOICE_COLUMNS, invoices, context.terminal)]
      : []),
    ...owedLines(invoices),
  ]);
  return EXIT.done;
}

function named({ isErased, legalName }: CustomerRow): string {
  return isErased ? ERASED : printable(plain(legalName));
}

const CUSTOMER_COLUMNS: readonly Column<CustomerRow>[] = [
  { title: 'KEY', field: 'customerId', text: ({ customerId }) => customerId.slice(-8) },
  { title: 'NAME', text: named },
  { title: 'COUNTRY', text: ({ country }) => country },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'TOUCH', text: ({ touch }) => plain(touch) },
  { title: 'SINCE', text: ({ since }) => since },
];

const CONTACT_COLUMNS: readonly Column<ContactRow>[] = [
  { title: 'CONTACT', text: ({ contactId }) => contactId.slice(-8) },
  { title: 'NAME', text: ({ name }) => plain(name) },
  { title: 'MAIL', text: ({ mail }) => plain(mail) },
  { title: 'ROLE', text: ({ role, isPrimary }) => (isPrimary ? `${role}, primary` : role) },
  { title: 'STATE', text: ({ state }) => state },
];

const SUBSCRIPTION_COLUMNS: readonly Column<SubscriptionRow>[] = [
  { title: 'SUBSCRIPTION', text: ({ subscriptionId }) => subscriptionId.slice(-8) },
  { title: 'PLAN', text: ({ planId }) => planId },
  { title: 'PRICE', text: price },
  { title: 'STARTS', text: ({ startsAt }) => startsAt },
  { title: 'ENDS', text: ({ endsAt }) => plain(endsAt) },
  { title: 'STATE', text: ({ state }) => state },
];

const INVOICE_COLUMNS: readonly Column<InvoiceRow>[] = [
  { title: 'INVOICE', text: ({ invoiceId }) => invoiceId.slice(-8) },
  { title: 'NUMBER', text: ({ number }) => printable(plain(number)) },
  { title: 'AMOUNT', text: ({ amountMinor, currency }) => amount(amountMinor, currency) },
  { title: 'OWED', text: ({ balanceMinor, currency }) => amount(balanceMinor, currency) },
  { title: 'DUE', text: ({ dueDate }) => dueDate },
  { title: 'STATE', text: ({ state }) => state },
];

/** What is owed in all, by currency; nothing where nothing is. */
function owedLines(invoices: readonly InvoiceRow[]): readonly string[] {
  const owed = new Map<string, number>();
  for (const { currency, balanceMinor } of invoices) {
    if (currency === null || !balanceMinor) continue;
    owed.set(currency, (owed.get(currency) ?? 0) + balanceMinor);
  }
  const sums = Array.from(owed, ([currency, minor]) => amount(minor, currency));
  return sums.length > 0 ? ['', `Owed in all: ${sums.join(', ')}`] : [];
}

function price({ priceMinor, currency, period }: SubscriptionRow): string {
  const each = amount(priceMinor, currency);
  return each === '-' ? each : `${each} a ${period}`;
}

/** In whole units of the currency, which says itself how many minor ones make one. */
function amount(minor: number | null, currency: string | null): string {
  if (minor === null || currency === null) return '-';
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return `${(minor / 10 ** digits).toFixed(digits)} ${currency}`;
}
