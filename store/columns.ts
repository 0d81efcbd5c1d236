/**
 * Column types that read and write the way the rest of Jornada speaks: instants as ISO 8601 UTC, JSON as is.
 * Class: pure.
 */
import { type SQL, sql } from 'drizzle-orm';
import { customType } from 'drizzle-orm/pg-core';
import type { Json } from '../engine/model/index.js';

/** An instant: `2026-03-02T12:00:00.000Z` here, `timestamptz(3)` there. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  fromDriver: instantFromText,
});

/**
 * A JSON value. Drizzle's own column type parses a text a second time (the text "5" comes back as the number 5).
 */
export const json = <T = Json>() =>
  customType<{ data: T; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) => jsonText(value),
    fromDriver: (value) => value as T,
  });

/** Bytes, such as what was sealed. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** A whole number that fits a double: sequence numbers never reach 2^53. */
export const count = customType<{ data: number; driverData: string | number }>({
  dataType: () => 'bigint',
  fromDriver: Number,
});

/** Reads PostgreSQL's text of an instant, e.g. `2026-03-02 12:00:00.5+00`. */
export function instantFromText(text: string): string {
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  return new Date(iso).toISOString();
}

const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

/**
 * JSON as PostgreSQL can hold it: the character U+0000 and halves of surrogate pairs, which `jsonb` refuses,
 * become U+FFFD. What the instance itself holds stays as it is. Source: PostgreSQL 15, section 8.14.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return UNSTORABLE.test(text) ? JSON.stringify(value, storable) : text;
}

function storable(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [storableText(key), held]));
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

function storableText(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').replace(LONE_SURROGATE, '\uFFFD');
}

/** A list of texts, as the database takes it. */
export const textArray = (values: readonly string[]): SQL =>
  sql`array[${sql.join(
    values.map((value) => sql`${value}::text`),
    sql`, `,
  )}]::text[]`;
