/**
 * Asking a running instance what it holds, by an Update that is always refused: the refusal carries the answer and
 * leaves nothing in the history. A query would do harm: one that is answered while the result of a local activity waits
 * lets the SDK record that result one workflow task before the workflow sees it, and a replay then differs.
 * Class: side effect. Source: docs/decisions/0012-running-instances-are-looked-at-by-updates.md.
 */
import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { HostView } from '../contracts/instance.js';
import { LOOKS, QUERIES } from '../contracts/names.js';
import type { InstancePulse } from '../contracts/pulse.js';
import { untilTaken } from './grpc-status.js';

/** As long as a query would wait. */
const WITHIN_MS = 10_000;

/** What an instance tells of itself, by the name under which it is asked. */
interface Views {
  readonly [LOOKS.state]: HostView;
  readonly [LOOKS.pulse]: InstancePulse;
}

/** Asks an instance that runs. Rejects with `WorkflowNotFoundError` when none of that id runs. */
export async function lookAt<N extends keyof Views>(
  client: Client,
  workflowId: string,
  name: N,
): Promise<Views[N]> {
  try {
    await client.withDeadline(Date.now() + WITHIN_MS, () =>
      untilTaken(() => client.workflow.getHandle(workflowId).executeUpdate(name)),
    );
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : null;
    if (cause instanceof ApplicationFailure && cause.type === name) {
      return cause.details?.[0] as Views[N];
    }
    throw error;
  }
  throw new Error(`the Update ${name} of ${workflowId} was not refused`);
}

/** Whether a workflow of an id runs, has closed, or is not there: not yet, or not any more. An Update tells the last two alike. */
export async function runOf(
  client: Client,
  workflowId: string,
): Promise<'running' | 'closed' | 'absent'> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING' ? 'running' : 'closed';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'absent';
    throw error;
  }
}

/** What an instance holds, or held at its end: nothing waits any more when that is replayed. */
export async function viewOf(client: Client, workflowId: string): Promise<HostView> {
  try {
    return await lookAt(client, workflowId, LOOKS.state);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return client.workflow.getHandle(workflowId).query<HostView>(QUERIES.state);
  }
}
