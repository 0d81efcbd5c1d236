import { type Finding, finding } from '../errors/index.js';
import { computed } from '../triggers/index.js';
import { checkTimer, fixedDurationMs, type TimerKind } from '../triggers/timer/index.js';

const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/**
 * Checks a date, duration or cycle that is written out; what FEEL computes is known at run time alone, and an
 * empty text was reported by parse. Findings: BPMN_TIMER_FORMAT, BPMN_TIMER_ZONE. Class: pure.
 */
export function timerText(id: string, kind: TimerKind, text: string): readonly Finding[] {
  if (!isWritten(text)) return [];
  const fault = checkTimer(kind, text);
  if (fault === null) return [];
  if (fault.code !== 'TIMER_ZONE_UNKNOWN')
    return [finding('BPMN_TIMER_FORMAT', id, { id, value: `'${shown(text)}'` })];
  const [, zone = text] = /(?:@|\[)([^[\]@/]+(?:\/[^[\]@/]+)*)\]?/.exec(text) ?? [];
  return [finding('BPMN_TIMER_ZONE', id, { id, zone: `'${shown(zone)}'` })];
}

/** What a duration must be that no calendar stretches. */
export const FIXED_DURATION = 'an ISO 8601 duration without years and months';

/** Checks a duration of a fixed length that is written out under a name. Findings: BPMN_HEADER_VALUE. Class: pure. */
export function fixedDurationText(id: string, name: string, text: string): readonly Finding[] {
  if (!isWritten(text) || fixedDurationMs(text) !== null) return [];
  return [finding('BPMN_HEADER_VALUE', id, { name, id, is: FIXED_DURATION, value: `'${text}'` })];
}

const isWritten = (text: string): boolean => text !== '' && !('feel' in computed(text));

/** The kind of a text that may be a date or a duration, e.g. of `zeebe:taskSchedule`. */
export function dateOrDuration(text: string): 'date' | 'duration' {
  return /^\s*[+-]?P/.test(text) ? 'duration' : 'date';
}
