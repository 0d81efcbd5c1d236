/**
 * A change of another system that may be repeated without harm, under a row of the ledger: an attempt that died between
 * sending and confirming is made again, and finds what it did. Class: side effect.
 */
import { createHash } from 'node:crypto';
import type { Json } from '../../engine/model/index.js';
import type { Effects } from '../../store/index.js';
import { final } from '../failures.js';
import type { EffectOf } from '../side-effect.js';

/** Longer than all requests of one change take with their time-outs. */
const HOLD_MS = 120_000;

/**
 * @returns what `change` gave, now or the first time: ids and states, nothing of a person. Errors: those of both, and
 * `EFFECT_ERASED` when what it gave cannot be read any more
 */
export async function settle<T extends Json>(
  effects: Effects,
  { effectKey, customerKeyId }: EffectOf,
  kind: string,
  request: Json,
  change: () => Promise<T>,
): Promise<T> {
  const hash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const row = await effects.plan(effectKey, kind, hash, customerKeyId);
  if (row.isErased) throw final('EFFECT_ERASED', { key: effectKey });
  if (row.state === 'confirmed') return row.response as T;
  const lease = await effects.lease(effectKey, HOLD_MS);
  await effects.sent(lease);
  let result: T;
  try {
    result = await change();
  } catch (error) {
    await effects.notSent(lease);
    throw error;
  }
  await effects.confirm(lease, result);
  return result;
}
