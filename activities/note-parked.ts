/**
 * Tells the store that no decision can be taken on an instance. It leans on nothing that a decision leans on but the
 * store; where that does not answer, the next attempt tells, or the reconciler. Class: side effect.
 */
import type { ParkedNote } from '../contracts/decision.js';
import { ACTIVITIES } from '../contracts/names.js';
import { fenceOf, MOST_ATTEMPTS } from './decision/fence.js';
import type { JournalOwner } from './decision/journal-writer.js';

/** Why, and since when; `fence` is that of the last attempt at the decision. */
export interface ParkedFact {
  readonly incidentId: string;
  readonly code: string;
  readonly message: string;
  readonly at: string;
  readonly fence: number;
}

/** What it leans on. */
export interface NoteParkedDeps {
  readonly noteParked: (owner: JournalOwner, fact: ParkedFact) => Promise<void>;
}

/** Makes it, by its name. */
export function createNoteParked({ noteParked }: NoteParkedDeps) {
  return {
    [ACTIVITIES.noteParked]: ({ owner, taskStartedAt, ...fact }: ParkedNote): Promise<void> =>
      noteParked(owner, { ...fact, fence: fenceOf(taskStartedAt, MOST_ATTEMPTS) }),
  };
}
