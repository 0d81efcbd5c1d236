/** What a long job tells Temporal, and what it may know of its attempts. Class: side effect. */
import { activityInfo, Context, heartbeat } from '@temporalio/activity';

/** Says that the job goes on; throws when it was cancelled. Outside an activity it does nothing. */
export function beat(): void {
  const info = infoNow();
  if (info === null) return;
  Context.current().cancellationSignal.throwIfAborted();
  if (info.heartbeatTimeoutMs) heartbeat();
}

/** Whether a failure of this attempt ends the job. Outside an activity each attempt is the last. */
export function isLastAttempt(): boolean {
  const info = infoNow();
  if (info === null) return true;
  const most = info.retryPolicy?.maximumAttempts ?? 0;
  return most > 0 && info.attempt >= most;
}

function infoNow() {
  try {
    return activityInfo();
  } catch {
    return null;
  }
}
