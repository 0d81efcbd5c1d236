/** The clock of Temporal as a worker knows it: never ahead, and right again after either was set. */
import { expect, test } from 'vitest';
import { createTemporalClock } from '../../activities/decision/temporal-clock.js';

const MINUTE = 60_000;

/** A worker whose own clock runs, and Temporal's beside it, ahead by `lead`. */
function worlds(lead: number) {
  const world = { elapsed: 5000, lead };
  const clock = createTemporalClock(() => world.elapsed);
  return {
    clock,
    world,
    /** Temporal names an instant, which arrives `late` milliseconds later. */
    tell: (late: number) => {
      const instant = world.elapsed + world.lead;
      world.elapsed += late;
      clock.hear(instant);
    },
    behind: () => world.elapsed + world.lead - clock.now(),
  };
}

test.each([1_000_000, -3000, 0.25])('runs with Temporal, however far its clock is: %d', (lead) => {
  const { clock, world, tell, behind } = worlds(lead);
  tell(40);
  expect(behind()).toBeCloseTo(40, -0.5);
  tell(3);
  tell(900);
  world.elapsed += 1234;
  expect(behind()).toBeGreaterThanOrEqual(3);
  expect(behind()).toBeLessThanOrEqual(4);
  expect(clock.now()).toBe(Math.floor(clock.now()));
});

test('a job that waited long for a worker does not set it back', () => {
  const { tell, behind } = worlds(100);
  tell(2);
  tell(3_600_000);
  tell(500);
  expect(behind()).toBeLessThanOrEqual(503);
});

test('a clock of Temporal that was set back is followed within ten minutes', () => {
  const { world, tell, behind } = worlds(1_000_000);
  tell(1);
  world.lead -= 30_000;
  for (let minute = 0; minute <= 11; minute += 1) {
    world.elapsed += MINUTE;
    tell(1);
  }
  expect(behind()).toBeGreaterThanOrEqual(1);
});
