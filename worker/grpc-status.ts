/** What Temporal's gRPC errors mean for a request to an instance. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';

/** gRPC status RESOURCE_EXHAUSTED: too many requests to one instance. */
const RESOURCE_EXHAUSTED = 8;
/** gRPC status UNAVAILABLE: the server does not answer. */
const UNAVAILABLE = 14;
/** gRPC status FAILED_PRECONDITION: Temporal dropped the workflow task that took the Update, and the Update with it. */
const FAILED_PRECONDITION = 9;
const MOST_DROPS = 10;
const DROP_MS = 10;

/** Sends an Update again that was dropped: the instance was about to end when news came, and has heard nothing of it. */
export async function untilTaken<T>(send: () => Promise<T>): Promise<T> {
  for (let drops = 1; ; drops += 1) {
    try {
      return await send();
    } catch (error) {
      if (!hasGrpcStatus(error, FAILED_PRECONDITION) || drops === MOST_DROPS) throw error;
      await sleep(DROP_MS * drops);
    }
  }
}

/** The error behind the one of the client library. */
export const causeOf = (error: unknown): unknown =>
  error instanceof Error ? (error.cause ?? error) : error;

/** Too many ask one instance at once. */
export function isBusy(error: unknown): boolean {
  return hasGrpcStatus(error, RESOURCE_EXHAUSTED);
}

function hasGrpcStatus(error: unknown, status: number): boolean {
  const cause = causeOf(error);
  return isGrpcServiceError(cause) && cause.code === status;
}

/** No answer came in time, or the server does not answer at all. */
export function isLate(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = causeOf(error);
  return isGrpcDeadlineError(cause) || (isGrpcServiceError(cause) && cause.code === UNAVAILABLE);
}
