/**
 * How every effect on the outside begins: it is planned before the wire, what became of an earlier attempt is found, and
 * one attempt holds it. Where nobody can tell whether an earlier one arrived, and repeating is not safe, a person is asked.
 * What follows is `sent`, the call, and `confirm`, `notSent` or `unknown`. Class: side effect. Source: docs/design.md D12.
 */
import type { ApplicationFailure } from '@temporalio/common';
import type { Json } from '../engine/model/index.js';
import type { EffectRecord, Effects } from '../store/index.js';
import { requestHash } from './request-hash.js';
import type { EffectOf } from './side-effect.js';

/** An effect that is about to be. */
export interface Beginning {
  readonly kind: string;
  /** The outside system that it goes to (`connectors.ts`). */
  readonly connector: string;
  /** What makes this effect this effect; another request under the same key is a conflict. */
  readonly request: Json;
  /** Longer than the call takes with all its time-outs. */
  readonly holdMs: number;
  /** Repeating a call that may have arrived does no harm. */
  readonly isRepeatable: boolean;
  /** What is told where a person is asked. */
  readonly unknownOutcome: () => ApplicationFailure;
}

/** Either it happened (`isDone`; its answer is in the row), or this attempt holds it. */
export type Begun =
  | { readonly isDone: true; readonly row: EffectRecord }
  | { readonly isDone: false; readonly lease: EffectRecord };

/** Begins it. Errors: `unknownOutcome`; `EFFECT_CONFLICT`, `EFFECT_LEASED`, `STORE_UNSEALED`. */
export async function beginEffect(
  effects: Effects,
  { effectKey, customerKeyId, instanceId }: EffectOf,
  { kind, connector, request, holdMs, isRepeatable, unknownOutcome }: Beginning,
): Promise<Begun> {
  const hash = requestHash(request);
  const row = await effects.plan(effectKey, kind, hash, customerKeyId, {
    ...{ connector, instanceId },
  });
  if (row.state === 'confirmed') return { isDone: true, row };
  if (row.state === 'unknown') throw unknownOutcome();
  const lease = await effects.lease(effectKey, holdMs);
  if (lease.state === 'sent' && !isRepeatable) {
    const failure = unknownOutcome();
    await effects.unknown(lease, failure.type ?? undefined);
    throw failure;
  }
  return { isDone: false, lease };
}
