/** The table of a declared thing: its open fields, its sealed columns, and what the store writes. Class: pure. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  type PgColumnBuilderBase,
  type PgTableWithColumns,
  pgTable,
  text,
} from 'drizzle-orm/pg-core';
import { count, instant, json, bytes as sealed } from '../columns.js';
import {
  type EntityDeclaration,
  type FieldType,
  isOpen,
  SEALED_COLUMNS,
  sealedClassesOf,
} from './declaration.js';

const BUILDERS: Readonly<Record<FieldType, (name: string) => PgColumnBuilderBase>> = {
  text: (name) => text(name).notNull(),
  integer: (name) => count(name).notNull(),
  boolean: (name) => boolean(name).notNull(),
  date: (name) => text(name).notNull(),
  instant: (name) => instant(name).notNull(),
  json: (name) => json()(name).notNull(),
};

const OPTIONAL: Readonly<Record<FieldType, (name: string) => PgColumnBuilderBase>> = {
  text: (name) => text(name),
  integer: (name) => count(name),
  boolean: (name) => boolean(name),
  date: (name) => text(name),
  instant: (name) => instant(name),
  json: (name) => json()(name),
};

/** A table whose columns are known by their names alone. */
export type EntityTable = PgTableWithColumns<{
  name: string;
  schema: undefined;
  // biome-ignore lint/suspicious/noExplicitAny: Drizzle's own shape of a table of which nothing is known
  columns: any;
  dialect: 'pg';
}>;

/** Name of the column of a field: `legalName` is `legal_name`. */
export function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const now = sql`clock_timestamp()`;

/** Makes the table of a thing. */
export function tableOf(declaration: EntityDeclaration): EntityTable {
  const columns: Record<string, PgColumnBuilderBase> = {};
  for (const [name, field] of Object.entries(declaration.fields)) {
    const builders = field.isOptional ? OPTIONAL : BUILDERS;
    if (isOpen(field.class)) columns[name] = builders[field.type](columnName(name));
  }
  for (const one of sealedClassesOf(declaration)) {
    const name = SEALED_COLUMNS[one];
    columns[name] = sealed(columnName(name)).notNull();
  }
  columns.createdAt = instant('created_at').notNull().default(now);
  if (!declaration.isAppendOnly) {
    columns.updatedAt = instant('updated_at').notNull().default(now);
    columns.version = count('version').notNull().default(1);
  }
  return pgTable(declaration.table, columns) as unknown as EntityTable;
}
