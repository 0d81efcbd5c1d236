/** A worker in a process of its own, that may be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runScript } from './script.js';

const SCRIPT = fileURLToPath(new URL('./durable-worker.ts', import.meta.url));

/** Where it works. */
export interface WorkerPlace {
  readonly temporalAddress: string;
  readonly taskQueue: string;
  readonly databaseUrl: string;
  /** Kind of entry of the journal after which it kills itself; empty: none. */
  readonly last?: string;
}

/** Starts one and waits until it is ready. */
export async function spawnWorker(place: WorkerPlace): Promise<ChildProcess> {
  const { temporalAddress, taskQueue, databaseUrl, last = '' } = place;
  const bundles = join(tmpdir(), 'jornada-test-bundles');
  const args = [temporalAddress, taskQueue, databaseUrl, bundles, 'no gate', last];
  const child = spawn(process.execPath, runScript(SCRIPT, ...args), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) resolve();
    });
  });
  return child;
}
