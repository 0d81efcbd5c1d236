/** `interest.compute`: what paying late costs by the terms of the contract. It posts nothing: people decide what to ask for. */
import * as z from 'zod';
import { chargesOf, readLedger } from '../store/ledger/index.js';
import { ACCOUNT, DAY, todayOf } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const PCT = z.number().min(0).max(100);

const INPUT = ACCOUNT.extend({
  asOf: DAY.nullish(),
  terms: z.discriminatedUnion('form', [
    z.object({ form: z.literal('yearly'), annualPct: PCT }),
    z.object({ form: z.literal('monthly'), feePct: PCT, monthPct: PCT }),
  ]),
});

/** `interest.compute`: `{customerId, currency, asOf?, terms}` → `{interest: {minor, currency}, charges}`. */
export const interestCompute = sideEffect({
  type: 'interest.compute',
  describes: {
    title: 'Compute interest',
    says: 'Tells what paying late costs by the contract; posts nothing.',
    output: { interest: 'in all, money', charges: 'one entry an invoice' },
  },
  input: INPUT,
  run: async ({ customerId, currency, asOf, terms }, _job, deps) => {
    const day = asOf ?? (await todayOf(deps, customerId));
    const charges = chargesOf(await readLedger(deps.record, customerId), currency, day, terms);
    const minor = charges.reduce((sum, { chargeMinor }) => sum + chargeMinor, 0);
    return { interest: { minor, currency }, charges: charges.map((one) => ({ ...one })) };
  },
});
