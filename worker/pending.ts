/**
 * What is said of something that the store has and its instance does not know, however often it is asked: the worker that took
 * the decision was lost after it had written it, and the job behind it is tried again. Class: pure.
 * Source: docs/decisions/0010-decisions-are-taken-early.md.
 */
import { type Fault, fault } from '../engine/errors/index.js';

/** The refusal: to be asked again under another id, for the instance has refused this one. */
export function pendingFault(what: 'user task' | 'incident', id: string): Fault {
  return fault('DECISION_PENDING', { what, id });
}
