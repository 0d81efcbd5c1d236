/** Events that come too late change nothing but the journal (S04). */
import type { Run } from '../run.js';

/** Notes an event for something that is not there any more. */
export function notAwaited(run: Run, subject: string, what: string): void {
  run.recordAt('eventNotAwaited', null, null, null, { subject, what }, 'S04');
}
