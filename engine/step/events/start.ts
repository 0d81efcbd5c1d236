/** The start of an instance (S08–S10). */
import { type Fault, fault } from '../../errors/index.js';
import {
  type ExecutableProcess,
  own,
  type StartEvent,
  type StartPlan,
  type Variables,
} from '../../model/index.js';
import { checkStartVariables, withoutUndeclared } from '../declarations.js';
import { beginInstance } from '../instance.js';
import type { Handler } from './index.js';

const list = (starts: readonly StartPlan[]): string =>
  starts.map(({ elementId }) => elementId).join(', ') || 'none';

/** Why a command means no start event; null: it means one, the single none start, or implicit starts. */
const choose = (
  { id, starts, scopes }: ExecutableProcess,
  elementId: string | null,
): Fault | null => {
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

/** Why a process would refuse a start, before there is an instance of it; null: it would not. Class: pure. */
export function checkStart(
  process: ExecutableProcess,
  { elementId, variables }: Pick<StartEvent, 'elementId' | 'variables'>,
): Fault | null {
  return choose(process, elementId) ?? checkStartVariables(process, variables);
}

/** Variables of a start, signed where the start event asks who it was; what starts by itself says so itself or not at all. */
function signed({ starts }: ExecutableProcess, event: StartEvent): Variables {
  const { elementId, variables, actor } = event;
  const isMeant = (start: StartPlan): boolean =>
    elementId === null ? start.trigger === 'none' : start.elementId === elementId;
  const startedBy = starts.find(isMeant)?.startedBy;
  return startedBy === undefined || actor === null
    ? variables
    : { ...variables, [startedBy]: actor };
}

/** Starts an instance once. */
export const start: Handler<'start'> = (run, event) => {
  const { status, instanceId } = run.state;
  if (status !== 'created') return fault('INSTANCE_STARTED', { instance: instanceId, status });
  const variables = withoutUndeclared(run.process, event);
  const problem = checkStart(run.process, { ...event, variables });
  if (problem !== null) return problem;
  beginInstance(run, { ...event, variables: signed(run.process, { ...event, variables }) });
  return null;
};
