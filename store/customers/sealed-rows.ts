/** Between a row as people mean it and as the table holds it: what is personal is sealed, one column a class. */
import { InvariantError } from '../../engine/errors/index.js';
import type { Json } from '../../engine/model/index.js';
import {
  type EntityDeclaration,
  fieldsOf,
  isOpen,
  SEALED_COLUMNS,
  type SealedClass,
  sealedClassesOf,
} from './declaration.js';
import type { Sealer } from './sealer.js';

/** A row by the names of its fields, or of its columns. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Where a sealed value belongs: table, key of the row, column. No two places have the same text. Class: pure.
 */
export function placeOf(declaration: EntityDeclaration, row: Fields, column: string): string {
  return JSON.stringify([declaration.table, ...declaration.key.map((name) => row[name]), column]);
}

/** The columns of a row. Errors: those of `Sealer.seal`. Class: side effect. */
export async function sealRow(
  declaration: EntityDeclaration,
  row: Fields,
  keyId: string,
  sealer: Sealer,
): Promise<Fields> {
  const columns: Record<string, unknown> = {};
  for (const [name, { class: of }] of Object.entries(declaration.fields)) {
    if (isOpen(of)) columns[name] = row[name] ?? null;
  }
  for (const of of sealedClassesOf(declaration)) {
    const column = SEALED_COLUMNS[of];
    const plain = Buffer.from(JSON.stringify(valuesOf(declaration, of, row)), 'utf8');
    columns[column] = await sealer.seal(keyId, plain, placeOf(declaration, row, column));
  }
  return columns;
}

function valuesOf(declaration: EntityDeclaration, of: SealedClass, row: Fields): Fields {
  return Object.fromEntries(fieldsOf(declaration, of).map((name) => [name, row[name] ?? null]));
}

/** What stands in a sealed column whose content was erased. */
export const STRIPPED = Buffer.of(0);

/**
 * The row of some columns: with `isErased`, and without what was sealed, when its key was destroyed or it was stripped.
 * What of it is kept beyond that is there.
 *
 * Errors: those of `Sealer.open`. Class: side effect.
 */
export async function openRow(
  declaration: EntityDeclaration,
  columns: Fields,
  keyId: string,
  sealer: Sealer,
): Promise<Fields> {
  const sealedNames: readonly string[] = Object.values(SEALED_COLUMNS);
  const open = Object.entries(columns).filter(([name]) => !sealedNames.includes(name));
  const opened: Record<string, unknown> = {};
  let isErased = false;
  for (const of of sealedClassesOf(declaration)) {
    const column = SEALED_COLUMNS[of];
    const place = placeOf(declaration, columns, column);
    const bytes = bytesOf(columns[column]);
    const plain = STRIPPED.equals(bytes) ? null : await sealer.open(keyId, bytes, place);
    if (plain === null) {
      isErased = true;
      continue;
    }
    const values = JSON.parse(plain.toString('utf8')) as Readonly<Record<string, Json>>;
    for (const name of fieldsOf(declaration, of)) opened[name] = values[name] ?? null;
  }
  return { ...Object.fromEntries(open), ...opened, isErased };
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new InvariantError('a sealed column was not read');
}
