/**
 * `jornada demo`: takes one customer of the record through the processes, on a running engine, and tells what happens. Exit codes: 0 the
 * story came to its end, 1 it did not. Class: side effect.
 */

import { join, resolve } from 'node:path';
import { createControlClient } from '../../worker/control/client.js';
import { openMailbox } from '../../worker/mail-catcher/index.js';
import { type Deed, type Played, play } from '../demo/play.js';
import { type Customer, STORY } from '../demo/story.js';
import { type EngineContext, failed, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { listenForSignals } from '../signals.js';

/** Plays the story. */
export async function demo(context: EngineContext): Promise<ExitCode> {
  const { terminal, folder, environment, options } = context;
  const customer = await customerOf(context, textOption(options, 'customer'));
  const { customerId } = customer;
  const ending = listenForSignals(environment, () => {});
  const as = (actor: string) =>
    createControlClient({ folder, actor, reason: 'demonstration', startCommand: 'npm start' });
  const mailbox = await openMailbox(join(resolve(folder), 'mail'), Date.now);
  const mails = async (sinceMs: number) =>
    (await mailbox.list(200)).filter((one) => Date.parse(one.receivedAt) >= sinceMs).toReversed();
  const told: { readonly title: string; readonly played: Played }[] = [];
  try {
    for (const chapter of STORY) {
      terminal.talk(`${chapter.title} (${chapter.processId}, customer ${customerId})`);
      const tell = (deed: Deed): void => terminal.talk(line(deed));
      const played = await play({ as, mails, tell, signal: ending.signal }, chapter, customer);
      told.push({ title: chapter.title, played });
    }
  } finally {
    ending.stop();
  }
  if (terminal.isJson) await terminal.data(JSON.stringify({ customerId, chapters: told }));
  else for (const one of told) for (const text of summary(one)) await terminal.data(text);
  const isWhole = told.every(({ played }) => played.instance.state === 'COMPLETED');
  return isWhole ? EXIT.done : EXIT.failed;
}

/** The customer that is named, or one that is active and has somebody. Errors: `REFERENCE_UNKNOWN` when there is none. */
async function customerOf({ client }: EngineContext, named: string | null): Promise<Customer> {
  const { items } = await client.call('searchCustomers', { filter: { state: 'active' }, limit: 1 });
  const key = named ?? items[0]?.customerId;
  const unknown = { what: 'customer', key: key ?? 'any', resource: 'customers' };
  if (key === undefined) throw failed('REFERENCE_UNKNOWN', unknown, EXIT.failed);
  const { customer, contacts } = await client.call('getCustomer', { key });
  const contact = contacts.find((one) => one.mail !== null);
  if (!contact?.mail) throw failed('REFERENCE_UNKNOWN', unknown, EXIT.failed);
  const { name, mail } = contact;
  return { customerId: customer.customerId, contact: { name: name ?? mail, mail } };
}

const line = ({ atMs, by, says, task }: Deed): string =>
  `  ${(atMs / 1000).toFixed(1).padStart(5)}s  ${by.padEnd(9)} ${says}${task === null ? '' : `  [${task}]`}`;

function summary({ title, played }: { readonly title: string; readonly played: Played }) {
  const { instance, deeds, variables } = played;
  const shown = ['outcome', 'exportId', 'manifestSha256', 'accessItems', 'certificateId']
    .filter((name) => variables[name] !== undefined)
    .map((name) => `  ${name.padEnd(15)} ${JSON.stringify(variables[name])}`);
  return [
    `${title}: ${instance.state}, ${deeds.length} deeds of people and the world`,
    ...shown,
    ...played.mails.map((subject) => `  mail            ${subject}`),
    `  all of it       npx jornada audit ${instance.instanceId}`,
  ];
}
