/**
 * Error: thrown by an end event or a worker, always interrupts, caught by code or by all. A technical failure
 * is none (S40). Source: BPMN 2.0.2 §10.5.6, S37–S41.
 */
import { GONE, type TriggerDefinition, WAIT } from './trigger.js';

export const error: TriggerDefinition<'error'> = {
  kind: 'error',
  compile: ({ ref }, { definitions }) => {
    const root = ref === null ? undefined : definitions.errors[ref];
    return { kind: 'error', code: root?.code ?? null };
  },
  onThrow: ({ code }, activation) => {
    const outcome = activation.throw('error', code ?? '', '', activation.mapped());
    if (typeof outcome === 'object') return { kind: 'incident', fault: outcome };
    return outcome === 'asked' ? WAIT : GONE;
  },
};
