/** Through whom somebody sees more than what is theirs. Class: side effect (reads). */
import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { absent, lookedAfter } from './conditions.js';
import type { Reach, Viewer } from './viewer.js';

/** Somebody with what they have now. */
export async function reaching(db: Queryable, viewer: Viewer): Promise<Viewer> {
  const { rows } = await db.execute<Record<keyof Reach, boolean>>(sql`select
    exists (select 1 from ${absent(viewer.user)}) as absent,
    exists (${lookedAfter(viewer)}) as customers`);
  const [has] = rows;
  return has ? { ...viewer, has } : viewer;
}
