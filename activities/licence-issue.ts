/** `licence.issue`: one licence a seat. A plan that nobody knows, or more seats than it has, fails provisioning. */
import * as z from 'zod';
import { findPlan } from '../store/registry/index.js';
import { make, PLACE, PROVISIONING_FAILED } from './provisioning/make.js';
import { bpmnError, sideEffect } from './side-effect.js';

const INPUT = PLACE.extend({ planId: z.string(), seats: z.number().int().min(1).max(5000) });

/** `licence.issue`: → `{licenceIds}`. Errors: `PROVISIONING_FAILED` (BPMN). */
export const licenceIssue = sideEffect({
  type: 'licence.issue',
  describes: {
    title: 'Issue licences',
    says: 'Issues one licence a seat.',
    output: { licenceIds: 'the licences' },
  },
  input: INPUT,
  run: async ({ customerId, attempt, planId, seats }, job, deps) => {
    const place = { kind: 'licence', customerId, attempt } as const;
    const licenceIds = await make(deps, job, {
      ...place,
      count: seats,
      detail: { planId },
      isShared: false,
      check: async (tx) => {
        const plan = await findPlan(tx, planId);
        if (!plan) throw bpmnError(PROVISIONING_FAILED, `There is no plan '${planId}'.`);
        if (seats <= plan.mostSeats) return;
        const message = `Plan '${planId}' has at most ${plan.mostSeats} seats, not ${seats}.`;
        throw bpmnError(PROVISIONING_FAILED, message);
      },
    });
    return { licenceIds };
  },
});
