/**
 * Event-based gateway: all arms wait, the first event takes the token and closes the others. Arms are catch
 * events or receive tasks. Source: BPMN 2.0.2 §13.4.4, S32.
 */
import type { FlowNodeBase, ParsedNode, Trigger } from '../model/index.js';
import { compileMessage, compileTrigger, WAIT } from '../triggers/index.js';
import { defineElement } from './define.js';

/** `arms`: the triggers behind its flows, in flow order. */
export interface EventBasedGateway extends FlowNodeBase<'eventBasedGateway'> {
  readonly arms: readonly { readonly elementId: string; readonly trigger: Trigger }[];
}

export const eventBasedGateway = defineElement<EventBasedGateway>({
  kind: 'eventBasedGateway',
  tag: 'eventBasedGateway',
  matches: ({ isInstantiating }) => !isInstantiating,
  compile: (context) => {
    const { scope, node } = context;
    const target = (flowId: string): ParsedNode | undefined => {
      const flow = scope.flows.find(({ id }) => id === flowId);
      return scope.nodes.find(({ id }) => id === flow?.target);
    };
    const arms = node.outgoing
      .map(target)
      .filter((arm) => arm !== undefined)
      .map((arm) => ({
        elementId: arm.id,
        trigger:
          arm.tag === 'receiveTask'
            ? compileMessage(arm.messageRef, context, arm.extensions)
            : compileTrigger(arm, { ...context, node: arm }),
      }));
    return { arms };
  },
  onEnter: ({ arms }, activation) => {
    for (const { elementId, trigger } of arms) {
      const problem = activation.arm(elementId, trigger);
      if (problem !== null) return { kind: 'incident', fault: problem };
    }
    return WAIT;
  },
  onEvent: (_node, event, activation) => {
    if (event.kind === 'triggered') activation.passOn(event.elementId, event.payload);
    return { kind: 'gone' };
  },
});
