/** Modification: an operator cancels, activates and moves tokens, all or nothing (S97). */
import { fault } from '../../errors/index.js';
import { carryOut } from '../modification/carry-out.js';
import { planModification } from '../modification/plan.js';
import type { Handler } from './index.js';

/** Judges all of it, then does all of it. A suspended instance takes it: placed tokens move when it is resumed. */
export const modify: Handler<'modify'> = (run, event) => {
  const { status, instanceId } = run.state;
  if (status !== 'active') return fault('INSTANCE_ENDED', { instance: instanceId, status });
  const plan = planModification(run, event);
  if ('code' in plan) return plan;
  carryOut(run, plan, event.actor);
  return null;
};
