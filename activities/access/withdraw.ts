/** Takes back what hung on accesses that ended in our registry: their rows, and the accounts of their holders. */
import { ACCESS_GRANT } from '../../store/index.js';
import { type EffectOf, partOf, type SideEffectDeps } from '../side-effect.js';
import { OWN_SYSTEM } from '../systems/declaration.js';
import { connectorsOf } from '../systems/index.js';
import { accessIdIn } from '../systems/local.js';
import { accessOf, type Grant, grantsOf } from './record.js';

/** What ended, and of whom. */
export interface EndedAccesses {
  readonly customerId: string;
  readonly accessIds: readonly string[];
  /** Accesses that take their place, whose accounts stay: the holder may be the same. */
  readonly fresh?: readonly string[];
}

/** Errors: those of the connectors. A customer that the record does not have has no such rows. Class: side effect. */
export async function withdraw(
  deps: SideEffectDeps,
  job: EffectOf,
  { customerId, accessIds, fresh = [] }: EndedAccesses,
): Promise<void> {
  if (accessIds.length === 0) return;
  const owner = { customerId, contactId: null };
  const open = (await grantsOf(deps.record, owner)).filter(({ revokedAt }) => revokedAt === null);
  const ended = accessIds.map(accessIdIn);
  const own = open.filter((row) => row.system === OWN_SYSTEM && ended.includes(row.externalId));
  const holders = own.flatMap(({ contactId }) => contactId ?? []);
  for (const connector of connectorsOf(deps)) {
    if (!connector.grants) continue;
    const accounts = open.filter(
      ({ grantId, system, contactId }) =>
        system === connector.system &&
        holders.includes(contactId ?? '') &&
        !fresh.includes(grantId),
    );
    for (const account of accounts) {
      await connector.set(accessOf(account), false, partOf(job, account.grantId));
      await close(deps, account, connector.method);
    }
  }
  // ours last: by them an attempt that died finds what is left to do
  for (const row of own) await close(deps, row, 'superseded');
}

async function close({ record, now }: SideEffectDeps, row: Grant, method: string | null) {
  const revokedAt = new Date(now()).toISOString();
  await record.table(ACCESS_GRANT).change([row.grantId], row.version, { revokedAt, method });
}
