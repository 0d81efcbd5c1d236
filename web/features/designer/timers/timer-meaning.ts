/** What a timer comes to if it began to wait now: computed as the engine does it. Class: pure. */
import type { Calendars } from '../../../../engine/calendars/index.js';
import { evaluate, namesIn } from '../../../../engine/expressions/index.js';
import { armTimer, nextTimer, type TimerSeries } from '../../../../engine/triggers/timer/index.js';
import type { WrittenTimer } from './timer-form.js';

/** What a timer is computed with. */
export interface TimerSurroundings {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** IANA zone of the process. */
  readonly zone: string;
  readonly calendars: Readonly<Record<string, Calendars>>;
}

/** When it is due, or why nobody can say. */
export type TimerMeaning =
  /** ISO 8601 UTC, the next ones first; `isMore`: others follow. */
  | { readonly kind: 'times'; readonly times: readonly string[]; readonly isMore: boolean }
  /** Variables of an instance, which there is none of here. */
  | { readonly kind: 'data'; readonly names: readonly string[] }
  | { readonly kind: 'fault'; readonly code: string; readonly message: string };

/** So many times are told. */
const MOST_TOLD = 3;

const KINDS = { timeDate: 'date', timeDuration: 'duration', timeCycle: 'cycle' } as const;

/** Computes it. */
export function meaningOf(
  { property, text }: WrittenTimer,
  { at, zone, calendars }: TimerSurroundings,
): TimerMeaning {
  const found = text.trim().startsWith('=')
    ? computed(text.trim().slice(1), { at, zone, calendars })
    : text;
  if (typeof found !== 'string') return found;
  const armed = armTimer(KINDS[property], found, { at, zone });
  if (!armed.ok) return { kind: 'fault', ...codeOf(armed.fault) };
  const times: string[] = [];
  let series: TimerSeries | null = armed.series;
  while (series && times.length < MOST_TOLD) {
    times.push(series.dueAt);
    series = nextTimer(series, series.dueAt).next;
  }
  return { kind: 'times', times, isMore: series !== null };
}

const codeOf = ({ code, message }: { readonly code: string; readonly message: string }) => ({
  ...{ code, message },
});

/** The value of an expression that needs no data. */
function computed(source: string, surroundings: TimerSurroundings): string | TimerMeaning {
  const lacking = namesIn(source);
  if (lacking.length > 0) return { kind: 'data', names: lacking };
  const result = evaluate(source, { ...surroundings, seed: 'designer', lookup: () => undefined });
  if (!result.ok) return { kind: 'fault', ...codeOf(result) };
  return typeof result.value === 'string' ? result.value : JSON.stringify(result.value);
}
