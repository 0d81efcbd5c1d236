/** `ticket.assign`: of some agents the one with the fewest open tickets, and of these the one idle for longest. */
import * as z from 'zod';
import { type Load, loadOf } from '../store/tickets.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({ agents: z.array(z.string().min(1)) });

/** Whether one is to be taken before another; those who are alike stay in the order in which they were named. */
function before(one: Load, other: Load): number {
  if (one.open !== other.open) return one.open - other.open;
  return (one.lastAt ?? '') < (other.lastAt ?? '') ? -1 : 1;
}

/** `ticket.assign`: `{agents}` → `{assigneeId}`; null where there is nobody. */
export const ticketAssign = sideEffect({
  type: 'ticket.assign',
  describes: {
    title: 'Assign ticket',
    says: 'Takes the agent with the fewest open tickets.',
    output: { assigneeId: 'the agent; null: nobody' },
  },
  input: INPUT,
  run: async ({ agents }, job, deps) =>
    once(deps, job, 'ticket.assign', { agents }, async (tx) => {
      const [first] = [...(await loadOf(tx, agents))].sort(before);
      return { assigneeId: first?.agent ?? null };
    }),
});
