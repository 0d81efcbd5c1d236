/** What is done with customers: they are listed, shown, and imported from a file. */
import { ACT, DATA, type Declaration, FIELDS, LIST, type Verb } from '../declaration.js';

const customers = () => import('../commands/customers.js');

/** Lists them. */
export const SEARCH_CUSTOMERS: Declaration = {
  usage: 'customers',
  alias: 'customer',
  does: 'customers, newest first',
  example: 'jornada search customers --country PT',
  flags: [
    ...LIST,
    ['--state <state>', 'active, offboarding, gone'],
    ['--country <code>', 'of this country'],
    ['--tax-id <id>', 'with exactly this tax id'],
    ['--mail <address>', 'with a contact of exactly this address'],
  ],
  load: async () => (await customers()).searchCustomers,
};

/** Shows one. */
export const GET_CUSTOMER: Declaration = {
  usage: 'customers <key>',
  alias: 'customer',
  does: 'a customer, its contacts and what it pays; key: its id, or a beginning or end of it',
  example: 'jornada get customers 51e75e5b',
  flags: [...DATA, ...FIELDS],
  load: async () => (await customers()).getCustomer,
};

/** Its verbs. */
export const CUSTOMERS: readonly Verb[] = [
  [
    'import',
    'take what a file lists',
    'jornada import customers customers.csv',
    [
      {
        usage: 'customers <file>',
        alias: 'customer',
        does: 'customers of a CSV file; those that are known stay as they are',
        example: 'jornada import customers worker/start/samples/customers.csv',
        flags: ACT,
        load: async () => (await import('../commands/import.js')).importCustomers,
      },
    ],
  ],
];
