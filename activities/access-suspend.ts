/** `access.suspend`: suspends a customer's access for a debt. What is theirs can still be exported. */
import * as z from 'zod';
import { make } from './provisioning/make.js';
import { sideEffect } from './side-effect.js';

/** A suspension: whose, and the attempt by which it ends again. */
export const SUSPENSION = z.object({
  customerId: z.string().min(1),
  suspensionId: z.string().min(1),
});

/** `access.suspend`: `{customerId, suspensionId}` → `{}`. One that was ended before does not begin any more. */
export const accessSuspend = sideEffect({
  type: 'access.suspend',
  describes: {
    title: 'Suspend access',
    says: 'Suspends access for a debt; what is the customer’s can still be exported.',
    output: {},
  },
  input: SUSPENSION,
  run: async ({ customerId, suspensionId }, job, deps) => {
    await make(deps, job, {
      ...{ kind: 'suspension', customerId, attempt: suspensionId, count: 1, isShared: false },
      detail: { reason: 'debt', exportStays: true },
    });
    return {};
  },
});
