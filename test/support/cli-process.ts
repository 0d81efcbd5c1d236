/** The command line as people run it: a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** How a command ended, and what it wrote. */
export interface Ran {
  readonly code: number;
  readonly lines: readonly string[];
  readonly err: string;
}

/** Runs `jornada` with these arguments against the engine of a data folder. */
export async function runCli(folder: string, args: readonly string[]): Promise<Ran> {
  const given = [resolve('cli/jornada.mjs'), ...args, '--data', folder];
  const child = spawn(process.execPath, given, { env: { ...process.env, NO_COLOR: '1' } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, lines: out.trimEnd().split('\n'), err };
}
