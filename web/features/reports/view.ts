/** What a report is of, as its address has it. Class: pure, but that `wholeSpan` reads the clock and zone of this machine. */
import { addDays, dayIn } from '../../../contracts/days.js';
import { PERIODS, type PeriodKind } from '../../../contracts/report-names.js';

/** Days of a zone. */
export interface SpanView {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly zone?: string | undefined;
}

/** What is shown on the diagram. */
export const HEATS = ['instances', 'active', 'incidents', 'median', 'p95'] as const;

/** A report of one process. */
export interface ReportView extends SpanView {
  readonly by?: PeriodKind | undefined;
  readonly version?: number | undefined;
  readonly heat?: (typeof HEATS)[number] | undefined;
}

type Given = Readonly<Record<string, unknown>>;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Reads an address; what does not fit is left out. */
export function spanIn({ from, to, zone }: Given): SpanView {
  const day = (value: unknown) =>
    typeof value === 'string' && DAY.test(value) ? value : undefined;
  return { from: day(from), to: day(to), zone: typeof zone === 'string' ? zone : undefined };
}

/** The same of one process. */
export function viewIn(given: Given): ReportView {
  const version = Number(given.version);
  return {
    ...spanIn(given),
    by: PERIODS.find((one) => one === given.by),
    version: Number.isSafeInteger(version) && version > 0 ? version : undefined,
    heat: HEATS.find((one) => one === given.heat),
  };
}

const DAYS = 30;

/** With all that the address does not say: thirty days up to today, in the zone of this machine. */
export function wholeSpan({ from, to, zone }: SpanView): Required<SpanView> & {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
} {
  const here = zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const last = to ?? dayIn(Date.now(), here);
  return { from: from ?? addDays(last, 1 - DAYS), to: last, zone: here };
}

/** As the API is asked. */
export const queryOf = (asked: Readonly<Record<string, string | number | undefined>>): string =>
  new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
