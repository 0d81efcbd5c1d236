/** Runs one program as a child of a script: signals go on to it, its end comes back. No dependencies. */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a program in the repository's folder and resolves with its exit code (128 + n when signal n ended it).
 *
 * SIGTERM and SIGHUP are handed on. SIGINT only without a terminal: a terminal sends Ctrl-C to the child itself. The
 * script stays until the child has ended.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {(chunk: Buffer) => void} [onOutput] takes both outputs when `stdio` pipes them
 * @param {number} [nice] from 0 to 19: how far it gives way to others
 * @returns {Promise<number>}
 */
export function runChild(program, args, options, onOutput, nice = 0) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, ...options });
    if (onOutput) for (const stream of [child.stdout, child.stderr]) stream?.on('data', onOutput);
    if (nice > 0 && child.pid !== undefined) setPriority(child.pid, nice);
    const handOn = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, handOn);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const name of signals) process.off(name, handOn);
      resolve(code ?? 128 + (constants.signals[signal] ?? 1));
    });
  });
}

/** Writes one line of talk. */
export function talk(line) {
  process.stderr.write(`${line}\n`);
}

/** Seconds since an instant of `performance.now()`, as `1.2s`. */
export function since(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)}s`;
}
