/** The registry of triggers, and the two things that events do with theirs. Class: pure. */
import type {
  Activation,
  NodeContext,
  Outcome,
  ParsedNode,
  ParsedTrigger,
  Trigger,
} from '../model/index.js';
import { error } from './error.js';
import { escalation } from './escalation.js';
import { link } from './link.js';
import { message } from './message.js';
import { signal } from './signal.js';
import { terminate } from './terminate.js';
import { timer } from './timer-trigger.js';
import { LEAVE, type TriggerDefinition } from './trigger.js';

export { computed, computedOrNull, feel } from './computed.js';
export { compileMessage } from './message.js';
export { GONE, LEAVE, WAIT } from './trigger.js';

type Named = Exclude<Trigger['kind'], 'none'>;

/** Every trigger that Jornada executes. */
export const TRIGGERS: { readonly [K in Named]: TriggerDefinition<K> } = {
  message,
  timer,
  signal,
  error,
  escalation,
  link,
  terminate,
};

/** Whether an event definition is one that Jornada executes. */
export const isExecuted = (parsed: ParsedTrigger): boolean => Object.hasOwn(TRIGGERS, parsed.kind);

/** Compiles the event definition of a node; none is a trigger too. */
export function compileTrigger(node: ParsedNode, context: NodeContext): Trigger {
  const [parsed] = node.triggers;
  if (parsed === undefined || !isExecuted(parsed)) return { kind: 'none' };
  const definition = TRIGGERS[parsed.kind as Named];
  return (definition.compile as (parsed: ParsedTrigger, context: NodeContext) => Trigger)(
    parsed,
    context,
  );
}

/** What a throw or end event does. */
export function throwTrigger(trigger: Trigger, activation: Activation): Outcome {
  if (trigger.kind === 'none') return LEAVE;
  const { onThrow } = TRIGGERS[trigger.kind];
  if (onThrow === undefined) return LEAVE;
  return (onThrow as (trigger: Trigger, activation: Activation) => Outcome)(trigger, activation);
}
