/** `export.downloads`: how often a package was fetched. */
import * as z from 'zod';
import { exportOf } from './export/exports.js';
import { sideEffect } from './side-effect.js';

/** `export.downloads`: → `{downloads}`. Errors: `EXPORT_UNKNOWN`, `CUSTOMER_ERASED`, for good. */
export const exportDownloads = sideEffect({
  type: 'export.downloads',
  describes: {
    title: 'Count downloads',
    says: 'Tells how often a package was fetched.',
    output: { downloads: 'how often it was fetched' },
  },
  input: z.object({ customerId: z.string().min(1), exportId: z.string().min(1) }),
  run: async ({ customerId, exportId }, _job, { record }) => {
    const { downloads } = await exportOf(record, customerId, exportId);
    return { downloads: Array.isArray(downloads) ? downloads.length : 0 };
  },
});
