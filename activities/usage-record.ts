/**
 * `usage.record`: writes an event of the product into the record. Told twice, it counts once: by its id, or else by all
 * that it says.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { USAGE_EVENT } from '../store/index.js';
import { INSTANT, once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  event: z.object({
    name: z.string().min(1).max(200),
    at: INSTANT.nullish(),
    count: z.number().int().min(1).nullish(),
    contactId: z.string().min(1).nullish(),
    eventId: z.string().min(1).max(200).nullish(),
    source: z.string().min(1).max(100).nullish(),
    /** Of these, numbers and yes or no are kept. */
    props: z.record(z.string().max(100), z.unknown()).nullish(),
  }),
});

/** `usage.record`: → `{eventId, isNew}`. Errors: `CUSTOMER_UNKNOWN`. */
export const usageRecord = sideEffect({
  type: 'usage.record',
  describes: {
    title: 'Record usage',
    says: 'Writes an event of the product, once.',
    output: { eventId: 'the event', isNew: 'whether it was new' },
  },
  input: INPUT,
  run: async ({ customerId, event }, job, deps) =>
    once(deps, job, 'usage.record', { customerId, name: event.name }, async (tx) => {
      const at = new Date(event.at ?? deps.now()).toISOString();
      const { name, count, contactId = null, source } = event;
      const row = {
        ...{ source: source ?? 'product', customerId, contactId, name, at, count: count ?? 1 },
        props: kept(event.props ?? {}),
      };
      const eventId = event.eventId ?? digestOf(row);
      const table = deps.record.within(tx).table(USAGE_EVENT);
      if (await table.get(row.source, eventId)) return { eventId, isNew: false };
      await table.add([{ ...row, eventId }]);
      return { eventId, isNew: true };
    }),
});

const digestOf = (row: object): string =>
  createHash('sha256').update(JSON.stringify(row)).digest('hex');

/** Texts may be personal. */
function kept(props: Readonly<Record<string, unknown>>) {
  const plain = Object.entries(props).flatMap(([name, value]) =>
    typeof value === 'number' || typeof value === 'boolean' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(plain.slice(0, 50));
}
