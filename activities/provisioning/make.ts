/** Making and ending what an attempt sets up, each in one transaction with its ledger row. */
import * as z from 'zod';
import type { JobInput } from '../../contracts/job.js';
import type { Json } from '../../engine/model/index.js';
import type { Queryable } from '../../store/index.js';
import {
  activeResources,
  createResources,
  endResources,
  type ResourceKind,
} from '../../store/registry/index.js';
import { newId } from '../identifiers.js';
import { once, type SideEffect, type SideEffectDeps, sideEffect } from '../side-effect.js';

/** Whose it is, and under which attempt: what all of provisioning reads. */
export const PLACE = z.object({ customerId: z.string().min(1), attempt: z.string().min(1) });

/** BPMN error of everything that a person may mend and try again. */
export const PROVISIONING_FAILED = 'PROVISIONING_FAILED';

/** What to make. */
export interface Making {
  readonly kind: ResourceKind;
  readonly customerId: string;
  readonly attempt: string;
  readonly count: number;
  readonly detail: Readonly<Record<string, Json>>;
  /** One a customer: what an earlier attempt set up is used again, and an undo leaves it alone. */
  readonly isShared: boolean;
  /** Throws a BPMN error when it cannot be made. */
  readonly check?: (tx: Queryable) => Promise<void>;
}

/** Makes resources once. @returns their ids: new ones, or those that the attempt or the customer has */
export function make(
  deps: SideEffectDeps,
  job: JobInput,
  { kind, customerId, attempt, count, detail, isShared, check }: Making,
): Promise<readonly string[]> {
  return once(deps, job, kind, { attempt, kind }, async (tx) => {
    await check?.(tx);
    const owner = isShared ? { customerId } : { attempt };
    const known = await activeResources(tx, kind, owner);
    if (known.length > 0) return known.map(({ resourceId }) => resourceId);
    const ids = Array.from({ length: count }, () => newId(deps.now()));
    const { effectKey } = job;
    const rows = ids.map((resourceId) => ({
      resourceId,
      kind,
      customerId,
      attempt,
      detail,
      effectKey,
    }));
    await createResources(tx, rows);
    return ids;
  }).then((ids) => ids as string[]);
}

/** The side effect that ends what an attempt has of a kind: → `{ended: ids}`. Nothing there is fine as well. */
export function endEffect(type: string, kind: ResourceKind): SideEffect {
  return sideEffect({
    type,
    describes: {
      title: `Undo: ${kind.replaceAll('-', ' ')}`,
      says: 'Undoes what an attempt set up, and bars it from coming late.',
      output: { ended: 'ids of what was ended' },
    },
    input: PLACE.omit({ customerId: true }).extend({ customerId: z.string().default('') }),
    run: async ({ attempt }, job, deps) =>
      once(deps, job, type, { attempt }, async (tx) => ({
        ended: [...(await endResources(tx, attempt, kind))],
      })),
  });
}
