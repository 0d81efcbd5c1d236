/** CPU seconds of processes of this machine, from /proc. Source: proc(5). */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second: the same on every Linux that Node runs on. */
const TICKS = 100;

interface Row {
  readonly parent: number;
  readonly seconds: number;
}

/** CPU seconds of a process and all below it; what an ended child has used is its parent's. */
export function cpuOfTree(root: number): number {
  const rows = new Map<number, Row>();
  for (const name of readdirSync('/proc')) {
    const row = /^\d+$/.test(name) ? readRow(name) : null;
    if (row) rows.set(Number(name), row);
  }
  const isBelow = (pid: number): boolean => {
    for (let at = pid; at > 1; at = rows.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  let sum = 0;
  for (const [pid, { seconds }] of rows) if (isBelow(pid)) sum += seconds;
  return sum;
}

/** The parent of a process. */
export function parentOf(pid: number): number {
  return readRow(String(pid))?.parent ?? 0;
}

function readRow(pid: string): Row | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces and brackets, so what follows its last bracket is counted.
    const after = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(after[index]), 0);
    return { parent: Number(after[1]), seconds: ticks / TICKS };
  } catch {
    return null; // ended between two looks
  }
}
