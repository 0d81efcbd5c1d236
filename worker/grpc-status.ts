/** What Temporal's gRPC errors mean for a request to an instance. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

/** gRPC status RESOURCE_EXHAUSTED: too many requests to one instance. */
const RESOURCE_EXHAUSTED = 8;
/** gRPC status UNAVAILABLE: the server does not answer. */
const UNAVAILABLE = 14;
/** gRPC status FAILED_PRECONDITION: Temporal dropped the workflow task that took the Update, and the Update with it. */
const FAILED_PRECONDITION = 9;
const MOST_DROPS = 10;
const DROP_MS = 10;
/** How often one is sent that no worker has looked at: the pauses make some seven seconds. */
const MOST_UNSEEN = 32;
const UNSEEN_MS = 250;

/**
 * Sends an Update again that the instance has heard nothing of: Temporal dropped it with its workflow task, for the instance
 * was about to end when news came; or a worker answered the task without a look at it, as happens where many come at once.
 */
export async function untilTaken<T>(
  send: () => Promise<T>,
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<T> {
  for (let drops = 1; ; drops += 1) {
    try {
      return await send();
    } catch (error) {
      const most = isUnseen(error)
        ? MOST_UNSEEN
        : hasGrpcStatus(error, FAILED_PRECONDITION)
          ? MOST_DROPS
          : 0;
      if (drops >= most) throw error;
      await wait(Math.min(DROP_MS * drops, UNSEEN_MS));
    }
  }
}

/** What the server itself says of an Update that a worker left unanswered. Source: Temporal server, `workflow/update`. */
const UNSEEN = 'UnprocessedUpdate';

/** Whether no worker has looked at an Update: that is no word of the instance. */
export function isUnseen(error: unknown): boolean {
  if (!(error instanceof WorkflowUpdateFailedError)) return false;
  return error.cause instanceof ApplicationFailure && error.cause.type === UNSEEN;
}

/** The error behind the one of the client library. */
export const causeOf = (error: unknown): unknown =>
  error instanceof Error ? (error.cause ?? error) : error;

/** Too many ask one instance at once. */
export function isBusy(error: unknown): boolean {
  return hasGrpcStatus(error, RESOURCE_EXHAUSTED) || isUnseen(error);
}

function hasGrpcStatus(error: unknown, status: number): boolean {
  const cause = causeOf(error);
  return isGrpcServiceError(cause) && cause.code === status;
}

/** The server has no answer just now: what is said so before the time of a request is over may be sent again. */
export function isPassing(error: unknown): boolean {
  return hasGrpcStatus(error, UNAVAILABLE) || isGrpcDeadlineError(causeOf(error));
}

/** No answer came in time, or the server does not answer at all. */
export function isLate(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = causeOf(error);
  return isGrpcDeadlineError(cause) || (isGrpcServiceError(cause) && cause.code === UNAVAILABLE);
}
