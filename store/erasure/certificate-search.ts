/** Certificates of deletion as lists show them. Class: side effect. */
import { getTableColumns, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { tableOf } from '../customers/columns.js';
import { DELETION_CERTIFICATE } from '../customers/entities/index.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';
import type { Certificate } from './certificates.js';

const CERTIFICATES = tableOf(DELETION_CERTIFICATE);

const SEARCHABLE = {
  table: CERTIFICATES,
  fields: getTableColumns(CERTIFICATES) as Readonly<Record<string, AnyPgColumn>>,
  key: ['certificateId'],
  sort: [{ field: 'number', order: 'DESC' }],
} as const;

/** One page, the newest first; see `search` for the errors. */
export function searchCertificates(db: Queryable, query: Search): Promise<Page<Certificate>> {
  return search(db, SEARCHABLE, query);
}

/** The certificates of the erasures that some instances saw to, in their order. Class: side effect. */
export async function certificatesOfInstances(
  db: Queryable,
  instanceIds: readonly string[],
): Promise<readonly Certificate[]> {
  if (instanceIds.length === 0) return [];
  const requested = sql`(select certificate_id from erasure_requests where instance_id in
    (select jsonb_array_elements_text(${JSON.stringify(instanceIds)}::jsonb)))`;
  const rows = await db
    .select()
    .from(CERTIFICATES)
    .where(sql`${CERTIFICATES.certificateId} in ${requested}`)
    .orderBy(CERTIFICATES.number);
  return rows as unknown as readonly Certificate[];
}
