/** What the side effects of exports lean on, and what they hand on to each other. */
import * as z from 'zod';
import {
  CUSTOMER,
  type CustomerRecord,
  type CustomerRow,
  EXPORT,
  type ExportFiles,
  type ReadRow,
  type RecordTables,
} from '../../store/index.js';
import { final } from '../failures.js';
import type { Source } from './source.js';

/** Exports of this engine. */
export interface Exports {
  readonly files: ExportFiles;
  readonly sources: readonly Source[];
  /** Version of what makes them; stands in each manifest. */
  readonly generatorVersion: string;
  /** Whether an instance has ended: what it left open is open no more. */
  readonly isOver: (instanceId: string) => Promise<boolean>;
}

/** What was extracted of one data set. */
const EXTRACTED_FILE = z.object({
  dataset: z.string(),
  rows: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
});

/** What was extracted of one system; `partial`: it could not be, for a reason. */
export const EXTRACT = z.object({
  id: z.string(),
  status: z.enum(['complete', 'partial', 'empty']),
  reason: z
    .string()
    .nullish()
    .transform((reason) => reason ?? null),
  rows: z.number().int().nonnegative().default(0),
  files: z.array(EXTRACTED_FILE).default([]),
});
export type Extract = z.infer<typeof EXTRACT>;

/** Which export, of whom, and which run of making it. */
export const EXPORT_OF = z.object({
  customerId: z.string().min(1),
  exportId: z.string().min(1),
  round: z.number().int().positive(),
  cutOff: z.string(),
});

/** Name of the file that holds a data set between extraction and package. */
export function stagedName(round: number, system: string, dataset: string): string {
  return `r${round}.${system}.${dataset}.jsonl`;
}

/** The customer. Errors, for good: `CUSTOMER_UNKNOWN`, `CUSTOMER_ERASED`. */
export async function customerOf(
  record: CustomerRecord | RecordTables,
  customerId: string,
): Promise<CustomerRow & { readonly isErased: false }> {
  const customer = await record.table(CUSTOMER).get(customerId);
  if (!customer) throw final('CUSTOMER_UNKNOWN', { customer: customerId });
  if (customer.isErased) throw final('CUSTOMER_ERASED', { customer: customerId });
  return customer;
}

/** The row of an export of this customer. Errors, for good: `EXPORT_UNKNOWN`, `CUSTOMER_ERASED`. */
export async function exportOf(
  record: RecordTables,
  customerId: string,
  exportId: string,
): Promise<ReadRow<typeof EXPORT> & { readonly isErased: false }> {
  const row = await record.table(EXPORT).get(exportId);
  if (row?.customerId !== customerId) throw final('EXPORT_UNKNOWN', { export: exportId });
  if (row.isErased) throw final('CUSTOMER_ERASED', { customer: customerId });
  return row;
}
