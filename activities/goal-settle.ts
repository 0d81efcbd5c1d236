/** `goal.settle`: what became of a goal. One that is settled stays as it is. */
import * as z from 'zod';
import { GOAL } from '../store/index.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  goalId: z.string().min(1),
  state: z.enum(['reached', 'missed', 'stopped']),
  reachedBy: z.enum(['event', 'confirmation']).nullish(),
  evidenceId: z.string().nullish(),
});

/** `goal.settle`: → `{state, settledAt, daysTaken}`: days from the day on which it was agreed on. */
export const goalSettle = sideEffect({
  type: 'goal.settle',
  describes: {
    title: 'Settle goal',
    says: 'Notes what became of a goal.',
    output: { state: 'how it stands', settledAt: 'since when', daysTaken: 'days that it took' },
  },
  input: INPUT,
  run: ({ goalId, state, reachedBy = null, evidenceId = null }, job, deps) =>
    once(deps, job, 'goal.settle', { goalId, state }, async (tx) => {
      const table = deps.record.within(tx).table(GOAL);
      const found = await table.get(goalId);
      const settledAt = new Date(deps.now()).toISOString();
      const days = (until: string) =>
        found ? Math.floor((Date.parse(until) - Date.parse(found.createdAt)) / DAY_MS) : 0;
      if (!found || found.isErased) return { state, settledAt, daysTaken: 0 };
      if (found.state !== 'open') {
        const at = found.settledAt ?? settledAt;
        return { state: found.state, settledAt: at, daysTaken: days(at) };
      }
      await table.change([goalId], found.version, { state, reachedBy, evidenceId, settledAt });
      return { state, settledAt, daysTaken: days(settledAt) };
    }),
});

const DAY_MS = 86_400_000;
