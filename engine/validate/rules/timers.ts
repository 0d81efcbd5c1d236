/** Timers: one expression, which can be read, and which needs no data where there are none. Source: BPMN 2.0.2 §10.5.5. */
import { type Finding, finding } from '../../errors/index.js';
import { namesIn } from '../../expressions/index.js';
import type { ParsedNode, ParsedTimer } from '../../model/index.js';
import { computed } from '../../triggers/index.js';
import type { Level } from '../model.js';
import type { Rule } from '../rule.js';
import { timerText } from '../timer-text.js';

/** Whether what the event waits for happens once at most. */
function isOnce({ tag, isInterrupting }: ParsedNode, { kind }: Level): boolean {
  if (tag === 'intermediateCatchEvent') return true;
  return isInterrupting && (tag === 'boundaryEvent' || kind === 'eventSubProcess');
}

function judge(node: ParsedNode, { kind, text }: ParsedTimer, level: Level): readonly Finding[] {
  const { id } = node;
  const source = computed(text);
  const isStart = node.tag === 'startEvent' && level.kind === 'process';
  const reads = isStart && 'feel' in source ? namesIn(source.feel) : [];
  return [
    ...timerText(id, kind, text),
    ...(kind === 'cycle' && isOnce(node, level)
      ? [finding('BPMN_TIMER_CYCLE_ONCE', id, { id })]
      : []),
    ...reads.map((name) => finding('BPMN_TIMER_START_VARIABLE', id, { id, var: name })),
  ];
}

/** Findings: BPMN_TIMER_COUNT, BPMN_TIMER_FORMAT, BPMN_TIMER_ZONE, BPMN_TIMER_CYCLE_ONCE, BPMN_TIMER_START_VARIABLE. */
export const timers: Rule = {
  node: (node, level) =>
    node.triggers.flatMap((trigger) => {
      if (trigger.kind !== 'timer') return [];
      const n = trigger.timers.length;
      return n === 1
        ? trigger.timers.flatMap((timer) => judge(node, timer, level))
        : [finding('BPMN_TIMER_COUNT', node.id, { id: node.id, n })];
    }),
};
