/** Times beside events that are written out: zones, due dates, times to live. Source: docs/design.md D9, A03, S56, S60. */
import { type Finding, finding } from '../../errors/index.js';
import { computed } from '../../triggers/index.js';
import { checkTimer, fixedDurationMs } from '../../triggers/timer/index.js';
import type { Rule } from '../rule.js';
import { dateOrDuration, timerText } from '../timer-text.js';

/** Findings: BPMN_TIMER_ZONE of `jornada:zone`; BPMN_TIMER_FORMAT and BPMN_TIMER_ZONE of schedules; BPMN_HEADER_VALUE of a time to live. */
export const literalTimes: Rule = {
  level: ({ kind, id, process }) => {
    const zone = process.properties['jornada:zone'];
    if (kind !== 'process' || zone === undefined) return [];
    const isKnown = checkTimer('date', `2026-01-01T00:00:00[${zone}]`) === null;
    return isKnown ? [] : [finding('BPMN_TIMER_ZONE', id, { id, zone: `'${zone}'` })];
  },
  node: ({ id, extensions: { schedule, publishMessage } }) => {
    const dates = [schedule?.dueDate, schedule?.followUpDate].filter((text) => text != null);
    const timeToLive = publishMessage?.timeToLive ?? '';
    return [
      ...dates.flatMap((text) => timerText(id, dateOrDuration(text), text)),
      ...lifeText(id, timeToLive),
    ];
  },
};

function lifeText(id: string, text: string): readonly Finding[] {
  if (text === '' || 'feel' in computed(text) || fixedDurationMs(text) !== null) return [];
  const is = 'an ISO 8601 duration without years and months';
  return [finding('BPMN_HEADER_VALUE', id, { name: 'timeToLive', id, is, value: `'${text}'` })];
}
