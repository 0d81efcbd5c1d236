/**
 * Message: caught by name and correlation key, thrown by publishing. Draw a message with a name; give a catch
 * its key by `zeebe:subscription`. Source: BPMN 2.0.2 §10.5.5, rules S59–S61.
 */
import type { MessageTrigger, NodeContext, ParsedExtensions } from '../model/index.js';
import { computed, computedOrNull } from './computed.js';
import { LEAVE, type TriggerDefinition } from './trigger.js';

/** Compiles a reference to a message; `extensions` are those of the element that refers to it. */
export function compileMessage(
  ref: string | null,
  { definitions }: NodeContext,
  extensions: ParsedExtensions | null,
): MessageTrigger {
  const message = ref === null ? undefined : definitions.messages[ref];
  const published = extensions?.publishMessage ?? null;
  const key = extensions?.correlationKey ?? message?.correlationKey ?? null;
  return {
    kind: 'message',
    name: computed(message?.name ?? message?.id ?? ''),
    correlationKey: computedOrNull(published?.correlationKey ?? key),
    messageId: computedOrNull(published?.messageId ?? null),
    timeToLive: computedOrNull(published?.timeToLive ?? null),
  };
}

export const message: TriggerDefinition<'message'> = {
  kind: 'message',
  compile: ({ ref }, context) => compileMessage(ref, context, context.node.extensions),
  onThrow: (trigger, activation) => {
    const problem = activation.publish(trigger);
    return problem === null ? LEAVE : { kind: 'incident', fault: problem };
  },
};
