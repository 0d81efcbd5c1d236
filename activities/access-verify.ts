/**
 * `access.verify`: reads an access again, by a credential that cannot change it, never from what revoking answered; or
 * writes down that one person took it away and another one looked.
 */
import * as z from 'zod';
import type { JobInput } from '../contracts/job.js';
import type { Json, Variables } from '../engine/model/index.js';
import { ACCESS_GRANT, type RecordTables } from '../store/index.js';
import { grantIdsOf } from './access/batches.js';
import { eachByConnector } from './access/by-connector.js';
import { ITEM, type Item } from './access/inputs.js';
import { accessOf, addEvidence, type Grant, grantOf, newGrant } from './access/record.js';
import { once, partOf, type SideEffectDeps, sideEffect } from './side-effect.js';
import type { Reading } from './systems/connector.js';
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
 * `access.verify`: `{customerId, item, byHand?}` → `{result: {grantId, count, system, method, revokedAt, verifiedAt, by,
 * evidenceId, hash, result}}`, whose `result` is `verified`, `nothing-there`, `still-there` or `unclear`.
 * Errors: `CONNECTOR_REFUSED` (BPMN), `ACCESS_GRANT_UNKNOWN`, those of the connector.
 */
export const accessVerify = sideEffect({
  type: 'access.verify',
  describes: {
    title: 'Verify revocation',
    says: 'Reads an access again, by a credential that cannot change it.',
    output: { result: 'what was seen, with its evidence' },
  },
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
  const connector = connectorOfId(deps, system);
  const grantIds = await grantIdsOf(deps.record, customerId, item);
  const seen: { readonly grantId: string; readonly reading: Reading }[] = [];
  const refused = await eachByConnector(grantIds, async (grantId) => {
    const access = accessOf(await grantOf(deps.record, customerId, grantId));
    seen.push({ grantId, reading: await connector.check(access, partOf(job, 'read')) });
  });
  if (refused !== null) throw refused;
  const result = await once(deps, job, 'access.verify', [...grantIds], async (tx) => {
    const record = deps.record.within(tx);
    const entries: Entry[] = [];
    for (const { grantId, reading } of seen) {
      const grant = await grantOf(record, customerId, grantId);
      entries.push(await writeReading(record, grant, reading, deps.now()));
    }
    return { ...worstOf(entries), grantId: item.grantId, count: entries.length, by: system };
  });
  return { result };
}

const RESULTS = {
  open: 'still-there',
  unclear: 'unclear',
  closed: 'verified',
  gone: 'verified',
} as const;

interface Entry extends Record<string, Json> {
  readonly system: string;
  readonly method: string | null;
  readonly revokedAt: string | null;
  readonly verifiedAt: string | null;
  readonly evidenceId: string;
  readonly hash: string;
  readonly result: (typeof RESULTS)[keyof typeof RESULTS];
}

async function writeReading(
  record: RecordTables,
  grant: Grant,
  { state, content }: Reading,
  nowMs: number,
): Promise<Entry> {
  const { customerId, grantId, system, method } = grant;
  const result = RESULTS[state];
  const evidence = { customerId, grantId, system, step: 'verified' as const, result };
  const kept = await addEvidence(record, { ...evidence, doneBy: null, content }, nowMs);
  const { evidenceId, hash, at } = kept;
  const changes =
    result === 'verified'
      ? { revokedAt: grant.revokedAt ?? at, verifiedAt: at, evidenceId }
      : { revokedAt: null, verifiedAt: null };
  await record.table(ACCESS_GRANT).change([grantId], grant.version, changes);
  const { revokedAt, verifiedAt } = changes;
  return { system, method, revokedAt, verifiedAt, evidenceId, hash, result };
}

const WORST = ['still-there', 'unclear', 'verified'] as const;

/** Of a batch that which is worst: it is gone when all of it is. */
function worstOf(entries: readonly Entry[]): Entry {
  const found = WORST.map((result) => entries.find((one) => one.result === result));
  const worst = found.find((one) => one !== undefined);
  if (!worst) throw new Error('a line of the list has no access');
  return worst;
}

async function tick(
  { customerId, item }: Input,
  byHand: ByHand,
  job: JobInput,
  deps: SideEffectDeps,
): Promise<Variables> {
  const { system } = item;
  const { by, checkedBy, found } = byHand;
  const result = found ? 'verified' : 'nothing-there';
  const known = await grantIdsOf(deps.record, customerId, item);
  const request = { known: [...known], by, checkedBy, found };
  return {
    result: await once(deps, job, 'access.verify', request, async (tx) => {
      const record = deps.record.within(tx);
      const grantIds =
        known.length > 0 ? known : [await addByHand(record, customerId, item, deps.now())];
      let kept: Json = null;
      for (const grantId of grantIds) {
        const grant = await grantOf(record, customerId, grantId);
        const evidence = { customerId, grantId, system, step: 'checked' as const, result };
        const content = { by, checkedBy, found, note: byHand.note ?? null };
        const whole = { ...evidence, doneBy: checkedBy, content };
        const { evidenceId, hash, at } = await addEvidence(record, whole, deps.now());
        // what a connector had closed before it was refused can still be restored
        const isClosed = grant.revokedAt !== null;
        const method = isClosed ? grant.method : 'by-hand';
        const changes = { method, revokedAt: grant.revokedAt ?? at, verifiedAt: at, evidenceId };
        await record.table(ACCESS_GRANT).change([grantId], grant.version, changes);
        kept = { grantId, system, by, hash, result, ...changes };
      }
      return { ...(kept as Readonly<Record<string, Json>>), count: grantIds.length };
    }),
  };
}

/** What a person added to the list, or a system that never answered, comes into the record here. */
export async function addByHand(
  record: RecordTables,
  customerId: string,
  { system, kind, label }: Item,
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
