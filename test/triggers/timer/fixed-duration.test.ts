import { expect, test } from 'vitest';
import { fixedDurationMs } from '../../../engine/triggers/timer/index.js';

test.each([
  ['PT5M', 300_000],
  ['PT0S', 0],
  ['PT0.25S', 250],
  ['PT0.5H', 1_800_000],
  ['P36525D', 36_525 * 86_400_000],
  ['PT1,5S', 1500],
  ['P1DT2H', 93_600_000],
  ['P2W', 1_209_600_000],
  ['P1W2D', 777_600_000],
])('%s is %i ms', (text, ms) => {
  expect(fixedDurationMs(text)).toBe(ms);
});

test.each([
  '',
  'P',
  'PT',
  'P1M',
  'P1Y',
  '5m',
  'P1DT',
  '-PT1S',
  'PT1S ',
  'PT1H1H',
  'PT0.5H1M',
  // Above a hundred years: the last would be no date that can be written.
  'P36525DT1S',
  'P99999999D',
  'P1.5DT1H',
])('%s is no duration of fixed length', (text) => {
  expect(fixedDurationMs(text)).toBeNull();
});
