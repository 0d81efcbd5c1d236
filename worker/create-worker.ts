/** Makes the Temporal worker that runs workflows and activities of Jornada. Class: side effect. */
import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';

/** What a worker is made of. */
export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly identity: string;
  readonly taskQueue: string;
  readonly bundleCode: string;
  readonly activities: object;
  readonly dataConverter: DataConverter;
  /** Runs kept in memory, about 1 MB each; undefined lets the SDK choose. 0 keeps none: for tests. */
  readonly maxCachedWorkflows: number | undefined;
  /** Activities under way at a time; the SDK's choice when absent. */
  readonly maxActivities?: number;
  /** Time that a run waits for the worker that has it in memory, before any may take it; 5 s when undefined. */
  readonly stickyMs?: number | undefined;
}

/** A worker that is running. */
export interface RunningWorker {
  /** Lets activities under way end, within a limit, and stops. */
  readonly stop: () => Promise<void>;
}

/** Time that activities under way get when the worker stops, before they are told. */
const GRACE = '10 seconds';
/** Time after which it stops without them: Temporal gives them to another worker once their time-outs are over. */
const FORCE = '20 seconds';
/** Who asks an instance whose worker was killed waits so long: half of what a request waits for its answer. */
const STICKY_MS = 5_000;

/** Makes a worker and lets it run until it is stopped. `onFailed` hears of an end that nobody asked for. */
export async function runWorker(
  parts: WorkerParts,
  onFailed: (error: unknown) => void,
): Promise<RunningWorker> {
  const { connection, namespace, identity, taskQueue, activities, dataConverter } = parts;
  const { maxCachedWorkflows, maxActivities, stickyMs } = parts;
  const worker = await Worker.create({
    connection,
    namespace,
    identity,
    taskQueue,
    activities,
    dataConverter,
    workflowBundle: { code: parts.bundleCode },
    shutdownGraceTime: GRACE,
    shutdownForceTime: FORCE,
    ...(maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows }),
    ...(maxActivities === undefined ? {} : { maxConcurrentActivityTaskExecutions: maxActivities }),
    stickyQueueScheduleToStartTimeout: stickyMs ?? STICKY_MS,
  });
  let isStopping = false;
  const running = worker.run().catch((error: unknown) => {
    // An end that has to be forced is the one that was asked for; the SDK tells of it by more than one error.
    if (!isStopping) onFailed(error);
  });
  return {
    stop: async () => {
      isStopping = true;
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    },
  };
}
