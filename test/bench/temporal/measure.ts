/** One measurement of one variant: so many instances, some in flight at a time. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Place, Usage } from './place.js';
import type { Variant } from './variants.js';

/** What one instance took. */
export interface Measured {
  readonly perSecond: number;
  /** CPU milliseconds of one instance. */
  readonly cpuMs: Usage;
}

/** The server goes on for a moment after the last instance has ended: that belongs to it, too. */
const SETTLE_MS = 300;

/** Runs `count` instances, `inFlight` at a time. */
export async function measure(
  place: Place,
  { start }: Variant,
  count: number,
  inFlight: number,
): Promise<Measured> {
  const before = await place.usage();
  const began = performance.now();
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await (await start()).result();
    }
  };
  const runners = await Promise.allSettled(Array.from({ length: inFlight }, runner));
  // Only now: who still asks when the connection closes would hide what went wrong.
  for (const runner of runners) if (runner.status === 'rejected') throw runner.reason;
  const seconds = (performance.now() - began) / 1000;
  await pause(SETTLE_MS);
  const after = await place.usage();
  const ms = (part: keyof Usage): number => ((after[part] - before[part]) * 1000) / count;
  const cpuMs = { worker: ms('worker'), server: ms('server'), database: ms('database') };
  return { perSecond: count / seconds, cpuMs };
}

/** CPU milliseconds that everything uses in a second in which nothing is asked of it. */
export async function measureIdle(place: Place): Promise<number> {
  const forMs = 2000;
  const before = await place.usage();
  await pause(forMs);
  const after = await place.usage();
  const used = after.worker - before.worker + after.server - before.server;
  return (used * 1_000_000) / forMs;
}

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
