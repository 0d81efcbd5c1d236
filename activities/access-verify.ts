/**
 * `access.verify`: reads an access again, by a credential that cannot change it, never from what revoking answered; or
 * writes down that one person took it away and another one looked.
 */
import * as z from 'zod';
import type { JobInput } from '../contracts/job.js';
import type { Variables } from '../engine/model/index.js';
import { ACCESS_GRANT, type RecordTables } from '../store/index.js';
import { byConnector } from './access/by-connector.js';
import { ITEM } from './access/inputs.js';
import { accessOf, addEvidence, grantOf, newGrant } from './access/record.js';
import { once, type SideEffectDeps, sideEffect } from './side-effect.js';
import { connectorOfId } from './systems/index.js';

const TICKED = z
  .object({
    by: z.string().min(1),
    checkedBy: z.string().min(1),
    found: z.boolean(),
    note: z.string().max(5000).nullish(),
  })
  .refine(({ by, checkedBy }) => by !== checkedBy, {
    path: ['checkedBy'],
    message: 'must be another person than by',
  });

const INPUT = z.object({
  customerId: z.string().min(1),
  item: ITEM,
  byHand: TICKED.nullish(),
});

type Input = z.infer<typeof INPUT>;
type ByHand = z.infer<typeof TICKED>;

/**
 * `access.verify`: `{customerId, item, byHand?}` → `{result: {grantId, system, method, revokedAt, verifiedAt, by,
 * evidenceId, hash, result}}`, whose `result` is `verified`, `nothing-there`, `still-there` or `unclear`.
 * Errors: `CONNECTOR_REFUSED` (BPMN), `ACCESS_GRANT_UNKNOWN`, those of the connector.
 */
export const accessVerify = sideEffect({
  type: 'access.verify',
  input: INPUT,
  run: (input, job, deps) =>
    input.byHand ? tick(input, input.byHand, job, deps) : verify(input, job, deps),
});

async function verify(
  { customerId, item }: Input,
  job: JobInput,
  deps: SideEffectDeps,
): Promise<Variables> {
  const { system } = item;
  const grantId = item.grantId ?? '';
  const connector = connectorOfId(deps, system);
  const access = accessOf(await grantOf(deps.record, customerId, grantId));
  const { state, content } = await byConnector(() =>
    connector.check(access, `${job.effectKey}.read`),
  );
  const result = RESULTS[state];
  return {
    result: await once(deps, job, 'access.verify', { grantId }, async (tx) => {
      const record = deps.record.within(tx);
      const grant = await grantOf(record, customerId, grantId);
      const evidence = { customerId, grantId, system, step: 'verified' as const, result };
      const kept = await addEvidence(record, { ...evidence, doneBy: null, content }, deps.now());
      const { evidenceId, hash, at } = kept;
      const isGone = result === 'verified';
      const changes = isGone
        ? { revokedAt: grant.revokedAt ?? at, verifiedAt: at, evidenceId }
        : { revokedAt: null, verifiedAt: null };
      await record.table(ACCESS_GRANT).change([grantId], grant.version, changes);
      const { method } = grant;
      const { revokedAt, verifiedAt } = changes;
      const by = connector.system;
      return { grantId, system, method, revokedAt, verifiedAt, by, evidenceId, hash, result };
    }),
  };
}

const RESULTS = {
  open: 'still-there',
  closed: 'verified',
  gone: 'verified',
  unclear: 'unclear',
} as const;

async function tick(
  { customerId, item }: Input,
  byHand: ByHand,
  job: JobInput,
  deps: SideEffectDeps,
): Promise<Variables> {
  const { system } = item;
  const { by, checkedBy, found } = byHand;
  const result = found ? 'verified' : 'nothing-there';
  const request = { grantId: item.grantId, by, checkedBy, found };
  return {
    result: await once(deps, job, 'access.verify', request, async (tx) => {
      const record = deps.record.within(tx);
      const grantId = item.grantId ?? (await addByHand(record, customerId, item, deps.now()));
      const grant = await grantOf(record, customerId, grantId);
      const evidence = { customerId, grantId, system, step: 'checked' as const, result };
      const content = { by, checkedBy, found, note: byHand.note ?? null };
      const whole = { ...evidence, doneBy: checkedBy, content };
      const { evidenceId, hash, at } = await addEvidence(record, whole, deps.now());
      const method = 'by-hand';
      const changes = { method, revokedAt: at, verifiedAt: at, evidenceId };
      await record.table(ACCESS_GRANT).change([grantId], grant.version, changes);
      return { grantId, system, by, hash, result, ...changes };
    }),
  };
}

/** What a person added to the list, or a system that never answered, comes into the record here. */
export async function addByHand(
  record: RecordTables,
  customerId: string,
  { system, kind, label }: z.infer<typeof ITEM>,
  nowMs: number,
): Promise<string> {
  const row = newGrant({
    ...{ customerId, contactId: null, system, kind, holder: 'contact' },
    externalId: label ?? system,
    grantedAt: new Date(nowMs).toISOString(),
  });
  await record.table(ACCESS_GRANT).add([row]);
  return row.grantId;
}
