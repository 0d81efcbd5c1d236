/**
 * The demonstration: the customers of the samples, and some instances of each family, so that there is something to
 * work on. Everything but the bill goes through the control socket, as a person would do it, and stands in the audit.
 *
 * It is loaded once into a store, by business keys and marks: killed in between, the next start completes it. A store
 * with customers of its own is left alone. Class: side effect.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ControlClient } from '../../worker/control/client.js';
import type { DemoBooks } from '../../worker/start/demo-books.js';
import { openFile, sendFile } from '../customer-file/send.js';
import { readVariables } from '../values.js';
import { type Doing, follow, startSeed } from './instances.js';
import type { ReadMails } from './mails.js';
import { ownCustomers } from './own-customers.js';
import { DEMO_ACTOR, SEEDS, type Seed } from './seeds.js';
import { playToItsEnd } from './to-its-end.js';

/** What it needs. */
export interface DemoOptions {
  /** Folder of the packages that were deployed, with their examples. */
  readonly definitions: string;
  readonly books: DemoBooks;
  readonly mails: ReadMails;
  /** Asks the engine in the name of somebody. */
  readonly as: (actor: string) => ControlClient;
  /** Has the people there who are told by mail of what is begun. */
  readonly people: () => Promise<void>;
  /** True when mails leave this machine: then nothing is loaded, for the samples are nobody's. */
  readonly sendsMail: boolean;
  readonly signal: AbortSignal;
  readonly hear: (progress: string) => void;
}

/** What came of it, in words. */
export interface Demo {
  readonly summary: string;
  /** Ends when all instances rest, or nothing more is done for them. Errors: those of the engine. */
  readonly rest: Promise<void>;
  /** Whether it is there, from now or from before. */
  readonly isThere: boolean;
  /** Whether it was loaded just now, so that its instances stand where they were brought. */
  readonly isNew: boolean;
}

/** The list of customers that comes with this program. */
export const SAMPLES = fileURLToPath(
  new URL('../../worker/start/samples/customers.csv', import.meta.url),
);

/** What a killed worker was at is tried again only when its time is over: nobody waits for that before the screen. */
const STAGE_MS = 30_000;
/** What does not come by then, as in a process that was changed, does not come. */
const LONGEST_MS = 600_000;

/** Loads it. Errors: those of the engine and of files. */
export async function loadDemo(options: DemoOptions): Promise<Demo> {
  const { books, as, sendsMail, signal, hear } = options;
  if (await books.isLoaded())
    return { summary: 'loaded before', isThere: true, isNew: false, rest: Promise.resolve() };
  if (sendsMail) return skipped('SMTP_URL is set, and nobody of the samples is to be written to');
  const client = as(DEMO_ACTOR);
  const seeds = await possible(client, options.definitions);
  if (seeds.length === 0) return skipped('its processes and examples are not here');
  const leave = seeds.filter(({ chapter }) => chapter !== undefined).length;
  const own = await ownCustomers(client, await knownTaxIds(options, seeds), leave);
  if (own > 0) return skipped(`${own === 1 ? 'a customer' : `${own} customers`} of your own`);
  hear('customers');
  const customers = await takeCustomers(client);
  await options.people();
  const doing: Doing = { as, actor: DEMO_ACTOR, signal };
  const deadline = performance.now() + LONGEST_MS;
  let rested = 0;
  let isStage = true;
  const told = (): void => {
    if (isStage) hear(`${rested}/${seeds.length} instances`);
  };
  told();
  const rest = Promise.allSettled(
    // Each by itself, all at a time; what fails is told when none is at work any more.
    seeds.map(async (seed) => {
      await begin(options, doing, seed, customers);
      const { chapter } = seed;
      const isThere = await (chapter
        ? playToItsEnd(doing, seed, chapter, options.mails, deadline)
        : follow(doing, seed, deadline));
      if (!isThere) return;
      rested += 1;
      told();
    }),
  ).then(async (settled) => {
    if (signal.aborted) return;
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    await books.noteLoaded();
  });
  await Promise.race([rest, pause(STAGE_MS, undefined, { signal, ref: false })]);
  isStage = false;
  signal.throwIfAborted();
  const late = seeds.length - rested;
  const on = late === 0 ? '' : `, ${late} still on the way`;
  const summary = `${customers.size} customers, ${seeds.length} instances${on}`;
  return { summary, isThere: true, isNew: true, rest };
}

const skipped = (why: string): Demo => ({
  summary: `not loaded: ${why}`,
  isThere: false,
  isNew: false,
  rest: Promise.resolve(),
});

/** Those whose process is deployed and whose example is there. */
async function possible(client: ControlClient, definitions: string): Promise<readonly Seed[]> {
  const { items } = await client.call('searchProcesses', { limit: 1000 });
  const deployed = new Set(items.map(({ processId }) => processId));
  return SEEDS.filter(
    ({ processId, example }) => deployed.has(processId) && existsSync(join(definitions, example)),
  );
}

/** Tax ids of the samples, and of the orders that make customers of themselves. */
async function knownTaxIds({ definitions }: DemoOptions, seeds: readonly Seed[]) {
  const { lines } = await openFile(SAMPLES);
  const ids: string[] = [];
  for await (const { line } of lines) if (line) ids.push(line.cells.tax_id);
  for (const { example } of seeds) {
    const { order } = await readVariables(`@${join(definitions, example)}`);
    if (order && typeof order === 'object' && 'taxId' in order) ids.push(String(order.taxId));
  }
  return ids;
}

/** @returns ids of the customers, by the address of their contact */
async function takeCustomers(client: ControlClient): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  await sendFile(client, await openFile(SAMPLES), async ({ lines, results }) => {
    const taken = new Map(
      results.map((one) => [one.line, one.outcome === 'rejected' ? null : one.customerId]),
    );
    for (const { line, cells } of lines) {
      const customerId = taken.get(line);
      if (customerId) ids.set(cells.contact_email, customerId);
    }
  });
  return ids;
}

async function begin(
  { definitions, books }: DemoOptions,
  doing: Doing,
  seed: Seed,
  customers: ReadonlyMap<string, string>,
): Promise<void> {
  const example = await readVariables(`@${join(definitions, seed.example)}`);
  const customerId = seed.customer === undefined ? null : (customers.get(seed.customer) ?? null);
  if (customerId !== null && seed.owes) await books.bill({ customerId, ...seed.owes });
  const whom = customerId === null ? {} : { customerId };
  await startSeed(doing, seed, { ...example, ...whom, ...(seed.chapter && { pace: 'demo' }) });
}
