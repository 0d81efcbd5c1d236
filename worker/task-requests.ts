/**
 * A task stands in the store a moment before its instance knows it: a decision that was taken early is written before Temporal
 * has recorded the result of its job. Who was quick enough to ask within that moment asks again, under an id that is made
 * of the request's own: an instance remembers what it answered. Its first refusal may replace what the early decision wrote,
 * so the task may be gone from the store until its job has been made again: what stood there when it was asked is waited for.
 * Class: side effect.
 * Source: docs/decisions/0010-decisions-are-taken-early.md.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { neverOpened } from '../engine/step/index.js';
import type { Store, UserTaskRow } from '../store/index.js';
import type { EngineAnswer } from './instances.js';
import { pendingFault } from './pending.js';

/** A request about one task. */
interface TaskRequest {
  readonly instanceId: string;
  readonly taskId: string;
  readonly requestId: string | null;
}

/** How a task stands in the store. */
type Standing = Pick<UserTaskRow, 'state'>;

/** How often it is asked at most; the pauses make ten seconds, for on a busy machine the moment is long. */
const MOST = 16;
const PAUSE_MS = { first: 20, most: 1_000 };

/**
 * Sends a request, again while the instance does not know a task that the store has, or had when it was asked. Where the
 * task has ended meanwhile it asks under the later ids too: one of them may have ended it.
 *
 * @param seen - the task as whoever asks has just read it; null: it is read here
 */
export async function untilKnown<R extends TaskRequest>(
  { userTasks }: Pick<Store, 'userTasks'>,
  request: R,
  send: (request: R) => Promise<EngineAnswer>,
  seen: Standing | null = null,
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<EngineAnswer> {
  const { requestId, instanceId, taskId } = request;
  const find = () => userTasks.get(instanceId, taskId).catch(() => null);
  const before = seen ?? find();
  for (let times = 1; ; times += 1) {
    const isFirst = times === 1 || requestId === null;
    const answer = await send(
      isFirst ? request : { ...request, requestId: `${requestId} ${times}` },
    );
    if (answer.message !== neverOpened(taskId).message) return answer;
    const task = (await find()) ?? (await before);
    if (task === null) return answer;
    const isOpen = task.state === 'CREATED';
    if (!isOpen && requestId === null) return answer;
    if (times === MOST)
      return isOpen ? { ...answer, ...pendingFault('user task', taskId) } : answer;
    if (isOpen) await wait(Math.min(PAUSE_MS.first * 2 ** (times - 1), PAUSE_MS.most));
  }
}
