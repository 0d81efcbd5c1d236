/**
 * How far a start has come, for others who look at its data folder meanwhile: the first one takes minutes.
 * Class: side effect (a file beside the lock).
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holderOf } from './data-folder.js';

const FILE = 'starting.json';

/** A start that goes on. */
export interface Starting {
  readonly pid: number;
  readonly stage: string;
  /** Since it began. */
  readonly seconds: number;
}

/** Notes what this process, which holds the folder, is at. */
export function noteStage(folder: string, stage: string): void {
  // What is only told must end nothing: a full disk is told by who has to write.
  try {
    writeFileSync(join(folder, FILE), `${JSON.stringify({ pid: process.pid, stage })}\n`);
  } catch {}
}

/** Notes that all has started, or that nothing will. */
export function noteStarted(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}

/** The start that goes on there; null: none does, or it is done. */
export function startingOn(folder: string): Starting | null {
  const held = holderOf(folder);
  if (held === null) return null;
  try {
    const { pid, stage } = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Starting;
    // One that was killed leaves its note behind.
    if (pid !== held.owner.pid) return null;
    const seconds = Math.round((Date.now() - Date.parse(held.startedAt)) / 1000);
    return { pid, stage, seconds: Math.max(0, seconds) };
  } catch {
    return null;
  }
}
