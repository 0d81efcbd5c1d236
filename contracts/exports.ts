/** Exports as operators see them. */
import * as z from 'zod';

const maybe = z.string().nullable();

/** An export in a list. */
export const exportRow = z.object({
  exportId: z.string(),
  customerId: z.string(),
  requestId: z.string(),
  instanceId: maybe,
  state: z.string(),
  cutOff: z.string(),
  manifestSha256: maybe,
  bytes: z.number().nullable(),
  rows: z.number().nullable(),
  /** List of `{id, status, rows, reason}`. */
  systems: z.json().nullable(),
  /** Name of its package in the folder of exports. */
  packageFile: maybe,
  linkExpiresAt: maybe,
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** One that is looked at; of an erased customer nobody knows who fetched it: null. */
export const wholeExport = exportRow.extend({
  downloads: z.array(z.object({ at: z.string(), address: z.string() })).nullable(),
});

export type ExportRow = z.infer<typeof exportRow>;
export type WholeExport = z.infer<typeof wholeExport>;
