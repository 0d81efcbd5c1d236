/** Checkpoints as the store keeps them, and the hashes that the tree grows by. Class: side effect. */
import { sql } from 'drizzle-orm';
import { HASH_BYTES, NO_PEAKS, type Peaks } from '../../audit/index.js';
import type { Queryable } from '../database.js';

/** A checkpoint with the tree it stands on. */
export interface StoredCheckpoint {
  readonly note: string;
  readonly peaks: Peaks;
}

/** The newest one; of a log without any the empty tree, and no note. */
export async function lastCheckpoint(
  db: Queryable,
): Promise<{ readonly note: string | null; readonly peaks: Peaks }> {
  const { rows } = await db.execute<CheckpointRow>(
    sql`select size, note, peaks from audit_checkpoints order by size desc limit 1`,
  );
  const [row] = rows;
  if (!row) return { note: null, peaks: NO_PEAKS };
  return checkpointOf(row);
}

/** The newest one of fewer than so many entries; null: there is none. */
export async function checkpointBelow(
  db: Queryable,
  size: number,
): Promise<StoredCheckpoint | null> {
  const { rows } = await db.execute<CheckpointRow>(sql`
    select size, note, peaks from audit_checkpoints where size < ${size} order by size desc limit 1`);
  return rows[0] ? checkpointOf(rows[0]) : null;
}

type CheckpointRow = { size: string; note: string; peaks: Buffer };

function checkpointOf({ size, note, peaks }: CheckpointRow): StoredCheckpoint {
  const hashes = Array.from({ length: peaks.length / HASH_BYTES }, (_, index) =>
    peaks.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );
  return { note, peaks: { size: Number(size), hashes } };
}

/** Keeps one after the one of `follows` entries. @returns false: another was faster */
export async function addCheckpoint(
  db: Queryable,
  { note, peaks }: StoredCheckpoint,
  follows: number,
): Promise<boolean> {
  const { rows } = await db.execute(sql`insert into audit_checkpoints (size, follows, note, peaks)
    values (${peaks.size}, ${follows}, ${note}, ${Buffer.concat(peaks.hashes)})
    on conflict do nothing returning size`);
  return rows.length > 0;
}

/** The notes of checkpoints beyond `size` entries, in order; at most `limit`. */
export async function notesAfter(
  db: Queryable,
  size: number,
  limit: number,
): Promise<readonly { readonly size: number; readonly note: string }[]> {
  const { rows } = await db.execute<{ size: string; note: string }>(
    sql`select size, note from audit_checkpoints where size > ${size} order by size limit ${limit}`,
  );
  return rows.map(({ size, note }) => ({ size: Number(size), note }));
}

/** The hashes of entries `after` + 1 to `to`. */
export async function leafHashes(
  db: Queryable,
  after: number,
  to: number,
): Promise<readonly Buffer[]> {
  const { rows } = await db.execute<{ hash: Buffer }>(
    sql`select hash from audit where number > ${after} and number <= ${to} order by number`,
  );
  return rows.map(({ hash }) => hash);
}
