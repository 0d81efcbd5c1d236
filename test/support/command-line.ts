/** The command line as people run it: real processes on a data folder of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../worker/dev-server/port.js';

const CLI = resolve('cli/jornada.mjs');

/** How a command ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder to work in, and commands in it. */
export interface CommandLine {
  /** The working folder; `data` in it is the data folder. */
  readonly root: string;
  readonly data: string;
  readonly jornada: (...args: string[]) => Promise<Ran>;
  /** With `--json`, parsed; whatever the exit code. */
  readonly ask: (...args: string[]) => Promise<{ readonly code: number | null; json: never }>;
  /** Starts an engine and waits until it is ready. */
  readonly start: () => Promise<ChildProcess>;
  /** Kills every process that was started, as a crash does. */
  readonly kill: () => void;
  /** Address of the Temporal server that was started last. */
  readonly temporalAddress: () => string;
  /** Ends what was started, and removes the folder. */
  readonly discard: () => void;
}

/** Makes one without definitions. With `TEMPORAL_ADDRESS` in its environment it starts no Temporal of its own. */
export function openCommandLine(environment: Readonly<Record<string, string>> = {}): CommandLine {
  const root = mkdtempSync(join(tmpdir(), 'jornada-commands-'));
  const data = join(root, 'data');
  mkdirSync(join(root, 'definitions'));
  const children: ChildProcess[] = [];
  let port = 0;
  const launch = (args: readonly string[]) => {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, NO_COLOR: '1', JORNADA_DATA: data, ...environment };
    const child = spawn(process.execPath, [CLI, ...args], { cwd: root, env });
    children.push(child);
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      said.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said.err += chunk;
    });
    const ended = once(child, 'close').then(([code]): Ran => ({ code, ...said }));
    return { child, said, ended };
  };
  return {
    root,
    data,
    jornada: (...args) => launch(args).ended,
    ask: async (...args) => {
      const { code, out } = await launch([...args, '--json']).ended;
      return { code, json: JSON.parse(out) as never };
    },
    start: async () => {
      port = await freePort();
      const ownPort = 'TEMPORAL_ADDRESS' in environment ? [] : ['--port', String(port)];
      const engine = launch(['start', '--json', ...ownPort]);
      const ended = engine.ended.then(({ code, err }) => {
        throw new Error(`the engine ended with ${code}: ${err}`);
      });
      ended.catch(() => {});
      const ready = async (): Promise<void> => {
        while (!engine.said.out.includes('"ready":true')) {
          await new Promise((done) => setTimeout(done, 50));
        }
      };
      await Promise.race([ready(), ended]);
      return engine.child;
    },
    kill: () => {
      for (const child of children) child.kill('SIGKILL');
    },
    temporalAddress: () => `127.0.0.1:${port}`,
    discard: () => {
      for (const child of children) child.kill('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    },
  };
}
