/** Opens a package by its link: counted, and written down in the record, before the first byte is sent. */
import {
  CUSTOMER,
  type CustomerRecord,
  EXPORT,
  type ExportFiles,
  type RecordTables,
  type Store,
} from '../../store/index.js';
import { type LinkRefusal, takeDownload } from '../../store/registry/index.js';
import type { Download } from '../deps.js';
import { hashOfToken } from '../token.js';

/** What it leans on. */
export interface ExportDeps {
  readonly store: Pick<Store, 'transaction'>;
  readonly record: CustomerRecord;
  readonly files: ExportFiles;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Makes it. Errors: `EXPORT_FILE_MISSING`, `EXPORT_FILE_DAMAGED`, those of keys. Class: side effect. */
export function createOpenExport({ store, record, files, now }: ExportDeps) {
  return async (token: string, address: string): Promise<Download | LinkRefusal> => {
    const at = new Date(now()).toISOString();
    const taken = await store.transaction(async (tx) => {
      const link = await takeDownload(tx, hashOfToken(token), at);
      if (typeof link === 'string') return link;
      const name = await noteDownload(record.within(tx), link.exportId, { at, address });
      return name === null ? 'revoked' : { ...link, name };
    });
    if (typeof taken === 'string') return taken;
    const { exportId, customerId, name } = taken;
    const customer = await record.table(CUSTOMER).get(customerId);
    if (!customer) return 'revoked';
    const { bytes, plain } = await files.read({ exportId, name, keyId: customer.keyId });
    return { exportId, bytes, plain };
  };
}

/** @returns name of the package; null when there is none any more */
async function noteDownload(
  tables: RecordTables,
  exportId: string,
  download: { readonly at: string; readonly address: string },
): Promise<string | null> {
  const rows = tables.table(EXPORT);
  const row = await rows.get(exportId);
  if (!row || row.isErased || row.packageFile === null) return null;
  const before = Array.isArray(row.downloads) ? row.downloads : [];
  await rows.change([exportId], row.version, { downloads: [...before, download] });
  return row.packageFile;
}
