/**
 * Escalation: goes outwards like an error; one catcher at most; without one the thrower continues, and where
 * the catcher does not interrupt as well. Source: BPMN 2.0.2 §10.5.6, S42, S43.
 */
import { GONE, LEAVE, type TriggerDefinition, WAIT } from './trigger.js';

export const escalation: TriggerDefinition<'escalation'> = {
  kind: 'escalation',
  compile: ({ ref }, { definitions }) => {
    const root = ref === null ? undefined : definitions.escalations[ref];
    return { kind: 'escalation', code: root?.code ?? null };
  },
  onThrow: ({ code }, activation) => {
    const outcome = activation.throw('escalation', code ?? '', '', activation.mapped());
    if (typeof outcome === 'object') return { kind: 'incident', fault: outcome };
    if (outcome === 'asked') return WAIT;
    return outcome === 'on' ? LEAVE : GONE;
  },
};
