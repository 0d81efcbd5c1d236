import { expect, test } from 'vitest';
import { durationMs } from '../../workflows/effects/duration.js';

test.each([
  ['PT5M', 300_000],
  ['PT0S', 0],
  ['PT0.25S', 250],
  ['P1DT2H', 93_600_000],
  ['P2W', 1_209_600_000],
])('%s is %i ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

test.each(['', 'P', 'PT', 'P1M', 'P1Y', '5m', 'P1DT', '-PT1S', 'PT1S ', 'PT1H1H'])(
  '%s is no duration of fixed length',
  (text) => {
    expect(durationMs(text)).toBeNull();
  },
);
