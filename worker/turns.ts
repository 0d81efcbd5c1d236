/**
 * Who asks one instance takes turns. A Temporal worker that is given a workflow task while it still answers the one before loses
 * it with the Updates that came with it (`Trying to send a new WFT for a run which already has one`, SDK 1.24): where many ask at
 * once, on a busy machine, all of them were lost again and again, and nobody was answered.
 * Class: as the work.
 */

/** Requests under way to one instance: a few, so that one that is not answered holds up no other, such as one that helps it on. */
const AT_A_TIME = 4;

interface Queue {
  running: number;
  /** In the order in which they came. */
  readonly waiting: Set<() => void>;
}

/** Of the instances that are asked just now. */
const queues = new Map<string, Queue>();

/**
 * Does a piece of work when it is its turn.
 *
 * @param of - what is asked: those of others do not wait for it
 * @returns what came of it; null: its turn did not come within this time, in milliseconds, and nothing was done
 */
export async function inTurn<T>(
  of: string,
  withinMs: number,
  work: () => Promise<T>,
): Promise<T | null> {
  const queue = queues.get(of) ?? { running: 0, waiting: new Set() };
  queues.set(of, queue);
  if (queue.running < AT_A_TIME) queue.running += 1;
  else if (!(await turnIn(queue, withinMs))) return null;
  try {
    return await work();
  } finally {
    const [next] = queue.waiting;
    // Whoever waits takes the place over, so that nobody comes in between.
    if (next) next();
    else queue.running -= 1;
    if (queue.running === 0) queues.delete(of);
  }
}

/** Waits for a place. @returns whether it came in time */
function turnIn({ waiting }: Queue, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isTheirs: boolean): void => {
      clearTimeout(late);
      waiting.delete(begin);
      resolve(isTheirs);
    };
    const begin = (): void => settle(true);
    const late = setTimeout(settle, withinMs, false);
    waiting.add(begin);
  });
}
