/** `entitlement.create`: what the customer may ask for, by plan. */
import * as z from 'zod';
import { make, PLACE } from './provisioning/make.js';
import { sideEffect } from './side-effect.js';

const INPUT = PLACE.extend({ planId: z.string() });

/** `entitlement.create`: → `{entitlementIds}`. */
export const entitlementCreate = sideEffect({
  type: 'entitlement.create',
  describes: {
    title: 'Create entitlements',
    says: 'Notes what a customer may ask for, by plan.',
    output: { entitlementIds: 'the entitlements' },
  },
  input: INPUT,
  run: async ({ customerId, attempt, planId }, job, deps) => {
    const place = { kind: 'entitlement', customerId, attempt } as const;
    const detail = { planId, tier: 'standard' };
    const making = { ...place, count: 1, detail, isShared: false };
    return { entitlementIds: await make(deps, job, making) };
  },
});
