/** The activities of correlators. They ask Temporal and the store, so they are tried for as long as it takes. */
import { proxyActivities } from '@temporalio/workflow';
import type {
  Delivered,
  DeliverInput,
  StartByInput,
  StartOutcome,
} from '../../contracts/correlation.js';
import { ACTIVITIES } from '../../contracts/names.js';

interface CorrelatorActivities {
  [ACTIVITIES.deliverMessage](input: DeliverInput): Promise<Delivered>;
  [ACTIVITIES.deliverSignal](input: DeliverInput): Promise<Delivered>;
  /** Null: the process can no longer be started this way. */
  [ACTIVITIES.startByMessage](input: StartByInput): Promise<StartOutcome | null>;
  [ACTIVITIES.startBySignal](input: StartByInput): Promise<StartOutcome | null>;
}

/** Their proxies. Class: workflow. */
export const correlatorActivities = proxyActivities<CorrelatorActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '30 seconds' },
});
