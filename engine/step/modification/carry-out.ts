/**
 * Carries a plan out: tokens are placed, then the rest ends, so that no scope completes in between (S97). What ends is
 * interrupted: it may be cut into pieces, and called instances confirm (S46). Placed tokens move after all of that.
 */
import type { ElementInstance, Json } from '../../model/index.js';
import { endAll } from '../continuations.js';
import { placeEntry } from '../flows.js';
import { interruptWhole } from '../interrupt.js';
import { takeFromJoin } from '../joins.js';
import type { Run } from '../run.js';
import { isHandler, live } from '../tree.js';
import { setLocal } from '../variables.js';
import type { Plan } from './plan.js';

/** Does all of it. */
export function carryOut(run: Run, plan: Plan, actor: string | null): void {
  const root = run.element(run.state.rootId as string);
  const who = actor ?? 'somebody';
  run.cause = run.record('instanceModified', root, { ...plan.told } as Record<string, Json>, 'S97');
  run.weight += plan.bytes;
  for (const { scope, variables } of plan.written) setLocal(run, scope, variables);
  for (const { scope, entries } of plan.placings) {
    live(run, scope, entries.length);
    for (const entry of entries) placeEntry(run, scope, entry);
  }
  if (plan.isEnd) {
    // What was kept while suspended is taken afterwards, as when it is cancelled as a whole.
    run.state.suspendedAt = null;
    run.reason = `was cancelled with the instance: ${who} cancelled the last that was in it`;
    endAll(run, 'cancelled');
    return;
  }
  // Each comes before all others: the last to be put there is the first to be done.
  for (const { source, reason } of plan.endings.toReversed()) {
    if (source.kind === 'instance') end(run, source.instance, reason(who));
    else takeFromJoin(run, source.scope, source.join, { ...source, reason: reason(who) });
  }
}

const end = (run: Run, instance: ElementInstance, reason: string): void => {
  run.reason = reason;
  const scopeId = instance.parentId as string;
  interruptWhole(run, instance, {
    kind: 'left',
    scopeId,
    isHandler: isHandler(run, instance),
  });
};
