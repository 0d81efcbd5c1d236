/** Processes of the crash test: scripts of this folder that say a first line, and are killed without a word. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runScript } from '../script.js';

/** A process and its first line. */
export interface Child {
  readonly process: ChildProcess;
  /** Rejects when it ends before it says anything. */
  readonly firstLine: Promise<string>;
  /** Kills it, and waits until it is gone. */
  readonly kill: () => Promise<void>;
}

/** Starts a script of this folder. */
export function startChild(script: string, args: readonly string[]): Child {
  const path = fileURLToPath(new URL(`./${script}`, import.meta.url));
  const child = spawn(process.execPath, runScript(path, ...args), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const firstLine = new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve(said.slice(0, said.indexOf('\n')));
    });
    void gone.then(() => reject(new Error(`${script} ended before it said anything`)));
  });
  firstLine.catch(() => {});
  return {
    process: child,
    firstLine,
    kill: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
}
