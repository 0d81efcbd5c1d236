/**
 * Correlation: which instance a message or a signal reaches. Two small machines of plain JSON without a
 * clock, which every host drives alike: events in, actions out. Class: pure; runs in the workflow sandbox.
 */
export { correlateMessage, createMessageCorrelator, isIdle } from './message.js';
export type * from './message-types.js';
export {
  correlateSignal,
  createSignalCorrelator,
  type SignalAction,
  type SignalCorrelator,
  type SignalCorrelatorEvent,
  type SignalStart,
} from './signal.js';
export { handOverAgain, letGo } from './under-way.js';

/** How long at least a message id stays taken (S60); a longer time to live makes it longer. */
export const MESSAGE_ID_RETENTION_MS = 60 * 60 * 1000;
