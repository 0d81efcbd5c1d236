/**
 * What holds after every step of every test: each part of the state is recounted from the others, the journal and
 * the effects are checked against it, and the same step is taken again on a copy that went through JSON, in
 * pieces, and as a delta.
 */

import {
  applyDelta,
  type ExecutableProcess,
  type InstanceEvent,
  type InstanceState,
  type StepResult,
} from '../../engine/model/index.js';
import {
  createTouched,
  deltaOf,
  hasEnded,
  type StepOptions,
  step,
} from '../../engine/step/index.js';
import { checkEffects, createOpenEffects, type OpenEffects } from './core-effects.js';
import { expect } from './core-expect.js';
import { checkJournal, createLives, type Lives } from './core-journal.js';
import { checkTables } from './core-tables.js';
import { checkTree } from './core-tree.js';

/** What earlier steps of one instance told. */
export interface History {
  readonly open: OpenEffects;
  readonly lives: Lives;
}

/** The history of an instance that has not started. */
export const createHistory = (): History => ({ open: createOpenEffects(), lives: createLives() });

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Path of the first value that JSON would change or lose; null when there is none. */
const strangerIn = (value: unknown, path = ''): string | null => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : path;
  if (typeof value !== 'object') return path;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return path;
  for (const [key, inner] of Object.entries(value)) {
    const found = strangerIn(inner, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
};

/** Takes a step on the state and checks everything that must hold of it. */
export function checkedStep(
  process: ExecutableProcess,
  state: InstanceState,
  event: InstanceEvent,
  history: History,
  options: Pick<StepOptions, 'target'> = {},
): StepResult {
  const before = copy(state);
  const touched = createTouched();
  const result = step(process, state, event, { ...options, touched });
  const after = copy(state);
  expect(strangerIn(state), 'the state is plain JSON').toBeNull();
  expect(strangerIn(result), 'the result is plain JSON').toBeNull();
  checkAgain(process, before, event, after, result, options);
  const rebuilt = copy(before);
  applyDelta(rebuilt, copy(deltaOf(state, touched)));
  expect(rebuilt, 'the delta makes the state before the state after').toEqual(after);
  checkJournal(before, state, event, result, history.lives);
  checkEffects(state, event, result, history.open);
  if (state.rootId !== null && !hasEnded(state)) {
    checkTree(result.process, state);
    checkTables(result.process, state);
  }
  return result;
}

/** The same step on a copy, and in pieces of one move each, comes to the same (S01; a cut changes nothing). */
function checkAgain(
  process: ExecutableProcess,
  before: InstanceState,
  event: InstanceEvent,
  after: InstanceState,
  result: StepResult,
  options: Pick<StepOptions, 'target'>,
): void {
  const twin = copy(before);
  expect(copy(step(process, twin, event, options)), 'the same step again').toEqual(copy(result));
  expect(copy(twin), 'the same state again').toEqual(after);
  const cut = copy(before);
  const entries = [];
  let piece = step(process, cut, event, { ...options, pauseAfter: 1 });
  entries.push(...piece.entries);
  for (let pieces = 0; piece.hasMore && pieces < 50_000; pieces += 1) {
    const next = { kind: 'continue', at: event.at } as const;
    piece = step(piece.process, cut, next, { pauseAfter: 1 });
    entries.push(...piece.entries);
  }
  // An answer tells what was known when the piece ended that took the request.
  const unanswered = (state: InstanceState) => ({
    ...state,
    requests: Object.keys(state.requests).sort(),
  });
  expect(unanswered(copy(cut)), 'the same state in pieces').toEqual(unanswered(after));
  expect(entries, 'the same journal in pieces').toEqual(result.entries);
}
