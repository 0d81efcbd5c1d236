/** `segment.record`: writes how much attention a customer gets, and how mature it is, into the record. */
import * as z from 'zod';
import { CUSTOMER } from '../store/index.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  touch: z.enum(CUSTOMER.fields.touch.oneOf),
  maturity: z.number().int().min(0).max(100).nullish(),
});

/** `segment.record`: → `{touch, touchBefore}`; of an unknown or erased customer both are null. */
export const segmentRecord = sideEffect({
  type: 'segment.record',
  describes: {
    title: 'Record segment',
    says: 'Writes how much attention a customer gets.',
    output: { touch: 'how much', touchBefore: 'how much before' },
  },
  input: INPUT,
  run: ({ customerId, touch, maturity }, job, deps) =>
    once(deps, job, 'segment.record', { customerId, touch }, async (tx) => {
      const table = deps.record.within(tx).table(CUSTOMER);
      const found = await table.get(customerId);
      if (!found || found.isErased) return { touch: null, touchBefore: null };
      const changes = { touch, maturity: maturity ?? found.maturity };
      await table.change([customerId], found.version, changes);
      return { touch, touchBefore: found.touch };
    }),
});
