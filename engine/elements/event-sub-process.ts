/**
 * Event sub-process: no token arrives at it; its start event is armed with the scope around it and starts it.
 * Interrupting, it ends all else there. Source: BPMN 2.0.2 §13.5.4, S49–S51.
 */
import type { FlowNodeBase } from '../model/index.js';
import { defineElement } from './define.js';

export type EventSubProcess = FlowNodeBase<'eventSubProcess'>;

export const eventSubProcess = defineElement<EventSubProcess>({
  kind: 'eventSubProcess',
  tag: 'subProcess',
  matches: ({ isTriggeredByEvent }) => isTriggeredByEvent,
  closedToTokens: () => ({
    what: 'an event sub-process',
    remedy: 'let the event happen that starts it',
  }),
});
