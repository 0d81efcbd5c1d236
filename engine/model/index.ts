/** The shared types of the engine, and what the parts do with them that all of them do. */

export { cached } from './bounded-cache.js';
export * from './calendar.js';
export type * from './decision.js';
export { applyDelta } from './delta.js';
export type * from './effect.js';
export type * from './element.js';
export type * from './event.js';
export type * from './form.js';
export type * from './form.js';
export type * from './journal.js';
export * from './json.js';
export type * from './migration.js';
export type * from './modification.js';
export { meant } from './nearest.js';
export type * from './parsed.js';
export type * from './process.js';
export { isSamePerson } from './same-person.js';
export { sizeOf } from './size.js';
export type * from './state.js';
export type * from './step.js';
export type * from './timer-series.js';
export type * from './trigger.js';
export { wordsOf } from './words.js';
