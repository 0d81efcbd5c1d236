/**
 * `order.dedupe`: gives the customer an id and looks for customers that have the same order, tax id or mail domain.
 * It only looks: marks are noted when a contract goes out.
 */
import * as z from 'zod';
import { findByMarks } from '../store/registry/index.js';
import { newId } from './identifiers.js';
import { marksOf } from './order/marks.js';
import { CONTACT, once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  orderId: z.string().min(1),
  taxId: z.string(),
  billingContact: CONTACT,
  adminContact: CONTACT,
  customerId: z.string().min(1).nullish(),
});

/** `order.dedupe`: the order → `{customerId, knownCustomers: [{value, label}]}`, as the options of a form. */
export const orderDedupe = sideEffect({
  type: 'order.dedupe',
  describes: {
    title: 'Look for the same customer',
    says: 'Gives the customer an id and looks for customers that look the same.',
    output: {
      customerId: 'the customer',
      knownCustomers: 'customers that look the same, as options of a form',
    },
  },
  input: INPUT,
  run: async (order, job, deps) => {
    const marks = await marksOf(order, deps.fingerprint);
    const request = { orderId: order.orderId };
    return once(deps, job, 'order.dedupe', request, async (tx) => {
      const customerId = order.customerId ?? newId(deps.now());
      const known = await findByMarks(tx, marks, customerId);
      const knownCustomers = known.map(({ customerId: value, because }) => ({
        value,
        label: `${value} (${because.join(', ')})`,
      }));
      return { customerId, knownCustomers };
    });
  },
});
