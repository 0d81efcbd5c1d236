/**
 * Timers: text → due instants. A series is plain JSON and knows its whole future; nothing here waits, and
 * nothing reads the clock.
 * Class: pure. Source: BPMN 2.0.2 §10.5.5.
 */
export { type Armed, armTimer, checkTimer } from './arming.js';
export { elapsedMs } from './elapsed.js';
export { fixedDurationMs } from './fixed-duration.js';
export type { TimerKind } from './schedule.js';
export { nextTimer, overdue, shiftTimer, type TimerSeries } from './series.js';
