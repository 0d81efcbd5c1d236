/**
 * Exclusive gateway: a token takes the first flow out whose condition holds, else the default flow. A merge
 * passes every token on and never waits. Source: BPMN 2.0.2 §13.4.2, S22–S24.
 */
import { fault } from '../errors/index.js';
import type { Flow, FlowNodeBase, Outcome } from '../model/index.js';
import { LEAVE } from '../triggers/index.js';
import { defineElement } from './define.js';

/** IR node: outgoing flows in order, conditions in FEEL; nothing of its own. */
export type ExclusiveGateway = FlowNodeBase<'exclusiveGateway'>;

const by = (flow: Flow): Outcome => ({ kind: 'leave', flows: [flow] });

export const exclusiveGateway = defineElement<ExclusiveGateway>({
  kind: 'exclusiveGateway',
  tag: 'exclusiveGateway',
  onEnter: ({ id, outgoing }, activation) => {
    for (const flow of outgoing) {
      if (flow.condition === null || flow.isDefault) continue;
      const holds = activation.holds(flow.condition, flow.id);
      if (!holds.ok) return { kind: 'incident', fault: holds.fault };
      if (holds.value) return by(flow);
    }
    const otherwise = outgoing.find(({ isDefault, condition }) => isDefault || condition === null);
    if (otherwise !== undefined) return by(otherwise);
    if (outgoing.length === 0) return LEAVE;
    return { kind: 'incident', fault: fault('NO_FLOW_SELECTED', { element: id }) };
  },
});
