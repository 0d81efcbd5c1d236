/** The manifest of an export, as it stands in its package. Class: pure. */
import * as z from 'zod';

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);
const COUNT = z.number().int().nonnegative();

const FILE = z.object({
  path: z.string().regex(/^data\/[a-z0-9-]+\/[a-z0-9-]+\.(jsonl|csv)$/),
  bytes: COUNT,
  rows: COUNT,
  sha256: SHA256,
  schema: z.string(),
  sourceSystem: z.string(),
  status: z.enum(['complete', 'partial', 'empty']),
  reason: z.string().nullish(),
});

/** Its shape. */
export const MANIFEST = z.object({
  format: z.literal('jornada-export/1'),
  exportId: z.string(),
  customerId: z.string(),
  cutOff: z.iso.datetime(),
  generatorVersion: z.string(),
  files: z.array(FILE).min(1),
});

export type Manifest = z.infer<typeof MANIFEST>;
export type ManifestFile = z.infer<typeof FILE>;

const TYPE = z.enum(['string', 'integer', 'boolean', 'null']);

/** The schemas that exports have: of flat rows, with few words of JSON Schema. Others are refused. */
export const SCHEMA = z.object({
  type: z.literal('object'),
  additionalProperties: z.literal(false),
  required: z.array(z.string()),
  properties: z.record(
    z.string(),
    z.object({
      description: z.string().optional(),
      type: z.union([TYPE, z.array(TYPE)]).optional(),
      format: z.enum(['date', 'date-time']).optional(),
      enum: z.array(z.json()).optional(),
    }),
  ),
});

export type RowSchema = z.infer<typeof SCHEMA>;

const FORMATS = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
} as const;

/** What is wrong with a row; null: nothing. */
export function faultOf(row: unknown, { required, properties }: RowSchema): string | null {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return 'it is no object';
  const fields = row as Readonly<Record<string, unknown>>;
  const missing = required.find((name) => !Object.hasOwn(fields, name));
  if (missing !== undefined) return `'${missing}' is missing`;
  for (const [name, value] of Object.entries(fields)) {
    const rule = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!rule) return `'${name}' is not in the schema`;
    const types = rule.type === undefined ? null : [rule.type].flat();
    if (types !== null && !types.includes(typeOf(value) as never)) {
      return `'${name}' is of another type than ${types.join(' or ')}`;
    }
    if (rule.format && typeof value === 'string' && !FORMATS[rule.format].test(value)) {
      return `'${name}' is no ${rule.format}`;
    }
    if (rule.enum && !rule.enum.includes(value as never)) return `'${name}' is none of its values`;
  }
  return null;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
