/** All activities of a worker: the engine's own, and the service tasks. */
import { activityInfo } from '@temporalio/activity';
import { ACTIVITIES } from '../contracts/names.js';
import { type CorrelationDeps, createCorrelationActivities } from './correlation.js';
import { createDecide, type DecideDeps } from './decide.js';
import { createServiceActivities } from './service-tasks.js';
import { createTimerStartActivities, type TimerStartDeps } from './timer-start.js';

export type { CorrelationDeps, Correlators, Instances } from './correlation.js';
export type { DecideDeps } from './decide.js';
export {
  createJournalWriter,
  type JournalOwner,
  type JournalPort,
} from './decision/journal-writer.js';
export { KeptStates } from './decision/kept-states.js';

/** Everything that the activities lean on. */
export type ActivityDeps = Omit<DecideDeps, 'attempt'> & CorrelationDeps & TimerStartDeps;

/** Makes the option `activities` of a worker. */
export function createActivities(deps: ActivityDeps): object {
  return {
    ...createServiceActivities(deps.services),
    ...createCorrelationActivities(deps),
    ...createTimerStartActivities(deps),
    [ACTIVITIES.decide]: createDecide({ ...deps, attempt: () => activityInfo().attempt }),
  };
}
