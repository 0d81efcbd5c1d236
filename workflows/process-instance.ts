/**
 * One process instance, whatever its definition: it collects events in history order, asks the local activity
 * `decide` what follows, and carries that out. It decides nothing itself, so a replay only applies recorded
 * decisions. Class: workflow. Source: docs/design.md D4, D10.
 */
import { condition, continueAsNew, patched } from '@temporalio/workflow';
import type { InstanceEnd, InstanceStart } from '../contracts/instance.js';
import { mustConfirm } from './instance/adopted.js';
import { argumentOfNextRun, excessOf, mayContinue, restore } from './instance/continue.js';
import { decideNext, mayDecide } from './instance/decision.js';
import { endOf, mayFinish } from './instance/end.js';
import { registerHandlers } from './instance/handlers.js';
import { openHost } from './instance/host.js';
import { parkTooLarge } from './instance/park.js';

/**
 * Runs an instance to its end, over as many runs as it takes.
 *
 * @param start - the pinned definition, and the first event or what the run before handed on
 * @returns status and variables of the process scope. It fails only by a bug of its own.
 */
export async function processInstance(start: InstanceStart): Promise<InstanceEnd> {
  const host = openHost(start);
  registerHandlers(host);
  if (start.begin.kind === 'carried') leaveTrace();
  restore(host);
  for (;;) {
    let excess: number | null = null;
    const mustDecide = (): boolean => mayDecide(host) || mustConfirm(host);
    await condition(() => {
      excess = excessOf(host);
      return mustDecide() || excess !== null || mayContinue(host) || mayFinish(host);
    });
    if (mustDecide()) {
      if (host.isOrdered) await untilAllIsTaken();
      if (mustDecide()) await decideNext(host);
    } else if (excess !== null) await parkTooLarge(host, excess);
    else if (mayContinue(host))
      await continueAsNew<typeof processInstance>(argumentOfNextRun(host));
    else if (mayFinish(host)) return endOf(host);
  }
}

/**
 * Leaves a marker in the first task of a continued run. Temporal drops a first task that came of a request alone, was
 * refused, and left nothing; the SDK loses the run with it, and who asks next waits until its task is given to any
 * worker. Runs that began without the marker go on without it: that is what a patch is.
 */
function leaveTrace(): void {
  patched('first-task-leaves-a-trace');
}

/**
 * Waits until all that came in one workflow task has been taken. There, requests come before the results of activities,
 * and an activity may bring the decision that a request is about.
 */
async function untilAllIsTaken(): Promise<void> {
  let isAsked = false;
  await condition(() => {
    const isAskedAgain = isAsked;
    isAsked = true;
    return isAskedAgain;
  });
}
