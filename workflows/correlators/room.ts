/**
 * Room in a correlator: what it keeps is one payload of its next run, so what would not fit any more is refused before
 * it is taken. Whoever was refused may try again: what is kept goes by itself. Class: workflow.
 */
import { ApplicationFailure } from '@temporalio/workflow';
import { sizeOf } from '../../engine/model/index.js';
import { explain } from '../texts.js';

/** What one payload takes, less what becomes known of messages after they were taken. */
const MOST_BYTES = 1_500_000;
/** Beside what a request brings, its names are kept at several places. */
const OVERHEAD_BYTES = 600;

const weightOf = (request: unknown): number => sizeOf(request) + OVERHEAD_BYTES;

/** Counts roughly while there is plenty, and exactly when there seems to be none. */
export class Room {
  private bytes: number;

  constructor(private readonly kept: () => unknown) {
    this.bytes = sizeOf(kept());
  }

  /** Refuses a request that would not fit. @throws ApplicationFailure `CORRELATOR_FULL`, which may be retried */
  check(request: unknown): void {
    const bytes = this.bytesWith(request);
    if (bytes + weightOf(request) <= MOST_BYTES) return;
    const message = explain('CORRELATOR_FULL', { limit: MOST_BYTES, bytes });
    throw ApplicationFailure.create({ type: 'CORRELATOR_FULL', message });
  }

  /** Counts a request that was taken. */
  take(request: unknown): void {
    this.bytes = this.bytesWith(request) + weightOf(request);
  }

  private bytesWith(request: unknown): number {
    return this.bytes + weightOf(request) > MOST_BYTES ? sizeOf(this.kept()) : this.bytes;
  }
}
