/** Reaches running instances: their Updates and starts, with Temporal's errors as codes. Class: side effect. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type {
  InstanceAnswer,
  InstanceRequest,
  InstanceStart,
  StartedAnswer,
} from '../contracts/instance.js';
import { UPDATES, WORKFLOWS } from '../contracts/names.js';
import { type ErrorCode, explain, type Facts, fault } from '../engine/errors/index.js';
import type { Answer } from '../engine/model/index.js';
import { hasEnded } from '../engine/step/index.js';
import { isBusy, isLate, isPassing, untilTaken } from './grpc-status.js';
import { runOf, viewOf } from './look.js';
import { inTurn } from './turns.js';

/** An answer, or a refusal by whom the request did not reach: then nothing of the instance is known. */
export type EngineAnswer = InstanceAnswer | UnreachedAnswer;

/** A refusal that the instance itself did not give. */
export interface UnreachedAnswer extends Answer {
  readonly ok: boolean;
  readonly instanceId: string;
  readonly status: null;
}

/** Which instance is asked, and how long its answer is waited for. */
interface Place {
  readonly workflowId: string;
  readonly instanceId: string;
  readonly withinMs: number;
}

/** Open requests that Temporal lets one instance have. */
const MOST_OPEN = 10;

/** Sends an Update and waits for its answer at most `withinMs`. A repeated `updateId` is harmless. */
export async function updateInstance(
  client: Client,
  place: Place,
  update: string,
  args: unknown[],
  updateId: string | null,
): Promise<EngineAnswer> {
  const handle = client.workflow.getHandle(place.workflowId);
  // One id for all that is sent again: Temporal may have taken the Update whose answer was lost.
  const options = { args: args as [unknown], updateId: updateId ?? randomUUID() };
  return untilAnswered(client, place, () =>
    untilTaken(() => handle.executeUpdate<InstanceAnswer, [unknown]>(update, options)),
  );
}

/**
 * Starts an instance and waits for the answer to its first event. Starting it again answers where it stands now, and what
 * it was started with; once it has ended, only that it was started.
 */
export async function startInstance(
  client: Client,
  place: Place,
  taskQueue: string,
  argument: InstanceStart,
): Promise<StartedAnswer | UnreachedAnswer> {
  const { workflowId } = place;
  const send = (): Promise<StartedAnswer> =>
    client.workflow.executeUpdateWithStart<never, StartedAnswer, []>(UPDATES.started, {
      startWorkflowOperation: new WithStartWorkflowOperation(WORKFLOWS.instance, {
        workflowId,
        taskQueue,
        args: [argument],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      }) as never,
    });
  return untilAnswered(client, place, () =>
    untilTaken(send).catch((error: unknown) => {
      if (isAlreadyStarted(error)) return wasStarted(place.instanceId);
      throw error;
    }),
  );
}

/** Starts an instance and waits for nothing. */
export async function startInstanceOnly(
  client: Client,
  workflowId: string,
  taskQueue: string,
  argument: InstanceStart,
): Promise<void> {
  try {
    await client.workflow.start(WORKFLOWS.instance, {
      workflowId,
      taskQueue,
      args: [argument],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
  } catch (error) {
    if (!isAlreadyStarted(error)) throw error;
  }
}

/**
 * Whether an instance goes on, has ended, or is not there: not yet, or not any more. One that has ended may run on until
 * its journal is stored; who would hear of its end has been told by then.
 */
export async function standingOf(
  client: Client,
  workflowId: string,
): Promise<'active' | 'ended' | 'absent'> {
  const found = await runOf(client, workflowId);
  if (found !== 'running') return found === 'closed' ? 'ended' : 'absent';
  try {
    const { state } = await viewOf(client, workflowId);
    return state !== null && hasEnded(state) ? 'ended' : 'active';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'absent';
    throw error;
  }
}

/** Codes of a delivery that found nobody to take it. */
const GONE: readonly (string | null)[] = ['INSTANCE_CLOSED', 'INSTANCE_UNKNOWN'];

/** Hands a message or signal to an instance; null: no such instance runs. Rejects when nobody answers in time. */
export async function deliverTo(
  client: Client,
  place: { readonly workflowId: string; readonly withinMs: number },
  request: InstanceRequest,
  updateId: string,
): Promise<InstanceAnswer | null> {
  const instanceId = place.workflowId.split('.')[2] ?? '';
  const to = { ...place, instanceId };
  const answer = await updateInstance(client, to, UPDATES.deliver, [request], updateId);
  if (GONE.includes(answer.code)) return null;
  if (answer.code === 'WORKER_UNAVAILABLE') throw new Error(answer.message);
  return answer as InstanceAnswer;
}

const isAlreadyStarted = (error: unknown): boolean =>
  error instanceof WorkflowExecutionAlreadyStartedError ||
  (error instanceof Error && error.cause instanceof WorkflowExecutionAlreadyStartedError);

/** It ran and has ended since: the start itself succeeded. */
function wasStarted(instanceId: string): UnreachedAnswer {
  return { ok: true, code: null, message: '', waitingAt: [], instanceId, status: null };
}

/** Between two attempts to reach an instance within the time that a request has. */
const AGAIN_MS = 250;

/** Sends when it is the turn of this request. */
async function untilAnswered<A>(
  client: Client,
  place: Place,
  send: () => Promise<A>,
): Promise<A | UnreachedAnswer> {
  const deadline = Date.now() + place.withinMs;
  const answer = await inTurn(place.workflowId, place.withinMs, () =>
    answerBefore(deadline, client, place, send),
  );
  return answer ?? refuse(place.instanceId, 'INSTANCE_BUSY', { limit: MOST_OPEN });
}

/**
 * Sends again while the instance was not there when it was asked, and is now: it was just about to begin; and while there is
 * time, where Temporal gave up before: it aborts Updates whose workflow task it lost, as happens where many come at once.
 */
async function answerBefore<A>(
  deadline: number,
  client: Client,
  place: Place,
  send: () => Promise<A>,
): Promise<A | UnreachedAnswer> {
  for (;;) {
    try {
      return await client.withDeadline(deadline, send);
    } catch (error) {
      if (isPassing(error) && Date.now() + AGAIN_MS < deadline) {
        await sleep(AGAIN_MS);
        continue;
      }
      const refusal = await refusalOf(client, place, error);
      if (refusal !== 'began') return refusal;
    }
  }
}

/** @returns the refusal; `began`: the instance runs, and did not yet when it was asked */
async function refusalOf(
  client: Client,
  { workflowId, instanceId }: { readonly workflowId: string; readonly instanceId: string },
  error: unknown,
): Promise<UnreachedAnswer | 'began'> {
  if (isBusy(error)) return refuse(instanceId, 'INSTANCE_BUSY', { limit: MOST_OPEN });
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { type, message } = error.cause;
    return unreached(instanceId, { code: type ?? 'REQUEST_INVALID', message });
  }
  if (error instanceof WorkflowNotFoundError) {
    const found = await runOf(client, workflowId);
    if (found === 'running') return 'began';
    const code = found === 'closed' ? 'INSTANCE_CLOSED' : 'INSTANCE_UNKNOWN';
    return unreached(instanceId, fault(code, { instance: instanceId }));
  }
  if (isLate(error)) return refuse(instanceId, 'WORKER_UNAVAILABLE', {});
  throw error;
}

function refuse<C extends ErrorCode>(
  instanceId: string,
  code: C,
  facts: Facts<C>,
): UnreachedAnswer {
  return unreached(instanceId, { code, message: explain(code, facts) });
}

/** A refusal in the shape of an answer. Class: pure. */
export function unreached(
  instanceId: string,
  { code, message }: { readonly code: string; readonly message: string },
): UnreachedAnswer {
  return { ok: false, code, message, waitingAt: [], instanceId, status: null };
}
