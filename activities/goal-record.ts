/** `goal.record`: writes goals into the record. One that has no id yet is given one; one that is known is changed. */
import * as z from 'zod';
import { isContext, type Json } from '../engine/model/index.js';
import { GOAL } from '../store/index.js';
import { newId } from './identifiers.js';
import { invalidJob, once, sideEffect } from './side-effect.js';

const GOAL_INPUT = z.object({
  goalId: z.string().min(1).nullish(),
  metric: z.string().min(1).max(200),
  unit: z.string().max(60).default(''),
  baseline: z.number().int().default(0),
  target: z.number().int(),
  dueDate: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  ownerId: z.string().min(1).nullish(),
});

const INPUT = z.object({
  customerId: z.string().min(1),
  goals: z.array(GOAL_INPUT).min(1).max(20),
  isConfirmed: z.boolean().default(false),
});

/** `goal.record`: `{customerId, goals, isConfirmed?}` → `{goals}`, each with its `goalId`. */
export const goalRecord = sideEffect({
  type: 'goal.record',
  describes: {
    title: 'Record goals',
    says: 'Writes goals into the record.',
    output: { goals: 'the goals with their ids' },
  },
  input: INPUT,
  run: async ({ customerId, goals, isConfirmed }, job, deps) => {
    const ids = await once(deps, job, 'goal.record', { customerId, isConfirmed }, async (tx) => {
      const table = deps.record.within(tx).table(GOAL);
      const found: string[] = [];
      for (const { goalId, ownerId = null, ...goal } of goals) {
        const known = goalId ? await table.get(goalId) : null;
        if (known && known.customerId !== customerId) throw ofAnother(customerId);
        const id = goalId ?? newId(deps.now());
        found.push(id);
        if (known) {
          await table.change([id], known.version, { ...goal, ownerId, isConfirmed });
          continue;
        }
        const blank = {
          state: 'open' as const,
          reachedBy: null,
          settledAt: null,
          evidenceId: null,
        };
        await table.add([{ ...goal, goalId: id, customerId, ownerId, isConfirmed, ...blank }]);
      }
      return found;
    });
    const given = Array.isArray(job.variables.goals) ? job.variables.goals : [];
    return {
      goals: given.map((goal: Json, index: number) => ({
        ...(isContext(goal) ? goal : {}),
        goalId: ids[index] ?? null,
      })),
    };
  },
});

/** Which customer it is of is nobody's business. */
const ofAnother = (customer: string): Error =>
  invalidJob('goal.record', `goals: one is not of customer '${customer}'`);
