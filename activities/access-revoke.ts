/**
 * `access.revoke`: takes one access of the record away, or undoes what an attempt to set up granted. Repeating it changes
 * nothing; that it is gone is for `access.verify` to say, by another credential.
 */
import * as z from 'zod';
import type { JobInput } from '../contracts/job.js';
import type { Json, Variables } from '../engine/model/index.js';
import { ACCESS_GRANT } from '../store/index.js';
import { endResources, killLinks } from '../store/registry/index.js';
import { grantIdsOf } from './access/batches.js';
import { eachByConnector } from './access/by-connector.js';
import { ITEM } from './access/inputs.js';
import { accessOf, addEvidence, grantOf } from './access/record.js';
import { withdraw } from './access/withdraw.js';
import { type EffectOf, once, partOf, type SideEffectDeps, sideEffect } from './side-effect.js';
import type { Connector } from './systems/connector.js';
import { connectorOfId } from './systems/index.js';

const ONE = z.object({
  customerId: z.string().min(1),
  item: ITEM.extend({ grantId: z.string().min(1) }),
});
const UNDO = z.object({ attempt: z.string().min(1), customerId: z.string().default('') });

/**
 * `access.revoke`: `{customerId, item}` → `{result: {grantId, count, system, method, state, revokedAt, evidenceId}}`, or
 * `{attempt}` → `{ended}`. Errors: `CONNECTOR_REFUSED` (BPMN), `ACCESS_GRANT_UNKNOWN`, those of the connector.
 */
export const accessRevoke = sideEffect({
  type: 'access.revoke',
  describes: {
    title: 'Revoke access',
    says: 'Takes one access away, or undoes what an attempt granted.',
    output: { result: 'what was done, with its evidence', ended: 'accesses that were undone' },
  },
  input: z.union([ONE, UNDO]),
  run: (input, job, deps) =>
    'item' in input
      ? revoke(input, job, deps, 'disable')
      : undo(input.attempt, input.customerId, job, deps),
});

/**
 * `access.delete`: deletes one account for good, for when the data of a customer are deleted: as `access.revoke`, and
 * `access.restore` cannot give it back. Errors: those, and `SCIM_DELETE_REFUSED`, as `CONNECTOR_REFUSED` (BPMN).
 */
export const accessDelete = sideEffect({
  type: 'access.delete',
  describes: {
    title: 'Delete an access',
    says: 'Removes an account for good, where the operator allows it.',
    output: { result: 'what was done, with its evidence' },
  },
  input: ONE,
  run: (input, job, deps) => revoke(input, job, deps, 'delete'),
});

async function revoke(
  { customerId, item }: z.infer<typeof ONE>,
  job: JobInput,
  deps: SideEffectDeps,
  how: 'disable' | 'delete',
): Promise<Variables> {
  const grantIds = await grantIdsOf(deps.record, customerId, item);
  const each = { customerId, how, job, connector: connectorOfId(deps, item.system) };
  const done: Revoked[] = [];
  // one that is refused must not keep the others open
  const refused = await eachByConnector(grantIds, async (grantId) => {
    done.push(await revokeOne(deps, { ...each, grantId }));
  });
  const last = done.at(-1);
  if (refused !== null || !last) throw refused ?? new Error('a line of the list has no access');
  return { result: { ...last, grantId: item.grantId, count: done.length } };
}

interface Revoked extends Record<string, Json> {
  readonly system: string;
  readonly method: string | null;
  readonly state: string;
  readonly revokedAt: string;
  readonly evidenceId: string;
}

async function revokeOne(
  deps: SideEffectDeps,
  one: {
    readonly customerId: string;
    readonly grantId: string;
    readonly how: 'disable' | 'delete';
    readonly job: EffectOf;
    readonly connector: Connector;
  },
): Promise<Revoked> {
  const { customerId, grantId, how, connector } = one;
  const { system } = connector;
  const access = accessOf(await grantOf(deps.record, customerId, grantId));
  const effect = partOf(one.job, grantId);
  const { state, content } =
    how === 'delete'
      ? await connector.remove(access, effect)
      : await connector.set(access, false, effect);
  return once(deps, partOf(effect, 'row'), `access.${how}`, grantId, async (tx) => {
    const record = deps.record.within(tx);
    const { version } = await grantOf(record, customerId, grantId);
    const evidence = { customerId, grantId, system, step: 'revoked' as const, result: state };
    const kept = await addEvidence(record, { ...evidence, doneBy: null, content }, deps.now());
    const { evidenceId, at: revokedAt } = kept;
    const method = how === 'delete' ? 'delete' : connector.method;
    await record.table(ACCESS_GRANT).change([grantId], version, { method, revokedAt, evidenceId });
    return { system, method, state, revokedAt, evidenceId };
  });
}

/** Links die, nothing comes late, and the accounts that were made for it are closed. */
async function undo(
  attempt: string,
  customerId: string,
  job: JobInput,
  deps: SideEffectDeps,
): Promise<Variables> {
  const undone = await once(deps, job, 'access.revoke', { attempt }, async (tx) => {
    await killLinks(tx, { attempt });
    return { ended: [...(await endResources(tx, attempt, 'access'))] };
  });
  await withdraw(deps, job, { customerId, accessIds: undone.ended });
  return undone;
}
