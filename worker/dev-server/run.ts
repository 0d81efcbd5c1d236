import { spawn } from 'node:child_process';
import type { Environment, Talk } from './environment.js';

/** What a finished program left behind: exit code (null when it could not start or was ended) and its output. */
export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs a program to its end; its output and errors are one text of at most 64 Ki characters (the last ones).
 *
 * A program that cannot start gives `code: null` with the reason as output; one over time is killed.
 * Class: side effect.
 */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly env: Environment; readonly timeoutMs: number; readonly onLine?: Talk },
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    // The time-out of `spawn` itself would keep us alive when the program is not there.
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs);
    const finish = (finished: Finished): void => {
      clearTimeout(timer);
      resolve(finished);
    };
    let output = '';
    const take = (chunk: Buffer): void => {
      const text = chunk.toString('utf8');
      output = (output + text).slice(-65_536);
      for (const line of text.split('\n')) if (line.trim()) options.onLine?.(line.trim());
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => finish({ code: null, output: error.message }));
    child.on('close', (code) => finish({ code, output }));
  });
}
