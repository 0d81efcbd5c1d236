/**
 * Correlation: which instance a message or a signal reaches. Two small machines of plain JSON without a
 * clock, which every host drives alike: events in, actions out. Class: pure; runs in the workflow sandbox.
 */
export { correlateMessage, createMessageCorrelator } from './message.js';
export type * from './message-types.js';
export {
  correlateSignal,
  createSignalCorrelator,
  type SignalAction,
  type SignalCorrelator,
  type SignalCorrelatorEvent,
  type SignalStart,
} from './signal.js';
