/**
 * `export.begin`: sets the cut-off of an export: the data will be of this moment, in all systems. What an earlier run
 * made is of no use any more: its link is dead and its files go.
 */
import * as z from 'zod';
import { EXPORT } from '../store/index.js';
import { killExportLinks } from '../store/registry/index.js';
import { exportOf } from './export/exports.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  exportId: z.string().min(1),
  round: z.number().int().nonnegative().default(0),
});

/** `export.begin`: → `{cutOff, round}`; rounds count from 1. Errors: `EXPORT_UNKNOWN`, `CUSTOMER_ERASED`, for good. */
export const exportBegin = sideEffect({
  type: 'export.begin',
  describes: {
    title: 'Begin an export',
    says: 'Sets the cut-off of an export, in all systems.',
    output: { cutOff: 'the moment that the data is of', round: 'how often it was begun' },
  },
  input: INPUT,
  run: async ({ customerId, exportId, round }, job, deps) => {
    const begun = await once(deps, job, 'export.begin', { exportId, round }, async (tx) => {
      const tables = deps.record.within(tx);
      const { version } = await exportOf(tables, customerId, exportId);
      const cutOff = new Date(deps.now()).toISOString();
      await killExportLinks(tx, exportId, 'replaced');
      await tables.table(EXPORT).change([exportId], version, {
        ...{ state: 'in-progress', cutOff, manifestSha256: null, bytes: null, rows: null },
        ...{ systems: null, packageFile: null, linkExpiresAt: null },
      });
      return { cutOff, round: round + 1 };
    });
    await deps.exports.files.sweep(exportId, (name) => name.startsWith(`r${begun.round}.`));
    return begun;
  },
});
