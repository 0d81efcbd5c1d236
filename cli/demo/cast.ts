/** Whom the demonstration is about: one customer of the list of samples, or one that is named. Class: side effect. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { ContactRow, CustomerLine, OperationOutput } from '../../contracts/control.js';
import type { ControlClient } from '../../worker/control/client.js';
import { examine } from '../customer-file/examine.js';
import { openLines } from '../customer-file/lines.js';
import { failed } from '../engine-context.js';
import { EXIT } from '../failure.js';
import type { Hero } from './chapter.js';

const SAMPLES = fileURLToPath(new URL('../../worker/start/samples/customers.csv', import.meta.url));

/** How the list came in. */
export interface Imported {
  readonly file: string;
  readonly counts: OperationOutput<'importCustomers'>;
  /** In the order of the list. */
  readonly customerIds: readonly string[];
}

/** Imports the list of samples; who is in the record already stays as it is. */
export async function importSamples(client: ControlClient): Promise<Imported> {
  const { hash } = await examine(SAMPLES);
  const { lines } = await openLines(SAMPLES);
  const read: CustomerLine[] = [];
  for await (const { line } of lines) if (line) read.push(line);
  const of = { importId: randomUUID(), fileHash: hash };
  const { results } = await client.call('importLines', { ...of, lines: read, unreadable: 0 });
  const counts = await client.call('importCustomers', of);
  const taken = results.flatMap((one) => (one.outcome === 'rejected' ? [] : [one.customerId]));
  return { file: SAMPLES, counts, customerIds: taken };
}

/** The first of these that is active and has somebody to write to. Errors: `REFERENCE_UNKNOWN` when none is. */
export async function heroAmong(client: ControlClient, keys: readonly string[]): Promise<Hero> {
  for (const key of keys) {
    const { customer, contacts } = await client.call('getCustomer', { key });
    const contact = speakerAmong(contacts);
    if (customer.isErased || customer.state !== 'active' || !contact?.mail) continue;
    const { name, mail, locale } = contact;
    return {
      customer,
      contact: { name: name ?? mail, mail, locale: locale ?? customer.locale },
    };
  }
  const what = { what: 'active customer', key: keys[0] ?? 'any', resource: 'customers' };
  throw failed('REFERENCE_UNKNOWN', what, EXIT.failed);
}

/** Who speaks for a customer: the first who is active and can be written to. Class: pure. */
export const speakerAmong = (contacts: readonly ContactRow[]): ContactRow | undefined =>
  contacts.find(({ mail, state }) => mail !== null && state === 'active');
