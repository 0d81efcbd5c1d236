/** All activities of a worker: the engine's own, and the service tasks. */
import { activityInfo } from '@temporalio/activity';
import { ACTIVITIES } from '../contracts/names.js';
import { type BatchDeps, createBatchActivities } from './batch.js';
import { type CorrelationDeps, createCorrelationActivities } from './correlation.js';
import { createDecide, type DecisionDeps } from './decide.js';
import { createDecideEarly } from './decide-early.js';
import { createNoteParked, type NoteParkedDeps } from './note-parked.js';
import { createServiceActivities } from './service-tasks.js';
import { createTimerStartActivities, type TimerStartDeps } from './timer-start.js';

export type { BatchDeps, BatchItem, BatchWork } from './batch.js';
export type { CorrelationDeps, Correlators, Instances } from './correlation.js';
export type { DecisionDeps } from './decide.js';
export { calledInstanceId, effectKey } from './decision/effect-key.js';
export {
  createJournalWriter,
  type JournalOwner,
  type JournalPort,
} from './decision/journal-writer.js';
export { KeptStates } from './decision/kept-states.js';
export { createTemporalClock } from './decision/temporal-clock.js';
export type { ParkedFact } from './note-parked.js';

/** Everything that the activities lean on. */
export type ActivityDeps = DecisionDeps &
  CorrelationDeps &
  TimerStartDeps &
  NoteParkedDeps &
  BatchDeps;

/** Makes the option `activities` of a worker. */
export function createActivities(deps: ActivityDeps): object {
  return {
    ...createServiceActivities({ ...deps, decideEarly: createDecideEarly(deps) }),
    ...createCorrelationActivities(deps),
    ...createTimerStartActivities(deps),
    ...createBatchActivities(deps),
    ...createNoteParked(deps),
    [ACTIVITIES.decide]: createDecide({ ...deps, attempt: () => activityInfo().attempt }),
  };
}
