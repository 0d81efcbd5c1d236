/** Timers as people set them: read from what models hold and written back, and when they would be due. */
import { describe, expect, test } from 'vitest';
import { checkTimer } from '../../engine/triggers/timer/index.js';
import { calendarsIn } from '../../web/features/designer/calendars-in.js';
import {
  readTimer,
  type SetTimer,
  type WrittenTimer,
  writeTimer,
} from '../../web/features/designer/timers/timer-form.js';
import { meaningOf } from '../../web/features/designer/timers/timer-meaning.js';

const [HOURS, DAYS] = [
  '=business time after(now(), @"PT9H", "office")',
  '=business days after(now(), 2, "office")',
];

const KNOWN: readonly [property: WrittenTimer['property'], text: string, form: SetTimer][] = [
  ['timeDate', '2026-03-02T09:00:00', { kind: 'date', at: '2026-03-02T09:00' }],
  ['timeDuration', 'PT5M', { kind: 'after', count: 5, unit: 'minute' }],
  ['timeDuration', 'PT36H', { kind: 'after', count: 36, unit: 'hour' }],
  ['timeDuration', 'P3D', { kind: 'after', count: 3, unit: 'day' }],
  ['timeDuration', 'P2W', { kind: 'after', count: 2, unit: 'week' }],
  ['timeDuration', 'P1M', { kind: 'after', count: 1, unit: 'month' }],
  ['timeCycle', 'R/PT15M', { kind: 'every', count: 15, unit: 'minute', times: null }],
  ['timeCycle', 'R3/P1W', { kind: 'every', count: 1, unit: 'week', times: 3 }],
  ['timeDate', HOURS, { kind: 'afterOpen', count: 9, unit: 'businessHour', calendar: 'office' }],
  ['timeDate', DAYS, { kind: 'afterOpen', count: 2, unit: 'businessDay', calendar: 'office' }],
];

test.each(KNOWN)('%s %s is set in words, and written as it was', (property, text, form) => {
  expect(readTimer({ property, text })).toEqual(form);
  expect(writeTimer(form)).toEqual({ property, text });
  const kind = { timeDate: 'date', timeDuration: 'duration', timeCycle: 'cycle' } as const;
  if (!text.startsWith('=')) expect(checkTimer(kind[property], text)).toBeNull();
});

test.each<WrittenTimer>([
  { property: 'timeDate', text: '2026-03-02T09:00:00Z' },
  { property: 'timeDate', text: '2026-03-02T09:00:30' },
  { property: 'timeDate', text: '=due' },
  { property: 'timeDate', text: '=business time after(openedAt, @"PT9H", "office")' },
  { property: 'timeDuration', text: 'P1DT2H' },
  { property: 'timeDuration', text: 'PT0M' },
  { property: 'timeDuration', text: '=settings.remindAfter' },
  { property: 'timeCycle', text: '0 9 * * 1-5' },
  { property: 'timeCycle', text: 'R/2026-03-02T09:00:00Z/P1D' },
])('$property $text is left as it is written', (written) => {
  expect(readTimer(written)).toEqual({ kind: 'written' });
});

describe('when it would be due', async () => {
  const office = 'tz: America/Sao_Paulo\n    weekly: { mon: [["09:00", "18:00"]] }';
  const texts = {
    'process.yaml': `calendars:\n  office:\n    ${office}\n  broken: { tz: Nowhere }`,
  };
  const calendars = await calendarsIn(texts);
  /** A Monday, 09:00 in São Paulo. */
  const surroundings = { at: '2026-03-02T12:00:00.000Z', zone: 'America/Sao_Paulo', calendars };
  const due = (property: WrittenTimer['property'], text: string) =>
    meaningOf({ property, text }, surroundings);

  test('calendars that cannot be read are left out', () =>
    expect(Object.keys(calendars)).toEqual(['office']));
  test('a date is one of the zone of the process', () =>
    expect(due('timeDate', '2026-03-03T09:00:00')).toEqual({
      ...{ kind: 'times', times: ['2026-03-03T12:00:00.000Z'], isMore: false },
    }));
  test('what repeats tells three times and that there are more', () =>
    expect(due('timeCycle', 'R/P1D')).toMatchObject({
      times: ['2026-03-03T12:00:00.000Z', '2026-03-04T12:00:00.000Z', '2026-03-05T12:00:00.000Z'],
      isMore: true,
    }));
  test('what repeats twice tells two', () =>
    expect(due('timeCycle', 'R2/P1D')).toMatchObject({ times: { length: 2 }, isMore: false }));
  test('business hours go by the calendar', () =>
    expect(due('timeDate', HOURS)).toMatchObject({ times: ['2026-03-02T21:00:00.000Z'] }));
  test('what needs data says which', () =>
    expect(due('timeDuration', '=settings.remindAfter')).toEqual({
      ...{ kind: 'data', names: ['settings'] },
    }));
  test.each([
    ['timeDate', '2026-02-30T09:00:00', 'TIMER_INVALID'],
    ['timeDate', '=business days after(now(), 2, "night")', 'FEEL_INVALID_ARGUMENT'],
    ['timeDuration', '=1 +', 'FEEL_SYNTAX'],
  ] as const)('%s %s tells %s', (property, text, code) =>
    expect(due(property, text)).toMatchObject({ kind: 'fault', code }),
  );
});
