/** Trying a request out on a copy of an instance: what a preview tells of, and no host hears of. */
import type { ExecutableProcess, InstanceState } from '../model/index.js';
import { drainFirst } from './first-moves.js';
import { drain, finishUnderWay, settleAtRest } from './moves.js';
import { Run } from './run.js';

/** When and by whom it would be asked for; `target`: what a migration leads to. */
export interface Trial {
  readonly at: string;
  readonly actor: string | null;
  readonly target?: ExecutableProcess;
}

/**
 * Does what is asked, and all that follows from it until the instance waits again.
 *
 * @param state - left as it is
 * @param act - judges and does it; what to answer when it is refused, else null
 * @returns the run that it was done in, or what `act` answered when it refused
 * Class: pure. Cost grows with the size of the instance: it is copied.
 */
export function tryOut<R extends object>(
  process: ExecutableProcess,
  state: InstanceState,
  { at, actor, target }: Trial,
  act: (run: Run) => R | null,
): Run | R {
  const twin = JSON.parse(JSON.stringify(state)) as InstanceState;
  const never = (): boolean => false;
  // Who asks is answered at once, and nothing is half done by then (S03).
  const before = new Run(process, twin, at, null);
  finishUnderWay(before);
  before.close();
  const run = new Run(process, twin, at, null, target);
  run.actor = actor;
  const problem = act(run);
  if (problem !== null) return problem;
  if (drainFirst(run, never) && twin.suspendedAt === null && drain(run, never)) {
    settleAtRest(run, never);
  }
  return run;
}
