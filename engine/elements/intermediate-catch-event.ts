/**
 * Intermediate catch event: the token waits until the event happens. A link catch lets it pass. Source: BPMN
 * 2.0.2 §10.5.4, S52, S59, S65.
 */
import type { EventNode } from '../model/index.js';
import { compileTrigger, LEAVE, WAIT } from '../triggers/index.js';
import { defineElement } from './define.js';

export type IntermediateCatchEvent = EventNode<'intermediateCatchEvent'>;

export const intermediateCatchEvent = defineElement<IntermediateCatchEvent>({
  kind: 'intermediateCatchEvent',
  tag: 'intermediateCatchEvent',
  compile: (context) => ({
    trigger: compileTrigger(context.node, context),
    isInterrupting: true,
  }),
  onEnter: ({ id, trigger }, activation) => {
    if (trigger.kind === 'link' || trigger.kind === 'none') return LEAVE;
    const problem = activation.arm(id, trigger);
    return problem === null ? WAIT : { kind: 'incident', fault: problem };
  },
});
