/**
 * `access.restore`: gives back what was revoked and can be: accounts are opened again, our registry as well, and the
 * freeze is lifted. What a person took away, or what the system refuses to open, is told and left.
 */
import { ApplicationFailure } from '@temporalio/common';
import * as z from 'zod';
import type { JobInput } from '../contracts/job.js';
import { ACCESS_GRANT } from '../store/index.js';
import { thaw } from '../store/registry/index.js';
import { OWNER, ownerOf } from './access/inputs.js';
import { accessOf, addEvidence, type Grant, grantOf, grantsOf } from './access/record.js';
import { isRestorable } from './access/restorable.js';
import { once, partOf, type SideEffectDeps, sideEffect } from './side-effect.js';
import { connectorOfId } from './systems/index.js';

/** `grants`: ids of a restore list; left out: all that can be. */
const INPUT = OWNER.and(z.object({ grants: z.array(z.string()).nullish() }));

/** What fits into a variable with ease. */
const MOST_TOLD = 500;

/**
 * `access.restore`: `{customerId, scope, contactId?, grants?}` → `{restored, notRestored: [{grantId, code}], restoredCount,
 * notRestoredCount}`; each list tells the first 500.
 */
export const accessRestore = sideEffect({
  type: 'access.restore',
  describes: {
    title: 'Restore access',
    says: 'Gives back what was revoked and can be, and lifts the freeze.',
    output: {
      restored: 'accesses that are open again',
      notRestored: 'accesses left, each with a code',
    },
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const owner = ownerOf(input);
    const wanted = input.grants ?? null;
    // which they are is settled once, so that an attempt that died goes on with the same list
    const list = await once(deps, job, 'access.restore', { ...owner, wanted }, async (tx) => {
      await thaw(tx, owner);
      const grants = await grantsOf(deps.record.within(tx), owner);
      const revoked = grants.filter(({ revokedAt }) => revokedAt !== null);
      const asked = revoked.filter(({ grantId }) => wanted === null || wanted.includes(grantId));
      return asked.map(({ grantId, method }) => ({ grantId, isRestorable: isRestorable(method) }));
    });
    const restored: string[] = [];
    const notRestored: { grantId: string; code: string }[] = [];
    for (const { grantId, isRestorable: can } of list) {
      const code = can
        ? await restore(await grantOf(deps.record, owner.customerId, grantId), job, deps)
        : 'NOT_RESTORABLE';
      if (code === null) restored.push(grantId);
      else notRestored.push({ grantId, code });
    }
    return {
      restored: restored.slice(0, MOST_TOLD),
      notRestored: notRestored.slice(0, MOST_TOLD),
      restoredCount: restored.length,
      notRestoredCount: notRestored.length,
    };
  },
});

/** @returns null, or the code of why it cannot be */
async function restore(grant: Grant, job: JobInput, deps: SideEffectDeps): Promise<string | null> {
  const { grantId, customerId, system } = grant;
  const effect = partOf(job, grantId);
  try {
    const { state, content } = await connectorOfId(deps, system).set(accessOf(grant), true, effect);
    await once(deps, partOf(effect, 'row'), 'access.restore', grantId, async (tx) => {
      const record = deps.record.within(tx);
      const { version } = await grantOf(record, customerId, grantId);
      const evidence = { customerId, grantId, system, step: 'restored' as const, result: state };
      const kept = await addEvidence(record, { ...evidence, doneBy: null, content }, deps.now());
      const { evidenceId } = kept;
      const changes = { revokedAt: null, verifiedAt: null, method: null, evidenceId };
      await record.table(ACCESS_GRANT).change([grantId], version, changes);
      return null;
    });
    return null;
  } catch (error) {
    const isRefused = error instanceof ApplicationFailure && error.nonRetryable;
    if (!isRefused) throw error;
    return error.type ?? 'UNKNOWN';
  }
}
