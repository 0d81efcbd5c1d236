/** What shows how a case went besides its journals: accesses, exports, certificates. Class: side effect (reads). */
import { certificateHash, isCertificateSigned } from '../audit/index.js';
import type { CaseEvidence, CaseRow, WholeCase } from '../contracts/cases.js';
import type { CertificateRow } from '../contracts/certificates.js';
import type { ExportRow } from '../contracts/exports.js';
import { certificatesOfInstances, plainOf } from '../store/erasure/index.js';
import { ACCESS_EVIDENCE, exportsOfInstances } from '../store/index.js';
import type { CaseReads } from './deps.js';

/** What was read of the accesses of the customer while the case went on, oldest first. */
export async function evidenceOf(
  { record }: Pick<CaseReads, 'record'>,
  { customer, startedAt, endedAt }: CaseRow,
): Promise<readonly CaseEvidence[]> {
  if (!customer) return [];
  const rows = await record.table(ACCESS_EVIDENCE).of([customer.customerId]);
  return rows
    .filter(({ at }) => at >= (startedAt ?? '') && (endedAt === null || at <= endedAt))
    .map((row) => {
      const { evidenceId, grantId, system, step, result, doneBy, at, hash, isErased } = row;
      const content = isErased ? null : JSON.stringify(row.content);
      return { evidenceId, grantId, system, step, result, doneBy, at, hash, content };
    });
}

/** The exports that these instances made. */
export async function exportsOf(
  { store }: Pick<CaseReads, 'store'>,
  instanceIds: readonly string[],
): Promise<readonly ExportRow[]> {
  const rows = await store.reading((db) => exportsOfInstances(db, instanceIds));
  return rows.map(({ version: _version, ...row }) => row as unknown as ExportRow);
}

/** The certificates of the erasures that these instances saw to. */
export async function certificatesOf(
  { store }: Pick<CaseReads, 'store'>,
  instanceIds: readonly string[],
): Promise<WholeCase['certificates']> {
  const rows = await store.reading((db) => certificatesOfInstances(db, instanceIds));
  return rows.map((row) => {
    const fields = plainOf(row);
    const certificate = fields as unknown as CertificateRow;
    return { certificate, hash: certificateHash(fields), isSound: isCertificateSigned(fields) };
  });
}
