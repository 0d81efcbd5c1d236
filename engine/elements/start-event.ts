/**
 * Start event: where a token begins, on the level of a process, a sub-process or an event sub-process. It is
 * never waited at by a token: what triggers it creates one. Source: BPMN 2.0.2 §10.5.2, S08–S17.
 */
import type { EventNode } from '../model/index.js';
import { compileTrigger } from '../triggers/index.js';
import { defineElement } from './define.js';

/** `isInterrupting` counts in event sub-processes only. */
export type StartEvent = EventNode<'startEvent'>;

export const startEvent = defineElement<StartEvent>({
  kind: 'startEvent',
  tag: 'startEvent',
  closedToTokens: ({ trigger }) =>
    trigger.kind === 'none'
      ? null
      : {
          what: `a start event that waits for a ${trigger.kind}`,
          remedy: 'activate the element that its flow leads to',
        },
  compile: (context) => ({
    trigger: compileTrigger(context.node, context),
    isInterrupting: context.node.isInterrupting,
  }),
});
