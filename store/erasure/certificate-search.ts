/** Certificates of deletion as lists show them. Class: side effect. */
import { getTableColumns } from 'drizzle-orm';
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
