/** `export.close`: ends an export: its state is final, its links are dead, its files go. */
import * as z from 'zod';
import { EXPORT } from '../store/index.js';
import { killExportLinks } from '../store/registry/index.js';
import { exportOf } from './export/exports.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  exportId: z.string().min(1),
  state: z.enum(['denied', 'confirmed', 'delivered', 'expired']),
});

/** `export.close`: → `{downloads}`. Errors: `EXPORT_UNKNOWN`, `CUSTOMER_ERASED`, for good. */
export const exportClose = sideEffect({
  type: 'export.close',
  describes: {
    title: 'Close an export',
    says: 'Ends an export: its links are dead, its files go.',
    output: { downloads: 'how often it was fetched' },
  },
  input: INPUT,
  run: async ({ customerId, exportId, state }, job, deps) => {
    const closed = await once(deps, job, 'export.close', { exportId, state }, async (tx) => {
      const tables = deps.record.within(tx);
      const { version, downloads } = await exportOf(tables, customerId, exportId);
      await killExportLinks(tx, exportId, 'revoked');
      await tables.table(EXPORT).change([exportId], version, { state, packageFile: null });
      return { downloads: Array.isArray(downloads) ? downloads.length : 0 };
    });
    await deps.exports.files.sweep(exportId, () => false);
    return closed;
  },
});
