/**
 * A change of another system that may be repeated without harm, under a row of the ledger: an attempt that died between
 * sending and confirming is made again, and finds what it did. Class: side effect.
 */
import { InvariantError } from '../../engine/errors/index.js';
import type { Json } from '../../engine/model/index.js';
import type { Effects } from '../../store/index.js';
import { beginEffect } from '../begin-effect.js';
import { kindOfConnector } from '../connectors.js';
import { codeOf, final } from '../failures.js';
import type { EffectOf } from '../side-effect.js';

/** Longer than all requests of one change take with their time-outs. */
const HOLD_MS = 120_000;

/**
 * @returns what `change` gave, now or the first time: ids and states, nothing of a person. Errors: those of both, and
 * `EFFECT_ERASED` when what it gave cannot be read any more
 */
export async function settle<T extends Json>(
  effects: Effects,
  effect: EffectOf,
  connector: string,
  request: Json,
  change: () => Promise<T>,
): Promise<T> {
  const begun = await beginEffect(effects, effect, {
    ...{ kind: kindOfConnector(connector), connector, request },
    ...{ holdMs: HOLD_MS, isRepeatable: true },
    unknownOutcome: () => {
      throw new InvariantError('a change that may be repeated is never of unknown outcome');
    },
  });
  if (begun.isDone) {
    if (begun.row.isErased) throw final('EFFECT_ERASED', { key: effect.effectKey });
    return begun.row.response as T;
  }
  const { lease } = begun;
  await effects.sent(lease);
  let result: T;
  try {
    result = await change();
  } catch (error) {
    await effects.notSent(lease, codeOf(error));
    throw error;
  }
  await effects.confirm(lease, result);
  return result;
}
