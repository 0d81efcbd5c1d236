/**
 * A batch: an activity works on one part after the other until nothing is left. What is to be done, and what was, is in the
 * store; the workflow sees that somebody goes on with it, whichever worker ends. Class: workflow.
 * Source: docs/decisions/0028-a-batch-is-rows-and-a-workflow.md.
 */
import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { BatchRef, BatchStanding } from '../contracts/batches.js';
import { ACTIVITIES, SIGNALS } from '../contracts/names.js';

interface Activities {
  [ACTIVITIES.workBatch](input: BatchRef): Promise<BatchStanding>;
}

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' },
});

const MOST_EVENTS = 1000;
/** A signal may be lost with whoever was about to send it: then it is looked at again after this. */
const LOOK_AGAIN = '5 minutes';

/** Works on a batch until it has ended, over as many runs as it takes. */
export async function batchOperation({ batchId }: BatchRef): Promise<void> {
  let turns = 0;
  setHandler(defineSignal(SIGNALS.batchTurned), () => {
    turns += 1;
  });
  for (;;) {
    const seen = turns;
    const standing = await activities[ACTIVITIES.workBatch]({ batchId });
    if (standing === 'ended') return;
    if (standing === 'suspended') await condition(() => turns !== seen, LOOK_AGAIN);
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (historyLength >= MOST_EVENTS || continueAsNewSuggested) {
      await continueAsNew<typeof batchOperation>({ batchId });
    }
  }
}
