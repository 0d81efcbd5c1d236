/** `tenant.create`: the customer's own space. A zone that nobody knows fails provisioning. */
import * as z from 'zod';
import { isZone } from '../contracts/time-text.js';
import { make, PLACE, PROVISIONING_FAILED } from './provisioning/make.js';
import { bpmnError, sideEffect } from './side-effect.js';

const INPUT = PLACE.extend({ tz: z.string(), locale: z.string() });

/** `tenant.create`: → `{tenantId}`. Errors: `PROVISIONING_FAILED` (BPMN). */
export const tenantCreate = sideEffect({
  type: 'tenant.create',
  describes: {
    title: 'Create tenant',
    says: 'Sets up the customer’s own space.',
    output: { tenantId: 'the tenant' },
  },
  input: INPUT,
  run: async ({ customerId, attempt, tz, locale }, job, deps) => {
    if (!isZone(tz)) throw bpmnError(PROVISIONING_FAILED, 'There is no such time zone.');
    const detail = { tz, locale };
    const place = { kind: 'tenant', customerId, attempt } as const;
    const [tenantId = ''] = await make(deps, job, { ...place, count: 1, detail, isShared: true });
    return { tenantId };
  },
});
