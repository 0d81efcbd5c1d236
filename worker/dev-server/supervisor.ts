/**
 * Keeps one development server alive on its port and file until it is told to stop.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ServerArguments, spawnServer } from './child.js';
import type { DevServer, DevServerState } from './dev-server.js';
import type { Talk } from './environment.js';
import { failure } from './failure.js';

import { endProcess, identify } from './process-identity.js';
import { NAMESPACE, waitUntilReady } from './ready.js';

/** What the supervisor needs; the hooks keep lock and log in the hands of the caller. */
export interface SupervisorOptions {
  readonly server: ServerArguments;
  readonly logFile: string;
  readonly log: Talk;
  readonly onSpawn: (pid: number) => void;
  readonly onStopped: () => void;
}

/** The part of a development server that its supervisor answers for. */
export type Supervised = Pick<
  DevServer,
  'address' | 'namespace' | 'pid' | 'state' | 'untilReady' | 'stop' | 'kill'
>;

const READY_WITHIN_MS = 30_000;
const STOP_GRACE_MS = 10_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const STEADY_AFTER_MS = 60_000;

/** Milliseconds before the n-th restart in a row (n from 0): 0.5 s, doubled each time, at most 30 s. Class: pure. */
export function restartDelayMs(restarts: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** restarts, LONGEST_DELAY_MS);
}

/**
 * Starts the server, waits until it is ready and restarts it whenever it ends by itself.
 *
 * Errors: `TEMPORAL_NOT_READY` when the first start fails (nothing is left running). Class: side effect.
 */
export async function superviseServer(options: SupervisorOptions): Promise<Supervised> {
  const supervisor = new Supervisor(options);
  await supervisor.begin();
  return {
    address: supervisor.address,
    namespace: NAMESPACE,
    pid: () => supervisor.pid,
    state: () => supervisor.state,
    untilReady: () => supervisor.untilReady(),
    stop: () => supervisor.stop(),
    kill: () => supervisor.kill(),
  };
}

/** Holds what changes: the child that runs, the state, how often it was restarted in a row. */
class Supervisor {
  readonly address: string;
  state: DevServerState = 'restarting';
  private child: ChildProcess | null = null;
  private restarts = 0;
  private readonly halt = new AbortController();
  private stopping: Promise<void> | null = null;
  private waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];

  constructor(private readonly options: SupervisorOptions) {
    this.address = `127.0.0.1:${options.server.port}`;
  }

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  async begin(): Promise<void> {
    const problem = await this.startOrAgain().catch(async (error: unknown) => {
      await this.stop();
      throw error;
    });
    if (problem === null) return;
    await this.stop();
    throw this.notReady(problem);
  }

  /** A server that ends at once may have found one of its inner ports taken; it draws others the second time. */
  private async startOrAgain(): Promise<string | null> {
    const problem = await this.start();
    const hasEnded = this.child === null && !this.halt.signal.aborted;
    return problem !== null && hasEnded ? this.start() : problem;
  }

  untilReady(): Promise<void> {
    if (this.state === 'ready') return Promise.resolve();
    if (this.state === 'stopped') return Promise.reject(this.notReady('it was stopped'));
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  kill(): void {
    this.child?.kill('SIGKILL');
  }

  /** One start; null when ready, else what went wrong. */
  private async start(): Promise<string | null> {
    const child = spawnServer(this.options.server);
    this.child = child;
    const end = { cause: null as string | null };
    const startedAt = performance.now();
    child.once('error', (error) => {
      end.cause = error.message;
    });
    child.once('exit', (code, signal) => {
      end.cause = `the server ended (${signal ?? `exit code ${code}`})`;
      this.child = null;
      if (performance.now() - startedAt > STEADY_AFTER_MS) this.restarts = 0;
      if (this.state === 'ready') void this.restart(end.cause);
    });
    if (child.pid) this.options.onSpawn(child.pid);
    const problem = await waitUntilReady(this.address, READY_WITHIN_MS, () => end.cause);
    if (problem ?? end.cause) return problem ?? end.cause;
    if (this.halt.signal.aborted) return 'it was stopped';
    this.state = 'ready';
    for (const { resolve } of this.waiting.splice(0)) resolve();
    return null;
  }

  private async restart(cause: string): Promise<void> {
    this.state = 'restarting';
    let problem: string | null = cause;
    while (problem !== null && !this.halt.signal.aborted) {
      const delayMs = restartDelayMs(this.restarts);
      this.restarts += 1;
      this.options.log(`temporal: ${problem}; starting it again in ${delayMs / 1000} s`);
      await sleep(delayMs, null, { signal: this.halt.signal }).catch(() => null);
      if (this.halt.signal.aborted) return;
      problem = await this.start().catch((error: unknown) => String(error));
      if (problem !== null) await this.endChild();
    }
    if (!this.halt.signal.aborted) this.options.log(`temporal: ready again at ${this.address}`);
  }

  private async end(): Promise<void> {
    this.state = 'stopped';
    this.halt.abort();
    await this.endChild();
    for (const { reject } of this.waiting.splice(0)) reject(this.notReady('it was stopped'));
    this.options.onStopped();
  }

  private async endChild(): Promise<void> {
    const known = this.child?.pid ? identify(this.child.pid) : null;
    if (known) await endProcess(known, STOP_GRACE_MS);
  }

  private notReady(detail: string): Error {
    const seconds = READY_WITHIN_MS / 1000;
    return failure('TEMPORAL_NOT_READY', { seconds, detail, log: this.options.logFile });
  }
}
