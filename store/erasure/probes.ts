/** A value that is sealed under a key before the key is destroyed, so that it can be shown not to open afterwards. */
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Sealer } from '../customers/sealer.js';
import type { Queryable } from '../database.js';

const placeOf = (requestId: string, keyId: string): string =>
  JSON.stringify(['erasure_probes', requestId, keyId]);

/** Makes the probe of a key of a request; one that is there stays. Errors: those of `Sealer.seal`. Class: side effect. */
export async function makeProbe(
  tx: Queryable,
  sealer: Sealer,
  { requestId, keyId }: { readonly requestId: string; readonly keyId: string },
): Promise<void> {
  const sealed = await sealer.seal(keyId, randomBytes(32), placeOf(requestId, keyId));
  await tx.execute(sql`insert into erasure_probes (request_id, key_id, sealed)
    values (${requestId}, ${keyId}, ${sealed}) on conflict do nothing`);
}

/** Tries to open the probes of a request. @returns the id of a key that opened one; null: none did. Class: side effect. */
export async function openingProbe(
  db: Queryable,
  sealer: Sealer,
  requestId: string,
): Promise<string | null> {
  const { rows } = await db.execute<{ key_id: string; sealed: Uint8Array }>(
    sql`select key_id, sealed from erasure_probes where request_id = ${requestId} order by key_id`,
  );
  for (const { key_id: keyId, sealed } of rows) {
    if ((await sealer.open(keyId, sealed, placeOf(requestId, keyId))) !== null) return keyId;
  }
  return null;
}
