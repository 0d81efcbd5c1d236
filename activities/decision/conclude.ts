/** The end of a decision: what it comes to, offered to the store, and its state kept for the next. Class: side effect. */
import { ApplicationFailure } from '@temporalio/common';
import type { Decision } from '../../contracts/decision.js';
import { MOST_PAYLOAD_BYTES } from '../../contracts/instance.js';
import { explain } from '../../engine/errors/index.js';
import {
  type Answer,
  type InstanceState,
  type JournalEntry,
  sizeOf,
} from '../../engine/model/index.js';
import { deltaOf } from '../../engine/step/index.js';
import type { Basis } from '../../store/index.js';
import type { JournalOwner, WriteJournal } from './journal-writer.js';
import type { KeptStates } from './kept-states.js';
import type { Work } from './work.js';

/** What the end leans on. */
export interface ConcludeDeps {
  readonly writeJournal: WriteJournal;
  readonly kept: KeptStates;
}

/** What a decision rested on and what it answered. */
export interface Concluded {
  readonly owner: JournalOwner;
  readonly basis: Basis;
  readonly initial: InstanceState | null;
  readonly answers: readonly (Answer | null)[];
  /** Entries of earlier decisions that the store did not acknowledge. */
  readonly unacknowledged: readonly JournalEntry[];
}

/** Errors: `DECISION_TOO_LARGE`. A store that cannot be reached is no error: nothing is acknowledged then. */
export async function conclude(
  deps: ConcludeDeps,
  work: Work,
  { owner: before, basis, initial, answers, unacknowledged }: Concluded,
): Promise<Decision> {
  const { state, entries, effects, localJobs, hasMore, lastAt, definition } = work;
  const hasMigrated = definition !== before.definition;
  const owner = hasMigrated ? { ...before, definition } : before;
  const delta = deltaOf(state, work.touched);
  const caused = { delta, entries, effects, localJobs, hasMore, lastAt };
  const moved = hasMigrated ? { definition } : {};
  const body = { answers, taken: answers.length, initial, ...moved, ...caused };
  refuseTooLarge(body);
  const journal = [...unacknowledged, ...entries];
  const acknowledged = await deps.writeJournal(owner, journal, basis);
  const key = deps.kept.keep({ state, owner, fence: basis.fence, lastAt });
  return { kind: 'decided', key, acknowledged, ...body };
}

function refuseTooLarge(body: object): void {
  const size = sizeOf(body);
  if (size <= MOST_PAYLOAD_BYTES) return;
  const message = explain('DECISION_TOO_LARGE', { limit: MOST_PAYLOAD_BYTES, size });
  throw ApplicationFailure.nonRetryable(message, 'DECISION_TOO_LARGE');
}
