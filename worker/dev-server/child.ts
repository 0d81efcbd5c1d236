/**
 * One run of the development server as a child process, and the watchdog that outlives us.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Environment } from './environment.js';
import { NAMESPACE } from './ready.js';
import { databaseFile } from './stamp.js';

/** Search attributes of every instance, all of type Keyword. Source: docs of the host, search attributes. */
export const SEARCH_ATTRIBUTES = [
  'customerKeyId',
  'definitionKey',
  'definitionVersion',
  'instanceState',
  'rootInstanceId',
] as const;

/**
 * Left alone, a server lets each timer that is due within a second wait for the end of that second: room for clocks of
 * several hosts that differ. Here is one.
 */
export const TIMER_SHIFT = 'history.timerProcessorMaxTimeShift="10ms"';

/** What a server is started with. */
export interface ServerArguments {
  readonly binary: string;
  readonly port: number;
  /** Folder of the database file; null keeps everything in memory. */
  readonly folder: string | null;
  /** Write-ahead log: faster, not yet proven under power loss. */
  readonly wal: boolean;
  readonly env: Environment;
  /** Open file descriptor that takes the server's output. */
  readonly logDescriptor: number;
}

/** Command line arguments of the server. Class: pure. */
export function argumentsOf(options: Omit<ServerArguments, 'env' | 'logDescriptor'>): string[] {
  const { port, folder, wal } = options;
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)];
  args.push('--headless', '--log-level', 'error', '--namespace', NAMESPACE);
  args.push('--dynamic-config-value', TIMER_SHIFT);
  for (const name of SEARCH_ATTRIBUTES) args.push('--search-attribute', `${name}=Keyword`);
  if (folder) args.push('--db-filename', databaseFile(folder));
  if (wal)
    args.push('--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal');
  return args;
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C reaches us first and the server ends last.
 *
 * Class: side effect.
 */
export function spawnServer(options: ServerArguments): ChildProcess {
  const child = spawn(options.binary, argumentsOf(options), {
    env: { ...options.env },
    stdio: ['ignore', options.logDescriptor, options.logDescriptor],
    detached: true,
    windowsHide: true,
  });
  if (child.pid && process.platform !== 'win32') watch(child, child.pid);
  return child;
}

/** Ends the server ($1) when standard input closes, which the system does for us even on SIGKILL. */
const WATCHDOG = `read -r _
kill -TERM "$1" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" 2>/dev/null || exit 0; sleep 1; done
kill -KILL "$1" 2>/dev/null`;

/** The watchdog is ended as soon as its server is gone, so it never signals a pid that was given anew. */
function watch(server: ChildProcess, pid: number): void {
  const watchdog = spawn('/bin/sh', ['-c', WATCHDOG, 'jornada-watchdog', String(pid)], {
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchdog.on('error', () => {});
  server.once('exit', () => watchdog.kill('SIGKILL'));
}
