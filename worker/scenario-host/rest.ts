/**
 * Whether the workflows of a run are at rest: all are asked twice, and none had anything to do nor did anything in
 * between. What one sends another stays its own until it has arrived, so that nothing can hide between the two.
 * Class: side effect (queries). Source: F. Mattern, "Algorithms for distributed termination detection", 1987.
 */
import { type Client, QueryRejectedError, WorkflowNotFoundError } from '@temporalio/client';
import { QUERIES } from '../../contracts/names.js';
import type { CorrelatorPulse, InstancePulse } from '../../contracts/pulse.js';

/** What a workflow says of itself; `closed` and `absent` ones say nothing for good or yet. */
export type Pulse<P> = P | 'closed' | 'absent' | 'busy';

/** Asks one workflow. A client that rejects queries to closed workflows asks. */
export async function pulseOf<P extends InstancePulse | CorrelatorPulse>(
  client: Client,
  workflowId: string,
): Promise<Pulse<P>> {
  try {
    return await client.workflow.getHandle(workflowId).query<P>(QUERIES.pulse);
  } catch (error) {
    if (error instanceof QueryRejectedError) return 'closed';
    if (error instanceof WorkflowNotFoundError) return 'absent';
    // Its first task is not done, or many ask at once.
    return 'busy';
  }
}

/** Whether two rounds of pulses are the same. */
export function isSame(
  one: ReadonlyMap<string, Pulse<{ readonly turns: number }>>,
  other: ReadonlyMap<string, Pulse<{ readonly turns: number }>>,
): boolean {
  if (one.size !== other.size) return false;
  for (const [id, pulse] of one) {
    const again = other.get(id);
    if (turnsIn(pulse) !== turnsIn(again)) return false;
  }
  return true;
}

function turnsIn(pulse: Pulse<{ readonly turns: number }> | undefined): number | string {
  return typeof pulse === 'object' ? pulse.turns : String(pulse);
}
