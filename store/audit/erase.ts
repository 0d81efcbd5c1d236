/** Erases personal parts of entries; each erasure is an entry itself. Class: side effect. */
import { sql } from 'drizzle-orm';
import { ERASED_ACTION } from '../../audit/index.js';
import type { Queryable } from '../database.js';
import { appendActs } from './append.js';
import type { Act } from './table.js';

/** Who erases, and why. The reason is kept as a personal part of its own. */
export interface Erasing {
  readonly actor: string | null;
  readonly requestId: string | null;
  readonly reason: string | null;
}

/**
 * Erases the personal parts of these entries. The entries stay as they are, and the log stays sound.
 *
 * @returns the numbers of those that had one
 */
export async function erasePersonal(
  db: Queryable,
  numbers: readonly number[],
  erasing: Erasing,
): Promise<readonly number[]> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ number: string }>(
      sql`select audit_erase(array(select jsonb_array_elements_text(${JSON.stringify(numbers)}::jsonb)::bigint)) as number`,
    );
    const erased = rows.map(({ number }) => Number(number)).sort((a, b) => a - b);
    const at = new Date().toISOString();
    const acts = erased.map(
      (number): Act => ({
        ...erasing,
        at,
        action: ERASED_ACTION,
        object: `audit:${number}`,
        outcome: 'done',
        code: null,
        data: null,
      }),
    );
    if (acts.length > 0) await appendActs(tx, acts);
    return erased;
  });
}
