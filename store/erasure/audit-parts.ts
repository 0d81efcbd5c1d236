/** Personal parts of the audit log, erased by the engine. Class: side effect. */
import { erasePersonal } from '../audit/erase.js';
import type { Queryable } from '../database.js';

/** Erases them through the log's own door, which notes each. */
export async function eraseAuditParts(db: Queryable, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return;
  await erasePersonal(db, numbers, { actor: null, requestId: null, reason: null });
}
