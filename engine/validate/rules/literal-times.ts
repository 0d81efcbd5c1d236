/** Times beside events that are written out: zones, due dates, times to live. Source: docs/design.md D9, A03, S56, S60. */
import { finding } from '../../errors/index.js';
import { checkTimer } from '../../triggers/timer/index.js';
import type { Rule } from '../rule.js';
import { dateOrDuration, fixedDurationText, timerText } from '../timer-text.js';

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
      ...fixedDurationText(id, 'timeToLive', timeToLive),
    ];
  },
};
