/** When what is killed: moments at random, from a seed. */
import { seeded } from './seeded.js';

/** A kill: so many effects are booked, and so many milliseconds later. */
export interface Kill {
  readonly what: 'worker' | 'both workers' | 'server';
  readonly afterEffects: number;
  readonly thenMs: number;
}

/**
 * Plans kills while the work is going on: their moments are counted in effects, so that a fast machine is struck in the
 * middle as well as a slow one. Class: pure.
 */
export function planKills(
  seed: number,
  effects: number,
  counts: Readonly<Record<Kill['what'], number>>,
): readonly Kill[] {
  const random = seeded(seed);
  const kills: Kill[] = [];
  for (const what of ['worker', 'both workers', 'server'] as const) {
    for (let i = 0; i < counts[what]; i += 1) {
      const afterEffects = Math.floor(random() * effects * 0.95);
      kills.push({ what, afterEffects, thenMs: Math.floor(random() * 400) });
    }
  }
  return kills.sort((a, b) => a.afterEffects - b.afterEffects);
}
