/** Packages: immutable sources under the hash of all their files. */
import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';

/** A package. `hash` is the SHA-256 of its canonical form, computed by whoever read the files. */
export interface Package {
  readonly hash: string;
  readonly key: string;
  /** Path inside the package → text. */
  readonly files: Readonly<Record<string, string>>;
}

const packages = pgTable('packages', {
  hash: text('hash').primaryKey(),
  key: text('key').notNull(),
  savedAt: instant('saved_at').notNull().default(sql`now()`),
});

const packageFiles = pgTable('package_files', {
  hash: text('hash').notNull(),
  path: text('path').notNull(),
  content: text('content').notNull(),
});

/**
 * Saves a package; one that is there already stays as it is.
 *
 * Errors: `STORE_PACKAGE_CONFLICT` when other files are stored under this hash. Class: side effect.
 */
export async function savePackage(db: Queryable, { hash, key, files }: Package): Promise<void> {
  await db.transaction(async (tx) => {
    const added = await tx
      .insert(packages)
      .values({ hash, key })
      .onConflictDoNothing()
      .returning({ hash: packages.hash });
    if (added.length === 0) return refuseOther(tx, hash, files);
    const rows = Object.entries(files).map(([path, content]) => ({ hash, path, content }));
    if (rows.length > 0) await tx.insert(packageFiles).values(rows);
  });
}

async function refuseOther(tx: Queryable, hash: string, files: Package['files']): Promise<void> {
  const stored = await readFiles(tx, hash);
  const paths = Object.keys(files);
  const isSame =
    paths.length === Object.keys(stored).length &&
    paths.every((path) => stored[path] === files[path]);
  if (!isSame) throw storeFailure('STORE_PACKAGE_CONFLICT', { hash });
}

/** Reads a package, or null. Class: side effect. */
export async function readPackage(db: Queryable, hash: string): Promise<Package | null> {
  const [found] = await db.select().from(packages).where(eq(packages.hash, hash));
  return found ? { hash, key: found.key, files: await readFiles(db, hash) } : null;
}

/** Reads one file of a package, or null. Class: side effect. */
export async function readFile(db: Queryable, hash: string, path: string): Promise<string | null> {
  const [found] = await db
    .select({ content: packageFiles.content })
    .from(packageFiles)
    .where(and(eq(packageFiles.hash, hash), eq(packageFiles.path, path)));
  return found?.content ?? null;
}

async function readFiles(db: Queryable, hash: string): Promise<Record<string, string>> {
  const { path, content } = getTableColumns(packageFiles);
  const rows = await db
    .select({ path, content })
    .from(packageFiles)
    .where(eq(packageFiles.hash, hash))
    .orderBy(path);
  return Object.fromEntries(rows.map((row) => [row.path, row.content]));
}
