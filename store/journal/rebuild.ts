/** Makes every projection anew from the journal. */
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { processInstances } from '../projections/process-instances.js';
import type { Seals } from '../sealing/index.js';
import { addChange, type ChangeSet, runTogether, statementsOf } from './changes.js';
import { type JournalRow, journal, openEntries } from './entries.js';
import { sealChange } from './prepare.js';
import { project, projectErased } from './project.js';
import { emptyProjections } from './tables.js';
import type { JournalInstance, RowChange } from './types.js';

const BATCH = 5_000;

/** What a rebuild went through. */
export interface Rebuilt {
  readonly instances: number;
  readonly entries: number;
}

/**
 * Rebuilds all projections in one transaction: readers see the old rows until it commits, appends wait for it. Of what
 * was erased it makes what stands in the open: that the instance was there, and which elements it entered.
 *
 * The journal is read in batches, so memory does not grow with it. Class: side effect.
 */
export async function rebuildProjections(db: Queryable, seals: Seals): Promise<Rebuilt> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`lock table process_instances in exclusive mode`);
    for (const statement of emptyProjections(null)) await tx.execute(statement);
    await tx.execute(sql`update process_instances
      set state = 'CREATED', started_at = null, ended_at = null`);
    const entries = await foldJournal(tx, seals, null);
    return { instances: await tx.$count(processInstances), entries };
  });
}

/** Adds what the journal tells, of one instance or of all, to rows that are empty. @returns how many entries */
export async function foldJournal(
  tx: Queryable,
  seals: Seals,
  instanceId: string | null,
): Promise<number> {
  let entries = 0;
  for await (const batch of readJournal(tx, seals, instanceId)) {
    const changes: ChangeSet = new Map();
    const made = await Promise.all(batch.map((one) => changesOf(one, seals)));
    for (const change of made.flat()) addChange(changes, change);
    await runTogether(tx, statementsOf(changes));
    entries += batch.length;
  }
  return entries;
}

function changesOf(
  { entry, instance }: ReplayedEntry,
  seals: Seals,
): Promise<readonly RowChange[]> {
  const { isErased, instanceId: _, ...rest } = entry;
  const changes = isErased ? projectErased(rest, instance) : project(rest, instance);
  return Promise.all(changes.map((change) => sealChange(change, instance.customerKeyId, seals)));
}

interface ReplayedEntry {
  readonly entry: JournalRow;
  readonly instance: JournalInstance;
}

async function* readJournal(
  tx: Queryable,
  seals: Seals,
  instanceId: string | null,
): AsyncGenerator<readonly ReplayedEntry[]> {
  const isWanted = instanceId === null ? sql`true` : eq(journal.instanceId, instanceId);
  let from = { instanceId: '', sequence: 0 };
  for (;;) {
    const rows = await tx
      .select()
      .from(journal)
      .innerJoin(processInstances, eq(processInstances.instanceId, journal.instanceId))
      .where(
        sql`${isWanted} and (${journal.instanceId}, ${journal.sequence}) > (${from.instanceId}, ${from.sequence}::bigint)`,
      )
      .orderBy(journal.instanceId, journal.sequence)
      .limit(BATCH);
    const last = rows.at(-1)?.journal;
    if (!last) return;
    const opened = await openEntries(
      tx,
      seals,
      rows.map((row) => row.journal),
    );
    yield rows.flatMap((row, index) => {
      const entry = opened[index];
      return entry ? [{ entry, instance: instanceOf(row.process_instances) }] : [];
    });
    from = last;
  }
}

function instanceOf(row: typeof processInstances.$inferSelect): JournalInstance {
  return {
    ...row,
    definition: { version: row.definitionVersion, hash: row.definitionHash },
  };
}
