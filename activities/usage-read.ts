/**
 * `usage.read`: what the customer has done in the product so far, as the record has it. Class: reads only.
 */
import * as z from 'zod';
import { CONTACT, SUBSCRIPTION, USAGE_EVENT } from '../store/index.js';
import { sideEffect } from './side-effect.js';
import { peopleIn } from './usage/measure.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  /** Only what this contact did. */
  contactId: z.string().min(1).nullish(),
  settings: z
    .object({
      activeDays: z.number().int().min(1).default(14),
      keyFeatures: z.array(z.string()).default([]),
      loginEvents: z.array(z.string()).default(['user.first-login']),
    })
    .default({ activeDays: 14, keyFeatures: [], loginEvents: ['user.first-login'] }),
});

const DAY_MS = 86_400_000;

/**
 * `usage.read`: → `{usage: {events, names, counts, activeUsers, activeLicencePct, keyFeaturesUsed, adminLoggedIn,
 * lastAt}}`. Licences are the seats of the subscriptions that run; of a customer without any the share is 0.
 */
export const usageRead = sideEffect({
  type: 'usage.read',
  describes: {
    title: 'Read usage',
    says: 'Reads what a customer used of the product.',
    output: { usage: 'counts and names' },
  },
  input: INPUT,
  run: async ({ customerId, contactId, settings }, _job, { record, now }) => {
    const all = (await record.table(USAGE_EVENT).of([customerId])).filter((one) => !one.isErased);
    const events = contactId ? all.filter((one) => one.contactId === contactId) : all;
    const since = now() - settings.activeDays * DAY_MS;
    const active = peopleIn(events.filter(({ at }) => Date.parse(at) >= since)).size;
    const seats = await seatsOf(customerId, record);
    const counts = new Map<string, number>();
    for (const { name, count } of events) counts.set(name, (counts.get(name) ?? 0) + count);
    const names = [...counts.keys()].sort();
    const admins = await adminsOf(customerId, record);
    return {
      usage: {
        ...{ events: events.length, names, counts: Object.fromEntries(counts) },
        activeUsers: active,
        activeLicencePct: seats === 0 ? 0 : Math.min(100, Math.floor((active * 100) / seats)),
        keyFeaturesUsed: settings.keyFeatures.filter((name) => counts.has(name)).length,
        adminLoggedIn: events.some(
          ({ name, contactId: who }) =>
            settings.loginEvents.includes(name) && admins.has(who ?? ''),
        ),
        lastAt:
          events
            .map(({ at }) => at)
            .sort()
            .at(-1) ?? null,
      },
    };
  },
});

type Tables = Parameters<Parameters<typeof sideEffect>[0]['run']>[2]['record'];

async function seatsOf(customerId: string, record: Tables): Promise<number> {
  const rows = await record.table(SUBSCRIPTION).of([customerId]);
  return rows
    .filter(({ state }) => state === 'active')
    .reduce((sum, { seats }) => sum + (seats ?? 0), 0);
}

async function adminsOf(customerId: string, record: Tables): Promise<ReadonlySet<string>> {
  const rows = await record.table(CONTACT).of([customerId]);
  return new Set(rows.filter(({ role }) => role === 'admin').map(({ contactId }) => contactId));
}
