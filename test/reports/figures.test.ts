import { describe, expect, test } from 'vitest';
import { figuresOf, inFlightBefore, thresholdOf } from '../../reports/figures.js';
import { durationStep, durationText, figureText } from '../../reports/text.js';
import { NOTHING_COUNTED } from '../../store/index.js';

const MEANT = { processId: 'p', version: null, from: 'a', to: 'b' };

describe('figures', () => {
  test('of nothing are zero, and no share and no duration', () => {
    const { started, attainment, median } = figuresOf(NOTHING_COUNTED, MEANT);
    expect([started.value, attainment.value, median.value]).toEqual([0, null, null]);
  });

  const shares: readonly (readonly [late: number, onTime: number, share: number | null])[] = [
    [0, 0, null],
    [3, 0, 0],
    [0, 3, 1],
    [1, 3, 0.75],
  ];
  test.each(shares)('with %i late and %i on time have kept %j', (late, onTime, share) => {
    const counts = { ...NOTHING_COUNTED, completed: 9, late, onTime };
    expect(figuresOf(counts, MEANT).attainment.value).toBe(share);
  });

  test('of what ended are what completed and what was terminated', () => {
    const counts = { ...NOTHING_COUNTED, completed: 4, terminated: 3 };
    expect(figuresOf(counts, MEANT).finished.value).toBe(7);
  });

  test('in flight are told back from the end', () => {
    const day = (started: number, completed: number, terminated: number) => ({
      ...{ started, completed, terminated },
    });
    expect(inFlightBefore(5, [day(9, 0, 0), day(1, 2, 1), day(0, 0, 3)])).toEqual([10, 8, 5]);
    expect(inFlightBefore(5, [])).toEqual([]);
  });

  test('stand out above the upper quartile and half as much again of the middle half', () => {
    const of = (q1: number | null, q3: number | null) =>
      thresholdOf({ mean: 0, median: 0, p90: 0, p95: 0, q1, q3 });
    expect(of(10, 20)).toBe(35);
    expect(of(10, 10)).toBe(10);
    expect(of(null, null)).toBeNull();
  });
});

describe('a length of time', () => {
  const texts: readonly (readonly [number, string])[] = [
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min 59 s'],
    [3_600_000, '1 h'],
    [90_000_000, '1 d 1 h'],
    [86_400_000, '1 d'],
    [86_459_000, '1 d'],
  ];
  test.each(texts)('of %i ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe('lines of an axis of durations', () => {
  const steps: readonly (readonly [most: number, step: string | null])[] = [
    [999, null],
    [1000, '1 s'],
    [7000, '2 s'],
    [7_200_000, '30 min'],
    [90_000_000, '6 h'],
    [40 * 86_400_000, '7 d'],
    [9 * 365 * 86_400_000, '547 d 12 h'],
  ];
  test.each(steps)('up to %i ms are %s apart', (most, text) => {
    const step = durationStep(most);
    expect(step === null ? null : durationText(step)).toBe(text);
  });
});

describe('a figure as people read it', () => {
  test('is by its name and their language', () => {
    expect(figureText('started', 12_345, 'en')).toBe('12,345');
    expect(figureText('started', 12_345, 'pt-BR')).toBe('12.345');
    expect(figureText('attainment', 0.955, 'en')).toBe('95.5%');
    expect(figureText('median', 5_400_000, 'en')).toBe('1 h 30 min');
    expect(figureText('median', null, 'en')).toBe('–');
  });
});
