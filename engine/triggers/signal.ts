/**
 * Signal: a broadcast by name to all that wait at that moment; never buffered. Source: BPMN 2.0.2 §10.5.5, S65.
 */
import { computed } from './computed.js';
import { LEAVE, type TriggerDefinition } from './trigger.js';

export const signal: TriggerDefinition<'signal'> = {
  kind: 'signal',
  compile: ({ ref }, { definitions }) => {
    const root = ref === null ? undefined : definitions.signals[ref];
    return { kind: 'signal', name: computed(root?.name ?? root?.id ?? '') };
  },
  onThrow: (trigger, activation) => {
    const problem = activation.broadcast(trigger);
    return problem === null ? LEAVE : { kind: 'incident', fault: problem };
  },
};
