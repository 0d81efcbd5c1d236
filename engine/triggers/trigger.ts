/** The second axis of events: what triggers them, or what they bring about, apart from where they stand. */
import type { Activation, NodeContext, Outcome, ParsedTrigger, Trigger } from '../model/index.js';

/** One trigger: how its definition compiles, and what a throw or end event does with it. */
export interface TriggerDefinition<K extends Trigger['kind']> {
  readonly kind: K;
  readonly compile: (
    parsed: Extract<ParsedTrigger, { kind: K }>,
    context: NodeContext,
  ) => Extract<Trigger, { kind: K }>;
  /** What a throw or end event with it does; absent when none can have it. */
  readonly onThrow?: (trigger: Extract<Trigger, { kind: K }>, activation: Activation) => Outcome;
}

/** Leaves by every flow that S19 takes. */
export const LEAVE: Outcome = { kind: 'leave', flows: null };
/** Waits for an event. */
export const WAIT: Outcome = { kind: 'wait' };
/** The step machine has nothing to add. */
export const GONE: Outcome = { kind: 'gone' };
