/** Terminate: ends its own scope instance at once, which then completes normally. Source: §13.5.6, S36. */
import { GONE, type TriggerDefinition } from './trigger.js';

export const terminate: TriggerDefinition<'terminate'> = {
  kind: 'terminate',
  compile: () => ({ kind: 'terminate' }),
  onThrow: (_trigger, activation) => {
    activation.terminateScope();
    return GONE;
  },
};
