/**
 * Exclusive gateway: a token takes the first flow out whose condition holds, else the default flow. A merge
 * passes every token on and never waits. Source: BPMN 2.0.2 §13.4.2, S22–S24.
 */
import { fault } from '../errors/index.js';
import type { FlowNodeBase, Outcome } from '../model/index.js';
import { defineElement } from './define.js';

/** IR node: outgoing flows in order, conditions in FEEL; nothing of its own. */
export type ExclusiveGateway = FlowNodeBase<'exclusiveGateway'>;

const by = (flowId: string | undefined): Outcome => ({
  kind: 'leave',
  flows: flowId === undefined ? [] : [flowId],
});

export const exclusiveGateway = defineElement<ExclusiveGateway>({
  kind: 'exclusiveGateway',
  tag: 'exclusiveGateway',
  onEnter: ({ id, outgoing }, activation) => {
    for (const { id: flowId, condition, isDefault } of outgoing) {
      if (condition === null || isDefault) continue;
      const holds = activation.holds(condition, flowId);
      if (!holds.ok) return { kind: 'incident', fault: holds.fault };
      if (holds.value) return by(flowId);
    }
    const otherwise = outgoing.find(({ isDefault, condition }) => isDefault || condition === null);
    if (otherwise !== undefined || outgoing.length === 0) return by(otherwise?.id);
    return { kind: 'incident', fault: fault('NO_FLOW_SELECTED', { element: id }) };
  },
});
