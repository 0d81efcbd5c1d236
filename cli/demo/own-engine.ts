/**
 * An engine of the demonstration's own, where none runs: in a folder for the time being, with nothing of what the
 * environment says of databases, keys or mail servers, so that it reaches nobody. Class: side effect.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../worker/dev-server/port.js';
import { VARIABLES } from '../../worker/start/environment.js';
import type { Environment } from '../environment.js';
import { CommandFailure, EXIT } from '../failure.js';

/** A running engine. */
export interface OwnEngine {
  readonly folder: string;
  /** Ends it; its data stay where somebody is to look at them. A second call does nothing. */
  readonly close: (data: 'keep' | 'remove') => Promise<void>;
}

/** A line of `jornada start --json`. */
interface Told {
  readonly stage?: string;
  readonly ready?: boolean;
  readonly error?: ConstructorParameters<typeof CommandFailure>[0];
}

const place = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Starts it, and waits until it answers. Errors: those of `jornada start`. */
export async function startOwnEngine(
  environment: Environment,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<OwnEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-demo-'));
  // The port that engines take by themselves may be another's in the next moment.
  const port = String(await freePort());
  const child = spawn(
    process.execPath,
    [
      ...[place('cli/jornada.mjs'), 'start', '--json', '--no-demo', '--port', port],
      ...['--data', join(folder, 'data'), '--definitions', place('definitions')],
    ],
    {
      env: withoutOurs(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C reaches this command, which ends the engine in order.
      detached: true,
    },
  );
  const said: string[] = [];
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  let isClosed = false;
  const close: OwnEngine['close'] = async (data) => {
    if (isClosed) return;
    isClosed = true;
    await ended(child);
    if (data === 'remove') rmSync(folder, { recursive: true, force: true });
  };
  try {
    for await (const line of createInterface({ input: child.stdout, signal })) {
      const stage = JSON.parse(line) as Told;
      if (stage.error) throw new CommandFailure(stage.error, EXIT.unreachable);
      if (stage.stage) progress(`starting an engine: ${stage.stage} …`);
      if (!stage.ready) continue;
      child.stdout.resume();
      return { folder: join(folder, 'data'), close };
    }
    signal.throwIfAborted();
    throw new Error(`the engine ended before it was ready: ${said.join('').trim()}`);
  } catch (error) {
    await close('remove');
    throw error;
  }
}

/** Longest that an engine takes to end in order. */
const END_MS = 30_000;

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await exit;
  clearTimeout(late);
}

function withoutOurs(environment: Environment): Environment {
  const ours = new Set(VARIABLES.map(({ name }) => name));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ours.has(name)));
}
