/** Plays an instance of the demonstration to its end, as the story does with its own. Class: side effect. */
import { setTimeout as pause } from 'node:timers/promises';
import type { InstanceRow } from '../../contracts/control.js';
import type { ControlClient } from '../../worker/control/client.js';
import { speakerAmong } from './cast.js';
import type { Chapter, Hero } from './chapter.js';
import type { Doing } from './instances.js';
import type { ReadMails } from './mails.js';
import { goOn } from './play.js';
import { variablesOf } from './requests.js';
import type { Seed } from './seeds.js';
import type { Witness } from './witness.js';

const LOOK_MS = 500;

type Started = InstanceRow & { readonly startedAt: string };

/** Goes on with it from where it stands. @returns false when it did not come to its end by the deadline */
export async function playToItsEnd(
  { as, actor, signal }: Doing,
  { key, processId }: Pick<Seed, 'key' | 'processId'>,
  chapter: Chapter,
  mails: ReadMails,
  deadlineMs: number,
): Promise<boolean> {
  const engine = as(actor);
  const instance = await instanceOf(engine, { businessKey: key, processId }, signal, deadlineMs);
  if (instance === null) return false;
  if (instance.endedAt !== null) return true;
  const hero = await heroOf(engine, instance);
  const { mail } = hero.contact;
  const stage = {
    ...{ as, signal, witness: FOLLOWS },
    // Others of the demonstration write, too.
    mails: async (sinceMs: number) =>
      (await mails(sinceMs)).filter(({ to }) => mail === '' || to.includes(mail)),
    tell: () => {},
    progress: () => {},
    patienceMs: deadlineMs - performance.now(),
  };
  const since = Date.parse(instance.startedAt);
  const { stuck } = await goOn(stage, chapter, hero, { instanceId: instance.instanceId, since });
  return stuck === null;
}

/** It was started; the store may not tell of it yet. Null: nor by the deadline. */
async function instanceOf(
  engine: ControlClient,
  filter: { readonly businessKey: string; readonly processId: string },
  signal: AbortSignal,
  deadlineMs: number,
): Promise<Started | null> {
  while (performance.now() < deadlineMs) {
    const [found] = (await engine.call('searchInstances', { filter })).items;
    if (found?.startedAt) return { ...found, startedAt: found.startedAt };
    await pause(LOOK_MS, undefined, { signal });
  }
  return null;
}

/** Whom it is about; somebody who was erased meanwhile has no name and no address any more. */
async function heroOf(engine: ControlClient, instance: InstanceRow): Promise<Hero> {
  const { customerId } = await variablesOf(engine, instance);
  const { customer, contacts } = await engine.call('getCustomer', { key: String(customerId) });
  const { name = null, mail = null, locale = null } = speakerAmong(contacts) ?? {};
  const contact = { name: name ?? '', mail: mail ?? '', locale: locale ?? customer.locale };
  return { customer, contact };
}

/** The customer fetches its data; nobody keeps what is to be forgotten. */
const FOLLOWS: Witness = {
  follows: async (link) => {
    const [page = '', token = ''] = link.split('#');
    const asked = fetch(page, { method: 'POST', body: new URLSearchParams({ token }) });
    // An app that is published elsewhere may not be reached from here: the story goes on all the same.
    await asked.then((answer) => answer.arrayBuffer()).catch(() => null);
  },
  ended: async () => {},
  accesses: () => [],
  fetched: () => null,
};
