/** Who holds a lock, told apart from a later process that got the same pid. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process of one boot of the machine. `began` and `bootId` are null where the system does not tell. */
export interface Holder {
  readonly pid: number;
  readonly began: string | null;
  readonly bootId: string | null;
}

/** The process that asks. Class: side effect. */
export function thisProcess(): Holder {
  return { pid: process.pid, began: startOf(process.pid), bootId: bootId() };
}

/** Whether that very process still runs. Class: side effect. */
export function isAlive(holder: Holder): boolean {
  return holder.bootId === bootId() && lives(holder.pid) && startOf(holder.pid) === holder.began;
}

/** Start of a process as the system tells it. Source: proc_pid_stat(5), fields 3 (state) and 22 (start time). */
function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
    return state === undefined || state === 'Z' ? null : (fields[18] ?? null);
  }
  if (process.platform === 'win32') return null;
  return read(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], TEXT).trim());
}

function bootId(): string | null {
  if (process.platform === 'linux') {
    return read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  }
  if (process.platform !== 'darwin') return null;
  return read(() => execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], TEXT).trim());
}

const TEXT = { encoding: 'utf8' } as const;

function read(source: () => string): string | null {
  try {
    return source();
  } catch {
    return null;
  }
}

/** EPERM: it lives, and is somebody else's. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
