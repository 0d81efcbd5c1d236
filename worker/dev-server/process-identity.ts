/**
 * Tells one process from another that got the same pid later.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process: its pid and when it began as the system tells it (null on Windows, where the pid alone decides). */
export interface ProcessIdentity {
  readonly pid: number;
  readonly began: string | null;
}

/** The identity of a process that lives, or null when there is none with that pid. Class: side effect. */
export function identify(pid: number): ProcessIdentity | null {
  if (process.platform === 'linux') return fromProc(pid);
  if (!lives(pid)) return null;
  return { pid, began: process.platform === 'win32' ? null : startFromPs(pid) };
}

/** Clock ticks since boot; a zombie counts as gone. Source: proc_pid_stat(5), fields 3 and 22. */
function fromProc(pid: number): ProcessIdentity | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : { pid, began: fields[19] ?? null };
  } catch {
    return null;
  }
}

function startFromPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/** Whether that very process still runs. Class: side effect. */
export function isRunning(known: ProcessIdentity): boolean {
  const now = identify(known.pid);
  return now !== null && now.began === known.began;
}

/**
 * An id of this boot of the machine; pids of another boot mean nothing. Where the system has none it is the fixed
 * word `unknown`, and then the pid alone decides. Class: side effect.
 */
export function bootId(): string {
  try {
    if (process.platform === 'linux') {
      return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    }
    if (process.platform === 'darwin') {
      return execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim();
    }
  } catch {
    return 'unknown';
  }
  return 'unknown';
}

/**
 * Ends a process: SIGTERM, then SIGKILL when it still runs after the grace. Class: side effect.
 *
 * @returns when it is gone
 */
export async function endProcess(known: ProcessIdentity, graceMs: number): Promise<void> {
  signal(known, 'SIGTERM');
  const deadline = performance.now() + graceMs;
  while (isRunning(known) && performance.now() < deadline) await pause(25);
  if (isRunning(known)) signal(known, 'SIGKILL');
  while (isRunning(known)) await pause(25);
}

/** Waits. Class: side effect. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function signal(known: ProcessIdentity, name: NodeJS.Signals): void {
  if (!isRunning(known)) return;
  try {
    process.kill(known.pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
