/**
 * Timer: a date, a duration or a cycle, computed once when it is armed. Source: BPMN 2.0.2 §10.5.5, S52–S58.
 */
import { computed } from './computed.js';
import type { TriggerDefinition } from './trigger.js';

export const timer: TriggerDefinition<'timer'> = {
  kind: 'timer',
  compile: ({ timers }) => {
    const [first] = timers;
    return { kind: 'timer', timer: first?.kind ?? 'duration', text: computed(first?.text ?? '') };
  },
};
