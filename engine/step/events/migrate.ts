/** Migration: an operator lets the instance go on with another version of its process, all or nothing (S99). */
import { fault, InvariantError } from '../../errors/index.js';
import type { InstanceState } from '../../model/index.js';
import { carryOut } from '../migration/carry-out.js';
import { Correspondence } from '../migration/correspondence.js';
import { judgeMigration } from '../migration/judge.js';
import { Run } from '../run.js';
import type { Handler } from './index.js';

/**
 * Judges all of it, then does all of it. A suspended instance takes it. What is new to wait for may not be possible, so that
 * is tried on a copy before.
 */
export const migrate: Handler<'migrate'> = (run, event) => {
  const { state, target } = run;
  const { status, instanceId } = state;
  if (status !== 'active') return fault('INSTANCE_ENDED', { instance: instanceId, status });
  if (target === null) throw new InvariantError('a host has to say what a migration leads to');
  if ('code' in target) return target;
  const correspondence = new Correspondence(run.process, target, event.mappings);
  const [problem] = judgeMigration(state, correspondence);
  if (problem !== undefined) return problem;
  const twin = new Run(
    run.process,
    JSON.parse(JSON.stringify(state)) as InstanceState,
    run.at,
    null,
  );
  return carryOut(twin, correspondence, event) ?? carryOut(run, correspondence, event);
};
