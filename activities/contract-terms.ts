/**
 * `contract.terms`: reads what the end of a relation goes by, and claims the customer for the instance that ends it.
 * Prices stay in the record: what is told are days, ids and whether the customer is small.
 */
import * as z from 'zod';
import { addDays, dayIn } from '../contracts/days.js';
import { claimLeaving } from '../store/registry/index.js';
import { chainOf } from './contact/chain.js';
import { final } from './failures.js';
import { later, monthlyMinor, paidUntil, type Subscription } from './leaving/terms.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  /** Days between a notice and its effect. */
  noticeDays: z.number().int().min(0).max(3660),
  /** A customer that brings less a month, in minor units of each currency, is small. */
  smallMrrMinor: z.number().min(0),
  noticeAt: z.iso.datetime({ offset: true }),
});

/**
 * `contract.terms`: `{customerId, noticeDays, smallMrrMinor, noticeAt}` → `{terms: {contactId, locale, tz, today,
 * noticeEndsOn, paidUntil, health, isSmall, leavesAlready}}`; days are LocalDates where the customer is. Errors: `CUSTOMER_UNKNOWN`.
 */
export const contractTerms = sideEffect({
  type: 'contract.terms',
  describes: {
    title: 'Read terms',
    says: 'Reads what the end of a relation goes by, and claims the customer for this case.',
    output: { terms: 'days, contact, and whether the customer is small' },
  },
  input: INPUT,
  run: async ({ customerId, noticeDays, smallMrrMinor, noticeAt }, job, deps) => {
    const found = await deps.record.get(customerId);
    if (!found || found.customer.isErased) {
      throw final('CUSTOMER_UNKNOWN', { customer: customerId });
    }
    const { customer, contacts, subscriptions } = found;
    const { tz, locale, healthScore } = customer;
    const active = subscriptions.filter(
      (one): one is Subscription & typeof one => !one.isErased && one.state === 'active',
    );
    const today = dayIn(deps.now(), tz);
    const given = dayIn(Date.parse(noticeAt), tz);
    const noticeEndsOn = later(addDays(given, noticeDays), today);
    const ends = active.map((one) => paidUntil(one, noticeEndsOn));
    const holder = await once(deps, job, 'contract.terms', { customerId }, (tx) =>
      claimLeaving(tx, customerId, job.instanceId),
    );
    const monthly = new Map<string, number>();
    for (const one of active) {
      monthly.set(one.currency, (monthly.get(one.currency) ?? 0) + monthlyMinor(one));
    }
    return {
      terms: {
        contactId: chainOf(contacts)[0]?.contactId ?? null,
        locale,
        tz,
        today,
        noticeEndsOn,
        paidUntil: ends.length > 0 ? later(ends.reduce(later), today) : noticeEndsOn,
        health: healthScore,
        isSmall: [...monthly.values()].every((minor) => minor < smallMrrMinor),
        leavesAlready: holder !== job.instanceId,
      },
    };
  },
});
