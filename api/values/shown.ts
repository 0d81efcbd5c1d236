/** Answers as a caller may see them: values of the instances that are not shown to them are masked. Class: side effect (store). */
import type { FastifyRequest } from 'fastify';
import { idsOf } from '../camunda/keys.js';
import { type AppState, depsOf } from '../deps.js';
import { portfolioOf } from '../identities/portfolio.js';
import { callerOf } from '../identities/principal.js';
import { type Plan, visited } from './plan.js';
import type { Sight } from './sight.js';

/** What became of an answer. */
export interface Shown<T> {
  readonly answer: T;
  /** Keys of the instances that values were shown of. */
  readonly instanceKeys: readonly string[];
  /** How many values were shown. */
  readonly values: number;
  readonly isMasked: boolean;
}

/** Masks it. @param instanceKey - of the instance that all of it is of, where nothing within says so */
export async function shownTo<T>(
  state: AppState,
  request: FastifyRequest,
  { sight, plan }: { readonly sight: Sight; readonly plan: Plan },
  answer: T,
  instanceKey: string | null,
): Promise<Shown<T>> {
  const met = new Set<string>();
  visited(plan, answer, instanceKey, (_mark, value, key) => {
    if (key !== null) met.add(key);
    return value;
  });
  const seen = await seenOf(state, request, sight, [...met]);
  const shown = new Set<string>();
  let [values, isMasked] = [0, false];
  const masked = visited(plan, answer, instanceKey, (mark, value, key) => {
    if (sight.shows === 'all' || (key !== null && seen.has(key))) {
      values += 1;
      if (key !== null) shown.add(key);
      return value;
    }
    isMasked = true;
    return mark.mask(value);
  });
  return { answer: masked as T, instanceKeys: [...shown], values, isMasked };
}

/** Whether values of an instance are shown: for who tells them in sentences. */
export async function showsValuesOf(
  state: AppState,
  request: FastifyRequest,
  sight: Sight,
  instanceKey: string,
): Promise<boolean> {
  return (await seenOf(state, request, sight, [instanceKey])).has(instanceKey);
}

/** Which of these instances have their values shown. */
async function seenOf(
  state: AppState,
  request: FastifyRequest,
  { shows }: Sight,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (shows === 'none' || keys.length === 0) return new Set();
  if (shows === 'all') return new Set(keys);
  const own = depsOf(state).camunda.store.seenBy(portfolioOf(callerOf(request)));
  const ids = await idsOf(own, 'processInstance', keys);
  return new Set(keys.filter((_key, index) => ids[index] !== null));
}
