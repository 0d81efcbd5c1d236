/**
 * What designers ask of a package, computed beside the event loop: a model that never comes to rest holds up nobody, and is
 * stopped. Two threads, so that judging as somebody types does not wait for all scenarios of somebody else.
 * Class: side effect (threads).
 */
import { Worker } from 'node:worker_threads';
import { fault } from '../engine/errors/index.js';
import type { Order, Reply } from './thread/main.js';
import type { TaskInput, TaskName, TaskOutput } from './thread/tasks.js';

export type { PackageChanges } from '../engine/diff/index.js';
export type { PlayView, Script } from '../engine/play/session/index.js';
export { ACT, SCRIPT } from '../engine/play/session/index.js';
export type { Edit, Fix } from './fixes/index.js';
export type { Coverage, ScenarioReport, ScenarioRun } from './scenarios.js';
export type {
  FixableFinding,
  TaskInput,
  TaskName,
  TaskOutput,
  Unplayable,
} from './thread/tasks.js';
export { namedPackages, type Workspace } from './workspace.js';

/** A task took too long and was stopped. Its code is `PLAY_TOO_LONG`. */
export class TooLong extends Error {
  override readonly name = 'TooLong';

  constructor(readonly seconds: number) {
    super(fault('PLAY_TOO_LONG', { seconds }).message);
  }
}

/** Carries tasks out. */
export interface Designer {
  /** Errors: `TooLong`; a fault of ours is thrown as it came. */
  readonly run: <N extends TaskName>(name: N, input: TaskInput<N>) => Promise<TaskOutput<N>>;
  readonly close: () => Promise<void>;
}

/** Seconds that a task may take, the start of the thread not counted. */
const SECONDS = {
  lint: 30,
  diff: 30,
  play: 10,
  scenarioText: 10,
  scenarios: 60,
} as const satisfies Record<TaskName, number>;
/** Which tasks share a thread: what people wait for at each key, and what they begin and wait for. */
const LANES = {
  lint: 0,
  diff: 0,
  play: 0,
  scenarioText: 0,
  scenarios: 1,
} as const satisfies Record<TaskName, number>;

/** Makes it; threads begin with the first task. */
export function createDesigner(seconds: Readonly<Record<TaskName, number>> = SECONDS): Designer {
  const lanes = [createLane(), createLane()];
  return {
    run: (name, input) => (lanes[LANES[name]] as Lane).run(name, input, seconds[name]) as never,
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

interface Lane {
  readonly run: (name: TaskName, input: unknown, seconds: number) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  readonly ready: Promise<void>;
}

/** One thread, and a queue before it: time counts from when a task begins. */
function createLane(): Lane {
  let thread: Thread | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  const end = async (): Promise<void> => {
    const ended = thread;
    thread = null;
    await ended?.worker.terminate();
  };
  const carryOut = async (name: TaskName, input: unknown, seconds: number): Promise<unknown> => {
    thread ??= begin();
    const { worker, ready } = thread;
    await ready.catch(async (error: unknown) => {
      await end();
      throw error;
    });
    count += 1;
    try {
      return await ask(worker, { id: count, name, input }, seconds);
    } catch (error) {
      // What it was at is not known any more: the next task has another thread.
      if (error instanceof TooLong || error instanceof Lost) await end();
      throw error;
    }
  };
  return {
    run: (name, input, seconds) => {
      const done = last.then(() => carryOut(name, input, seconds));
      last = done.catch(() => {});
      return done;
    },
    close: end,
  };
}

/** The thread ended, by want of memory for one. */
class Lost extends Error {
  override readonly name = 'Lost';
}

const MOST_MEMORY_MB = 512;

function begin(): Thread {
  const worker = new Worker(new URL('./thread/thread.mjs', import.meta.url), {
    execArgv: [],
    name: 'designer',
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  // It keeps nobody from ending.
  worker.unref();
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(new Lost('the thread ended before it began')));
  });
  worker.on('error', () => {});
  return { worker, ready };
}

function ask(worker: Worker, order: Order, seconds: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      worker.off('message', hear);
      worker.off('exit', lose);
      act();
    };
    const hear = (reply: Reply): void => {
      if (reply.id !== order.id) return;
      settle(() => ('error' in reply ? reject(new Error(reply.error)) : resolve(reply.output)));
    };
    const lose = (): void => settle(() => reject(new Lost('the thread ended')));
    const timer = setTimeout(() => settle(() => reject(new TooLong(seconds))), seconds * 1000);
    worker.on('message', hear);
    worker.on('exit', lose);
    worker.postMessage(order);
  });
}
