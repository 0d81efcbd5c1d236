/**
 * Certificates of deletion: numbered without gaps, each with the hash of the one before, signed, and noted in the audit
 * log in the same transaction. Class: side effect. Source: docs/erasure.md.
 */
import { desc, sql } from 'drizzle-orm';
import { CERTIFICATE_ACTION, certificateHash, certificateText } from '../../audit/index.js';
import { appendActs } from '../audit/append.js';
import { tableOf } from '../customers/columns.js';
import type { RowOf } from '../customers/declaration.js';
import { DELETION_CERTIFICATE } from '../customers/entities/index.js';
import type { Queryable } from '../database.js';

/** A certificate with all its fields. */
export type Certificate = RowOf<typeof DELETION_CERTIFICATE>;

/** What a certificate says before it has its place in the chain. */
export type CertificateBody = Omit<
  Certificate,
  'number' | 'previousHash' | 'signature' | 'signedBy'
>;

/** Signs a text. `key`: the text of the public key. */
export interface CertificateSigner {
  readonly key: string;
  /** @returns base64 */
  readonly sign: (text: string) => string;
}

/** Adds a certificate after the last one. Whoever adds another waits until the transaction ends. */
export async function addCertificate(
  tx: Queryable,
  body: CertificateBody,
  signer: CertificateSigner,
  actor: string | null,
): Promise<Certificate> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('certificates', 0))`);
  const table = tableOf(DELETION_CERTIFICATE);
  const [last] = (await tx
    .select()
    .from(table)
    .orderBy(desc(table.number))
    .limit(1)) as unknown as readonly Certificate[];
  const unsigned = {
    ...body,
    number: (last?.number ?? 0) + 1,
    previousHash: last ? certificateHash(plainOf(last)) : null,
    signedBy: signer.key,
  };
  const signature = signer.sign(certificateText(plainOf({ ...unsigned, signature: '' })));
  const certificate: Certificate = { ...unsigned, signature };
  await tx.insert(table).values(certificate as never);
  const { certificateId: id, endedAt: at } = certificate;
  const facts = { hash: certificateHash(plainOf(certificate)), number: certificate.number };
  await appendActs(tx, [
    {
      ...{ at, actor, action: CERTIFICATE_ACTION, object: `certificate:${id}`, outcome: 'done' },
      ...{ code: null, requestId: null, reason: null, data: null, facts },
    },
  ]);
  return certificate;
}

/** The fields of a certificate alone, as they are hashed and signed. Class: pure. */
export function plainOf(row: Certificate): Readonly<Record<string, never>> {
  const names = Object.keys(DELETION_CERTIFICATE.fields) as readonly (keyof Certificate)[];
  return Object.fromEntries(names.map((name) => [name, row[name]])) as never;
}

/** All of them in their order. */
export async function readCertificates(db: Queryable): Promise<readonly Certificate[]> {
  const table = tableOf(DELETION_CERTIFICATE);
  return (await db.select().from(table).orderBy(table.number)) as unknown as readonly Certificate[];
}
