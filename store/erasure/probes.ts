/** A value that is sealed under a key before the key is destroyed, so that it can be shown not to open afterwards. */
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Sealer } from '../customers/sealer.js';
import type { Queryable } from '../database.js';

const placeOf = (requestId: string): string => JSON.stringify(['erasure_probes', requestId]);

/** Makes the probe of a request; one that is there stays. Errors: those of `Sealer.seal`. Class: side effect. */
export async function makeProbe(
  tx: Queryable,
  sealer: Sealer,
  { requestId, keyId }: { readonly requestId: string; readonly keyId: string },
): Promise<void> {
  const sealed = await sealer.seal(keyId, randomBytes(32), placeOf(requestId));
  await tx.execute(sql`insert into erasure_probes (request_id, key_id, sealed)
    values (${requestId}, ${keyId}, ${sealed}) on conflict do nothing`);
}

/** `absent`: none was made. */
export type ProbeResult = 'opens' | 'dead' | 'absent';

/** Tries to open it. Class: side effect. */
export async function tryProbe(
  db: Queryable,
  sealer: Sealer,
  requestId: string,
): Promise<ProbeResult> {
  const { rows } = await db.execute<{ key_id: string; sealed: Uint8Array }>(
    sql`select key_id, sealed from erasure_probes where request_id = ${requestId}`,
  );
  const [row] = rows;
  if (!row) return 'absent';
  const plain = await sealer.open(row.key_id, row.sealed, placeOf(requestId));
  return plain === null ? 'dead' : 'opens';
}
