/** Takes back what hung on accesses that ended in our registry: their rows, and the accounts of their holders. */
import { ACCESS_GRANT } from '../../store/index.js';
import type { SideEffectDeps } from '../side-effect.js';
import { OWN_SYSTEM } from '../systems/declaration.js';
import { connectorsOf } from '../systems/index.js';
import { accessIdIn } from '../systems/local.js';
import { accessOf, type Grant, grantsOf } from './record.js';

/** Errors: those of the connectors. A customer that the record does not have has no such rows. Class: side effect. */
export async function withdraw(
  deps: SideEffectDeps,
  effectKey: string,
  customerId: string,
  accessIds: readonly string[],
): Promise<void> {
  if (accessIds.length === 0) return;
  const owner = { customerId, contactId: null };
  const open = (await grantsOf(deps.record, owner)).filter(({ revokedAt }) => revokedAt === null);
  const ended = accessIds.map(accessIdIn);
  const own = open.filter((row) => row.system === OWN_SYSTEM && ended.includes(row.externalId));
  const holders = own.map(({ contactId }) => contactId);
  for (const connector of connectorsOf(deps)) {
    if (!connector.grants) continue;
    const accounts = open.filter(
      ({ system, contactId }) => system === connector.system && holders.includes(contactId),
    );
    for (const account of accounts) {
      await connector.set(accessOf(account), false, `${effectKey}.${account.grantId}`);
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
