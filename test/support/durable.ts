/** A whole engine for tests: real server, real store on PostgreSQL; only keys and service tasks are fake. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkflowNotFoundError } from '@temporalio/common';
import { inject } from 'vitest';
import type { HostView } from '../../contracts/instance.js';
import type { ServiceTask } from '../../contracts/job.js';
import type { JournalEntry } from '../../engine/model/index.js';
import type { Store } from '../../store/index.js';
import {
  type Engine,
  type EngineOptions,
  type RunningEngine,
  startEngine,
} from '../../worker/index.js';
import { fixedKeys } from './fixed-keys.js';
import { openTestStore } from './store.js';

/** An engine that a test may stop, start again, and look into. */
export interface TestEngine {
  readonly engine: Engine;
  readonly client: RunningEngine['client'];
  readonly store: Store;
  readonly options: EngineOptions;
  /** Deploys one model; throws when it is refused. @returns its process id */
  readonly deploy: (processId: string, xml: string) => Promise<string>;
  /** Another engine on the same queue and store, e.g. after this one was stopped. */
  readonly again: (more?: Partial<EngineOptions>) => Promise<RunningEngine>;
  /** Waits until the instance is as `holds` says; fails with the last view after `withinMs`. */
  readonly until: (
    instanceId: string,
    holds: (view: HostView) => boolean,
    withinMs?: number,
  ) => Promise<HostView>;
  /** Waits until the store says that the instance has ended. @returns its state */
  readonly ended: (instanceId: string, withinMs?: number) => Promise<string>;
  readonly journal: (instanceId: string) => Promise<readonly JournalEntry[]>;
  readonly close: () => Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Time in which an instance that somebody was promised is there, also where many engines start at once. */
const STARTS_WITHIN_MS = 60_000;

let engines = 0;

/**
 * Starts an engine on a task queue of its own. Who waits for a message is found by its name and key alone, and all engines of
 * a test run have one server and one key: a file's keys of messages are its own, or what it publishes goes to another's engine.
 */
export async function startTestEngine(
  serve: Readonly<Record<string, ServiceTask>>,
  more: Partial<EngineOptions> = {},
): Promise<TestEngine> {
  engines += 1;
  const keyProvider = more.keyProvider ?? fixedKeys();
  const store = more.store ?? (await openTestStore(keyProvider));
  const services = new Map(Object.entries(serve));
  const options: EngineOptions = {
    address: inject('temporalAddress'),
    taskQueue: `test-${process.pid}-${Date.now()}-${engines}`,
    dataFolder: join(tmpdir(), 'jornada-test-bundles'),
    ...more,
    store,
    keyProvider,
    services,
  };
  const running = await startEngine(options);
  const { engine, client } = running;
  const until: TestEngine['until'] = async (instanceId, holds, withinMs = 20_000) => {
    // The clock of the machine may be set while a test waits.
    const begun = performance.now();
    for (;;) {
      const waited = performance.now() - begun;
      // One that a message starts may be on its way still.
      const view = await engine.view(instanceId).catch((error: unknown) => {
        if (error instanceof WorkflowNotFoundError && waited <= STARTS_WITHIN_MS) return null;
        throw error;
      });
      if (view !== null && holds(view)) return view;
      if (view !== null && waited > withinMs)
        throw new Error(`still ${JSON.stringify(view).slice(0, 2000)}`);
      await pause(50);
    }
  };
  const journal: TestEngine['journal'] = async (instanceId) => {
    const rows: JournalEntry[] = [];
    for (let after: string | null = null; ; ) {
      const page = await store.journal.search({ filter: { instanceId }, limit: 5000, after });
      for (const { instanceId: _, isErased: __, ...entry } of page.items) rows.push(entry);
      if (page.items.length < 5000) return rows;
      after = page.endCursor;
    }
  };
  return {
    engine,
    client,
    store,
    options,
    deploy: async (processId, xml) => {
      const report = await engine.deploy(processId, { 'process.bpmn': xml });
      if (!report.ok) throw new Error(JSON.stringify(report.findings));
      return processId;
    },
    again: (extra = {}) => startEngine({ ...options, ...extra }),
    until,
    ended: async (instanceId, withinMs = 20_000) => {
      const begun = performance.now();
      for (;;) {
        const found = await store.processInstances.get(instanceId);
        if (found?.endedAt) return found.state;
        if (performance.now() - begun > withinMs) {
          const view = await engine.view(instanceId).catch(String);
          throw new Error(`not ended: ${JSON.stringify(view).slice(0, 3000)}`);
        }
        await pause(50);
      }
    },
    journal,
    close: async () => {
      await running.close();
      if (!more.store) await store.close();
    },
  };
}
