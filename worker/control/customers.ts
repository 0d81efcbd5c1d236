/** The operations on customers that are no acts of their own: reads, and the lines of an import. Class: side effect. */
import { type CustomerRow as CustomerOnWire, invoiceRow } from '../../contracts/customers.js';
import type { Search, WholeCustomer } from '../../store/index.js';
import type { Operations } from './parts.js';
import { readPage } from './read-page.js';
import { findCustomer } from './references.js';

/** Reading. */
export const CUSTOMER_READS: Operations<'searchCustomers' | 'getCustomer'> = {
  searchCustomers: async ({ customers }, { taxId, mail, ...input }) => {
    const { items, total } = await readPage(
      (query: Search) => customers.search(query, { taxId, mail }),
      input,
    );
    return { items: items.map(customerOnWire), total };
  },
  getCustomer: async ({ customers }, { key }) => {
    const { customer, contacts, subscriptions } = await findCustomer(customers, key);
    const invoices = await customers.invoices(customer.customerId);
    return {
      invoices: invoices.map((row) => invoiceRow.parse({ ...NO_AMOUNT, ...row })),
      customer: customerOnWire(customer),
      contacts: contacts.map((row) => ({ ...NO_CONTACT, ...row })),
      subscriptions: subscriptions.map((row) => ({ ...NO_PRICE, ...row })),
    };
  },
};

const NO_CONTACT = { name: null, mail: null, phone: null, tz: null, locale: null };
const NO_AMOUNT = { number: null, amountMinor: null, balanceMinor: null, currency: null };
const NO_PRICE = { priceMinor: null, currency: null, discountPct: null };

function customerOnWire(row: WholeCustomer['customer']): CustomerOnWire {
  return { legalName: null, taxId: null, ...row };
}

/** Lines of an import: steps of the act that ends it, which the audit tells of as a whole. */
export const IMPORT_STEPS: Operations<'importLines'> = {
  importLines: async ({ customers }, { importId, fileHash, lines, unreadable }, { actor }) => ({
    results: [...(await customers.importLines({ importId, fileHash, actor }, lines, unreadable))],
  }),
};
