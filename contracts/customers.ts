/** What is said over the control socket of customers: lines of an import and what became of them, rows of the record. */
import { z } from 'zod';

/** The columns of a file of customers, in any order. */
export const COLUMNS = [
  'legal_name',
  'tax_id',
  'country',
  'plan',
  'mrr_minor',
  'currency',
  'contact_name',
  'contact_email',
  'locale',
  'tz',
  'since',
] as const;

/** One of them. */
export type Column = (typeof COLUMNS)[number];

/** Lines that are sent at a time; they are taken in one transaction. */
export const BATCH_LINES = 500;

const cell = z.string().max(20_000);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in hex');
const maybe = z.string().nullable();

/** A line of a file: `line` counts from 1, the header included; of a line in quotes over several it is the first. */
export const customerLine = z.object({
  line: z.number().int().min(2),
  cells: z.object(
    Object.fromEntries(COLUMNS.map((column) => [column, cell])) as Record<Column, typeof cell>,
  ),
});

/** Why a line was rejected; `field` null: the line as a whole. */
export const lineFault = z.object({
  field: z.enum(COLUMNS).nullable(),
  code: z.string(),
  reason: z.string(),
});

/** What became of a line. `known`: the tax id is that of this customer, and nothing was changed. */
export const lineResult = z.discriminatedUnion('outcome', [
  z.object({
    line: z.number(),
    outcome: z.enum(['taken', 'unchanged', 'known']),
    customerId: z.string(),
  }),
  z.object({ line: z.number(), outcome: z.literal('rejected'), faults: z.array(lineFault) }),
]);

/** Which import: its id is made by whoever reads the file. */
export const importOf = z.object({ importId: z.uuid(), fileHash: hash });

/** Lines by what became of them. */
export const importCounts = z.object({
  taken: z.number(),
  unchanged: z.number(),
  known: z.number(),
  rejected: z.number(),
});

/** A customer. Erased: what was personal is null. */
export const customerRow = z.object({
  customerId: z.string(),
  isErased: z.boolean(),
  legalName: maybe,
  taxId: maybe,
  country: z.string(),
  tz: z.string(),
  locale: z.string(),
  stage: maybe,
  touch: maybe,
  maturity: z.number().nullable(),
  isStrategic: z.boolean(),
  healthScore: z.number().nullable(),
  since: z.string(),
  state: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** A contact. */
export const contactRow = z.object({
  contactId: z.string(),
  name: maybe,
  mail: maybe,
  phone: maybe,
  tz: maybe,
  locale: maybe,
  role: z.string(),
  state: z.string(),
  isPrimary: z.boolean(),
  orderInChain: z.number(),
});

/** A subscription; the price is in minor units a period. */
export const subscriptionRow = z.object({
  subscriptionId: z.string(),
  planId: z.string(),
  seats: z.number().nullable(),
  priceMinor: z.number().nullable(),
  currency: maybe,
  discountPct: z.number().nullable(),
  period: z.string(),
  startsAt: z.string(),
  endsAt: maybe,
  state: z.string(),
});

export type CustomerLine = z.infer<typeof customerLine>;

/** What a customer was billed, as it stands now. Null: it was erased. Amounts in minor units. */
export const invoiceRow = z.object({
  invoiceId: z.string(),
  number: z.string().nullable(),
  amountMinor: z.number().nullable(),
  /** What is still owed, with fees and interest. */
  balanceMinor: z.number().nullable(),
  currency: z.string().nullable(),
  issuedAt: z.string(),
  dueDate: z.string(),
  state: z.string(),
});

export type InvoiceRow = z.infer<typeof invoiceRow>;
export type LineFault = z.infer<typeof lineFault>;
export type LineResult = z.infer<typeof lineResult>;
export type CustomerRow = z.infer<typeof customerRow>;
export type ContactRow = z.infer<typeof contactRow>;
export type SubscriptionRow = z.infer<typeof subscriptionRow>;
