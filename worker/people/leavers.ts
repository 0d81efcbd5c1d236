/**
 * Whoever is disabled holds no task: what they have goes back to its candidates, and so does what they delegated. It is looked
 * for as soon as somebody is disabled, and again now and then: an instance that is suspended gives nothing away.
 * Class: side effect.
 */
import type { Store, UserTaskRow } from '../../store/index.js';
import type { Engine } from '../index.js';

/** What it leans on. */
export interface LeaverParts {
  readonly store: Pick<Store, 'userTasks' | 'audit'>;
  readonly engine: Pick<Engine, 'assignTask'>;
  readonly now: () => number;
  /** Hears of faults; what is left is looked for again. */
  readonly trouble: (error: unknown) => void;
}

/** Sees to it. */
export interface LeaverCare {
  /** Somebody was disabled. */
  readonly look: () => void;
  /** Waits for what is under way. */
  readonly close: () => Promise<void>;
}

const EVERY_MS = 60_000;
const HOUR_MS = 3_600_000;
const PAGE = 100;

/** Begins. */
export function careForLeavers(parts: LeaverParts): LeaverCare {
  let running: Promise<void> = Promise.resolve();
  let isDue = false;
  let hasEnded = false;
  const work = async (): Promise<void> => {
    while (isDue && !hasEnded) {
      isDue = false;
      await freeAll(parts, () => hasEnded);
    }
  };
  const look = (): void => {
    if (isDue || hasEnded) return;
    isDue = true;
    running = running.then(work).catch(parts.trouble);
  };
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  look();
  return {
    look,
    close: async () => {
      hasEnded = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Frees page after page; a task that cannot be freed now is passed over. */
async function freeAll(parts: LeaverParts, isOver: () => boolean): Promise<void> {
  const { userTasks } = parts.store;
  for (let after: UserTaskRow | null = null; ; ) {
    const tasks: readonly UserTaskRow[] = await userTasks.ofDisabled(PAGE, after);
    for (const task of tasks) {
      if (isOver()) return;
      await free(parts, task);
    }
    after = tasks.at(-1) ?? null;
    if (tasks.length < PAGE) return;
  }
}

async function free({ store, engine, now }: LeaverParts, task: UserTaskRow): Promise<void> {
  const { instanceId, taskId, assignee, owner, version } = task;
  // A refusal is remembered under its id: an hour later it is asked anew, and not more often, for each is in the journal.
  const hour = Math.floor(now() / HOUR_MS);
  const requestId = `leaver ${instanceId} ${taskId} ${version} ${hour}`;
  const given = { instanceId, taskId, assignee: null, mayReassign: true, ifVersion: version };
  const { ok } = await engine.assignTask({ ...given, requestId, actor: null });
  if (!ok) return;
  const people = [assignee, owner].filter((name) => name !== null).join(', ');
  await store.audit.append({
    ...{ at: new Date(now()).toISOString(), actor: null, action: 'assignTask' },
    ...{ object: `task:${instanceId}/${taskId}`, outcome: 'done', code: null, requestId },
    ...{ reason: `it was with ${people}, of whom somebody was disabled`, data: { assignee: null } },
  });
}
