/** What the audit keeps of values that were read: who, of which instance, by what, why; never a value. Class: side effect. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Store } from '../../store/index.js';
import { idsOf } from '../camunda/keys.js';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { callerOf } from '../identities/principal.js';
import type { Sight } from './sight.js';

/** Pages read again whenever something moves: within this time the same reading is one, and has one entry. */
export const SAME_READING_MS = 300_000;
const REMEMBERED = 10_000;
/** Instances that an entry names. */
const MOST_NAMED = 200;

/** What was read. */
export interface Reading {
  /** Keys of the instances that values were shown of. */
  readonly instanceKeys: readonly string[];
  /** How many values. */
  readonly values: number;
  /** Names of variables that were asked for by their values. */
  readonly byVariables?: readonly string[];
}

const readings = new WeakMap<AppState, Map<string, number>>();

/** Keeps it, unless the same person read the same for the same reason a moment ago. */
export async function keepReading(
  state: AppState,
  request: FastifyRequest,
  { reason }: Sight,
  { instanceKeys, values, byVariables = [] }: Reading,
): Promise<void> {
  const { identities, camunda } = depsOf(state);
  const route = request.routeOptions.config.permission ?? 'unknown';
  const instances = await idsIn(camunda.store, instanceKeys);
  const [only] = instances;
  const object =
    instances.length === 1 && only !== undefined ? `instance:${only}` : `route:${route}`;
  const what = [callerOf(request).tokenHash, route, object, reason, instances, byVariables];
  if (isSameReading(state, what, identities.now())) return;
  const many = { instances: instances.slice(0, MOST_NAMED), instanceCount: instances.length };
  await camunda.store.audit.append({
    ...{ ...byOf(request, identities), reason, action: 'readValues', object },
    ...{ outcome: 'done', code: null },
    facts: { route, values, ...(instances.length > 1 && many) },
    data: byVariables.length > 0 ? { byVariables: [...byVariables] } : null,
  });
}

async function idsIn(store: Store, keys: readonly string[]): Promise<readonly string[]> {
  const ids = await idsOf(store, 'processInstance', keys);
  return ids.filter((id) => id !== null).sort();
}

/** Whether the same was read a moment ago. @param what - who read what, by what, why: plain JSON */
export function isSameReading(state: AppState, what: readonly unknown[], now: number): boolean {
  const known = readings.get(state) ?? new Map<string, number>();
  readings.set(state, known);
  const key = createHash('sha256').update(JSON.stringify(what)).digest('base64');
  const before = known.get(key);
  if (before !== undefined && now - before < SAME_READING_MS) return true;
  known.delete(key);
  known.set(key, now);
  const [oldest] = known.keys();
  if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  return false;
}
