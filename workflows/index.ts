/** All workflows of Jornada: what the workflow bundle holds. The names are the workflow types. */
export { batchOperation } from './batch-operation.js';
export { messageCorrelator } from './message-correlator.js';
export { processInstance } from './process-instance.js';
export { signalCorrelator } from './signal-correlator.js';
export { timerStart } from './timer-start.js';
