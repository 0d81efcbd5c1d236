/** The start of an instance (S08–S10). */
import { type Fault, fault } from '../../errors/index.js';
import { own, type StartPlan } from '../../model/index.js';
import { checkStartVariables, withoutUndeclared } from '../declarations.js';
import { beginInstance } from '../instance.js';
import type { Run } from '../run.js';
import type { Handler } from './index.js';

const list = (starts: readonly StartPlan[]): string =>
  starts.map(({ elementId }) => elementId).join(', ') || 'none';

/** Which start event a command means; null for the single none start or implicit starts. */
const choose = (run: Run, elementId: string | null): Fault | null => {
  const { id, starts, scopes } = run.process;
  if (elementId !== null) {
    const isStart = starts.some((start) => start.elementId === elementId);
    const facts = { process: id, element: elementId, starts: list(starts) };
    return isStart ? null : fault('START_EVENT_UNKNOWN', facts);
  }
  const none = starts.filter(({ trigger }) => trigger === 'none');
  if (none.length > 1) return fault('START_AMBIGUOUS', { starts: list(none) });
  const hasStart = none.length === 1 || (own(scopes, id)?.starts.length ?? 0) > 0;
  return hasStart ? null : fault('START_NOT_POSSIBLE', { process: id, starts: list(starts) });
};

/** Starts an instance once. */
export const start: Handler<'start'> = (run, event) => {
  const { status, instanceId } = run.state;
  if (status !== 'created') return fault('INSTANCE_STARTED', { instance: instanceId, status });
  const variables = withoutUndeclared(run.process, event);
  const problem = choose(run, event.elementId) ?? checkStartVariables(run.process, variables);
  if (problem !== null) return problem;
  beginInstance(run, { ...event, variables });
  return null;
};
