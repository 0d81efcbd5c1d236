/** The shared types of the engine. Types only, but for `own`. */
export { applyDelta } from './delta.ts';
export type * from './effect.ts';
export type * from './element.ts';
export type * from './event.ts';
export type * from './journal.ts';
export * from './json.ts';
export type * from './parsed.ts';
export type * from './process.ts';
export type * from './state.ts';
export type * from './step.ts';
export type * from './timer-series.ts';
export type * from './trigger.ts';
