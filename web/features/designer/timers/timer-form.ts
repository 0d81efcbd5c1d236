/**
 * A timer as people set it, and as the model writes it. What is not one of these few shapes is `written`: it is shown and
 * left as it is. Class: pure. Source: BPMN 2.0.2 §10.5.5; ISO 8601; docs/feel.md, "Business time".
 */

/** What the timer definition of a model holds. */
export interface WrittenTimer {
  readonly property: 'timeDate' | 'timeDuration' | 'timeCycle';
  readonly text: string;
}

/** Units of the clock and the calendar on the wall. */
export const PLAIN_UNITS = ['minute', 'hour', 'day', 'week', 'month'] as const;
/** Units of which only those count in which a calendar of the package is open. */
export const BUSINESS_UNITS = ['businessHour', 'businessDay'] as const;
export type PlainUnit = (typeof PLAIN_UNITS)[number];
export type BusinessUnit = (typeof BUSINESS_UNITS)[number];

/** A timer as people set it. */
export type SetTimer =
  /** `at`: a local time of the process, `2026-03-02T09:00`. */
  | { readonly kind: 'date'; readonly at: string }
  | { readonly kind: 'after'; readonly count: number; readonly unit: PlainUnit }
  | {
      readonly kind: 'afterOpen';
      readonly count: number;
      readonly unit: BusinessUnit;
      readonly calendar: string;
    }
  /** `times`: how often; null: without end. */
  | {
      readonly kind: 'every';
      readonly count: number;
      readonly unit: PlainUnit;
      readonly times: number | null;
    };

/** A timer as the model has it: set as above, or written in another way. */
export type TimerForm = SetTimer | { readonly kind: 'written' };

const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::00)?$/;
const DURATION = /^P(?:([1-9]\d{0,5})([DWM])|T([1-9]\d{0,5})([MH]))$/;
const CYCLE = /^R([1-9]\d{0,4})?\/(P.+)$/;
const OPEN_HOURS =
  /^=\s*business time after\(\s*now\(\)\s*,\s*@"PT([1-9]\d{0,5})H"\s*,\s*"([^"\\]+)"\s*\)$/;
const OPEN_DAYS =
  /^=\s*business days after\(\s*now\(\)\s*,\s*([1-9]\d{0,2})\s*,\s*"([^"\\]+)"\s*\)$/;

/** Reads what the model has. */
export function readTimer({ property, text }: WrittenTimer): TimerForm {
  const trimmed = text.trim();
  return READERS[property](trimmed) ?? { kind: 'written' };
}

const READERS: Record<WrittenTimer['property'], (text: string) => TimerForm | null> = {
  timeDate: (text) => dateIn(text) ?? openIn(text),
  timeDuration: (text) => {
    const found = durationIn(text);
    return found && { kind: 'after', ...found };
  },
  timeCycle: (text) => {
    const [, times, duration = ''] = CYCLE.exec(text) ?? [];
    const found = durationIn(duration);
    return found && { kind: 'every', ...found, times: times === undefined ? null : Number(times) };
  },
};

function dateIn(text: string): TimerForm | null {
  const at = DATE.exec(text)?.[1];
  return at === undefined ? null : { kind: 'date', at };
}

function openIn(text: string): TimerForm | null {
  const hours = OPEN_HOURS.exec(text);
  const [, count, calendar] = hours ?? OPEN_DAYS.exec(text) ?? [];
  if (count === undefined || calendar === undefined) return null;
  const unit = hours ? 'businessHour' : 'businessDay';
  return { kind: 'afterOpen', count: Number(count), unit, calendar };
}

function durationIn(text: string): { readonly count: number; readonly unit: PlainUnit } | null {
  const [, days, day = '', times, time = ''] = DURATION.exec(text) ?? [];
  const unit = days === undefined ? UNIT_OF[`T${time}`] : UNIT_OF[day];
  return unit === undefined ? null : { count: Number(days ?? times), unit };
}

const LETTERS: Record<PlainUnit, string> = {
  ...{ minute: 'TM', hour: 'TH', day: 'D', week: 'W', month: 'M' },
};
const UNIT_OF: Readonly<Record<string, PlainUnit>> = Object.fromEntries(
  PLAIN_UNITS.map((unit) => [LETTERS[unit], unit]),
);

/** Writes what people set. */
export function writeTimer(form: SetTimer): WrittenTimer {
  switch (form.kind) {
    case 'date':
      return { property: 'timeDate', text: `${form.at}:00` };
    case 'after':
      return { property: 'timeDuration', text: durationOf(form) };
    case 'afterOpen':
      return { property: 'timeDate', text: openText(form) };
    case 'every':
      return { property: 'timeCycle', text: `R${form.times ?? ''}/${durationOf(form)}` };
  }
}

function durationOf({ count, unit }: { readonly count: number; readonly unit: PlainUnit }): string {
  const [time, letter] = LETTERS[unit].length === 2 ? ['T', LETTERS[unit][1]] : ['', LETTERS[unit]];
  return `P${time}${count}${letter}`;
}

function openText({ count, unit, calendar }: Extract<SetTimer, { kind: 'afterOpen' }>): string {
  return unit === 'businessHour'
    ? `=business time after(now(), @"PT${count}H", "${calendar}")`
    : `=business days after(now(), ${count}, "${calendar}")`;
}
