/**
 * Deletes an instance and all that it called, with whatever is held of them here but the audit. Everything is asked again
 * in the transaction that deletes: a hold that came since is obeyed. Class: side effect. Source: docs/retention.md.
 */
import { type SQL, sql } from 'drizzle-orm';
import { type Facts, instanceObject, JOURNAL_DELETED_ACTION } from '../../audit/index.js';
import { appendActs } from '../audit/append.js';
import { holdLog } from '../audit/table.js';
import { jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { lockHolds } from '../erasure/holds.js';
import { type StoreFailure, storeFailure } from '../failure.js';
import { customersOfTree, type Keeping, type KeptBecause, keptBecause } from './keeping.js';

/** An instance that is deleted with what it called, the caller among them. */
export interface OfTree {
  readonly instanceId: string;
  readonly customerKeyId: string;
}

/** The key under which an effect of an element of an instance is made once. */
export type EffectKeyOf = (instanceId: string, elementInstanceId: string) => string;

/** What holds rows of an instance, by its id. Batches keep what they say of it: an id, and what became of it. */
const TABLES = [
  ...(['task_attachments', 'task_drafts', 'task_mails', 'user_tasks', 'variables'] as const),
  ...(['incidents', 'timers'] as const),
  ...(['subscriptions', 'called_instances', 'element_instances', 'starts'] as const),
  ...(['journal', 'journal_moved', 'journal_anchors', 'process_instances'] as const),
];

/** The instance and what it called; empty: it is not there, or not any more. */
export async function treeOf(db: Queryable, rootId: string): Promise<readonly OfTree[]> {
  return readTree(db, rootId, sql``);
}

/** Why it is kept, as the refusal that says so; null: it may be deleted, or is not there. */
export async function refusalToDelete(
  db: Queryable,
  instanceId: string,
  keeping: Keeping,
): Promise<StoreFailure | null> {
  const { rows } = await db.execute<{ why: KeptBecause | null; root: string }>(sql`
    select ${keptBecause(keeping)} as why, root_instance_id as root
    from process_instances where instance_id = ${instanceId}`);
  const [row] = rows;
  if (!row || row.why === null) return null;
  if (row.why !== 'LEGAL_HOLD') {
    return storeFailure(row.why, { instance: instanceId, root: row.root });
  }
  const { rows: holds } = await db.execute<{ hold_id: string }>(sql`
    select hold_id from legal_holds where released_at is null
      and customer_id in (${customersOfTree(instanceId)}) order by 1`);
  return storeFailure('LEGAL_HOLD', { holds: holds.map(({ hold_id }) => hold_id).join(', ') });
}

/**
 * Deletes it.
 *
 * @returns how many instances; 0: it was not there
 * Errors: those of `KEPT_REASONS`.
 */
export function deleteTree(
  db: Queryable,
  rootId: string,
  keeping: Keeping,
  effectKeyOf: EffectKeyOf,
): Promise<number> {
  return db.transaction(async (tx) => {
    const tree = await readTree(tx, rootId, sql`for update`);
    const { rows } = await tx.execute<{ customer_id: string }>(
      sql`${customersOfTree(rootId)} order by 1`,
    );
    for (const { customer_id } of rows) await lockHolds(tx, customer_id);
    const refused = await refusalToDelete(tx, rootId, keeping);
    if (refused) throw refused;
    if (tree.length === 0) return 0;
    // Journals are anchored by whoever holds the log: none is half-way when it goes.
    await holdLog(tx);
    const isOfTree = sql`instance_id in
      (select jsonb_array_elements_text(${jsonText(tree.map(({ instanceId }) => instanceId))}::jsonb))`;
    const last = await lastSequences(tx, isOfTree);
    await deleteEffects(tx, isOfTree, effectKeyOf);
    await tx.execute(sql`update batch_operation_items set sealed = null
      where sealed is not null and ${isOfTree}`);
    for (const table of TABLES) {
      await tx.execute(sql`delete from ${sql.identifier(table)} where ${isOfTree}`);
    }
    await appendActs(
      tx,
      tree.map(({ instanceId }) => journalDeleted(instanceId, last.get(instanceId) ?? 0, keeping)),
    );
    return tree.length;
  });
}

async function readTree(db: Queryable, rootId: string, lock: SQL): Promise<readonly OfTree[]> {
  const { rows } = await db.execute<{ instance_id: string; customer_key_id: string }>(sql`
    select instance_id, customer_key_id from process_instances
    where root_instance_id = ${rootId} order by instance_id ${lock}`);
  return rows.map((row) => ({ instanceId: row.instance_id, customerKeyId: row.customer_key_id }));
}

async function lastSequences(tx: Queryable, isOfTree: SQL): Promise<ReadonlyMap<string, number>> {
  const { rows } = await tx.execute<{ instance_id: string; last_sequence: string }>(
    sql`select instance_id, last_sequence from process_instances where ${isOfTree}`,
  );
  return new Map(rows.map((row) => [row.instance_id, Number(row.last_sequence)]));
}

/** Longer than what follows the key of a job in the key of one of several effects, and behind it in every order. */
const BEHIND = 'zzzz';

/** What the outside answered to the jobs of these instances; an effect has the key of its job, or begins with it. */
async function deleteEffects(
  tx: Queryable,
  isOfTree: SQL,
  effectKeyOf: EffectKeyOf,
): Promise<void> {
  const { rows } = await tx.execute<{ instance_id: string; element_instance_id: string }>(
    sql`select instance_id, element_instance_id from element_instances where ${isOfTree}`,
  );
  const keys = rows.map((row) => effectKeyOf(row.instance_id, row.element_instance_id));
  await tx.execute(sql`delete from effects using (
      select value as job from jsonb_array_elements_text(${jsonText(keys)}::jsonb)) jobs
    where effects.key >= jobs.job and effects.key <= jobs.job || ${BEHIND}
      and (effects.key = jobs.job or starts_with(effects.key, jobs.job || '.'))`);
  // Mails of tasks are of no job.
  await tx.execute(sql`delete from effects where ${isOfTree}`);
}

/** The log tells that the journal is gone: without that, the check would find it missing. */
function journalDeleted(instanceId: string, sequence: number, { at }: Keeping) {
  const facts: Facts = { sequence };
  const object = instanceObject(instanceId);
  const bare = { actor: null, code: null, requestId: null, reason: null, data: null };
  return { at, action: JOURNAL_DELETED_ACTION, object, outcome: 'done' as const, facts, ...bare };
}
