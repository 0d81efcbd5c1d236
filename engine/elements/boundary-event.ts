/**
 * Boundary event: armed with its host, and triggered by what happens while that is active. No token ever
 * arrives at it. Source: BPMN 2.0.2 §10.5.4, §13.5.3, S44–S48.
 */
import type { EventNode } from '../model/index.js';
import { compileTrigger } from '../triggers/index.js';
import { defineElement } from './define.js';

/** `attachedTo`: id of the host. */
export interface BoundaryEvent extends EventNode<'boundaryEvent'> {
  readonly attachedTo: string;
}

export const boundaryEvent = defineElement<BoundaryEvent>({
  kind: 'boundaryEvent',
  tag: 'boundaryEvent',
  closedToTokens: ({ attachedTo }) => ({
    what: `a boundary event of '${attachedTo}'`,
    remedy: 'activate the element that its flow leads to',
  }),
  compile: (context) => ({
    trigger: compileTrigger(context.node, context),
    isInterrupting: context.node.isInterrupting,
    attachedTo: context.node.attachedTo ?? '',
  }),
});
