/**
 * The `jobs` of a scenario → a provider of answers. A list answers call after call and then repeats its last;
 * calls of one type are counted over the whole run. Class: pure seen from outside.
 */
import { evaluate } from '../../expressions/index.js';
import { type Json, own, type Variables } from '../../model/index.js';
import type { JobAnswer, JobCall, JobProvider } from '../types.js';
import { later } from './instants.js';
import { formula, type Scenario, type ScenarioAnswer } from './schema.js';

/** Makes the provider; a type without an answer completes with nothing. */
export function createAnswers(jobs: Scenario['jobs']): JobProvider {
  const calls = new Map<string, number>();
  return (call) => {
    const { type } = call.job;
    const given = own(jobs, type) ?? {};
    const list = Array.isArray(given) ? given : [given];
    const count = calls.get(type) ?? 0;
    calls.set(type, count + 1);
    return answerOf(list[Math.min(count, list.length - 1)] ?? {}, call);
  };
}

function answerOf(answer: ScenarioAnswer, call: JobCall): JobAnswer {
  const afterMs = answer.after ? Date.parse(later(call.at, answer.after)) - Date.parse(call.at) : 0;
  if (answer.fail !== undefined) return { ...failed(answer.fail), afterMs };
  if (answer.error) return { kind: 'throw', ...answer.error, afterMs };
  if (answer.feel !== undefined) return { ...computed(answer.feel, call), afterMs };
  return { kind: 'complete', variables: answer.complete ?? {}, afterMs };
}

function computed(source: string, { job, at, instanceId }: JobCall): JobAnswer {
  const lookup = (name: string): Json | undefined => own(job.variables, name);
  const scope = { at, zone: 'UTC', seed: `${instanceId} ${job.id}`, lookup };
  const result = evaluate(formula(source), scope);
  if (!result.ok) return failed(`${result.code}: ${result.message}`);
  const { value } = result;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return failed(`its answer '${source}' is no context`);
  }
  return { kind: 'complete', variables: value as Variables, afterMs: 0 };
}

function failed(message: string): JobAnswer {
  return { kind: 'fail', message, afterMs: 0 };
}
