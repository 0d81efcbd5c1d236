/**
 * Drafts of forms: what somebody has typed and not sent yet, kept as it is until the task is completed. Nobody checks it, and it is
 * no act: the audit does not tell of it. Class: side effect (database).
 */
import { sql } from 'drizzle-orm';
import type { Json, Variables } from '../../engine/model/index.js';
import { instantFromText, jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { bytesText, isSealedUnder, type Place, type Seals } from '../sealing/index.js';
import { columnPlace } from '../sealing/places.js';

/** Whose draft of which task. */
export interface DraftOf {
  readonly instanceId: string;
  readonly taskId: string;
  readonly userId: string;
}

/** What was saved last. */
export interface TaskDraft {
  readonly data: Variables;
  readonly version: number;
  /** ISO 8601 UTC. */
  readonly savedAt: string;
}

/** The drafts. */
export interface TaskDrafts {
  /** Null: there is none, or it was erased with its customer. */
  readonly get: (of: DraftOf) => Promise<TaskDraft | null>;
  /**
   * Saves over the version that was seen; 0: over none. What is of a customer is sealed.
   *
   * Errors: `TASK_DRAFT_CHANGED` when another one was saved since, `TASK_OVER` when the task is not open, those of the sealer.
   */
  readonly save: (
    of: DraftOf,
    data: Variables,
    seen: number,
    at: string,
  ) => Promise<Omit<TaskDraft, 'data'>>;
  /** @returns whether there was one */
  readonly drop: (of: DraftOf) => Promise<boolean>;
  /** Takes away all drafts of a task that was completed. */
  readonly dropAll: (of: Omit<DraftOf, 'userId'>) => Promise<void>;
  /** Those of some tasks of which a person has one, as `<instance>/<task>`. */
  readonly among: (
    userId: string,
    tasks: readonly Omit<DraftOf, 'userId'>[],
  ) => Promise<ReadonlySet<string>>;
  /** Takes away drafts of tasks that ended before an instant. */
  readonly prune: (endedBefore: string) => Promise<void>;
}

const placeOf = ({ instanceId, taskId, userId }: DraftOf): Place =>
  columnPlace('task_drafts', [instanceId, taskId, userId], 'data');

const isOne = ({ instanceId, taskId, userId }: DraftOf) =>
  sql`instance_id = ${instanceId} and task_id = ${taskId} and user_id = ${userId}`;

/** Makes them. */
export function createTaskDrafts(db: Queryable, seals: Seals): TaskDrafts {
  return {
    get: (of) => read(db, seals, of),
    save: (of, data, seen, at) => save(db, seals, of, { data, seen, at }),
    drop: async (of) => {
      const { rows } = await db.execute(
        sql`delete from task_drafts where ${isOne(of)} returning 1`,
      );
      return rows.length > 0;
    },
    dropAll: async ({ instanceId, taskId }) => {
      await db.execute(sql`delete from task_drafts
        where instance_id = ${instanceId} and task_id = ${taskId}`);
    },
    among: async (userId, tasks) => {
      if (tasks.length === 0) return new Set();
      const wanted = tasks.map(({ instanceId, taskId }) => ({ i: instanceId, t: taskId }));
      const { rows } = await db.execute<{ instance_id: string; task_id: string }>(sql`
        select instance_id, task_id from task_drafts
        join jsonb_to_recordset(${jsonText(wanted)}::jsonb) wanted (i text, t text)
          on i = instance_id and t = task_id where user_id = ${userId}`);
      return new Set(rows.map((row) => `${row.instance_id}/${row.task_id}`));
    },
    prune: async (endedBefore) => {
      await db.execute(sql`delete from task_drafts draft using user_tasks task
        where task.instance_id = draft.instance_id and task.task_id = draft.task_id
          and task.ended_at < ${endedBefore}::timestamptz`);
    },
  };
}

async function read(db: Queryable, seals: Seals, of: DraftOf): Promise<TaskDraft | null> {
  const { rows } = await db.execute<{
    data: Json;
    sealed: Uint8Array | null;
    version: number;
    saved_at: string;
    customer_key_id: string | null;
  }>(sql`select data, sealed, version, saved_at::text, customer_key_id
    from task_drafts left join process_instances using (instance_id) where ${isOne(of)}`);
  const [row] = rows;
  if (!row) return null;
  const { version, sealed, customer_key_id: keyId } = row;
  const opened = sealed
    ? keyId !== null && (await seals.open(keyId, sealed, placeOf(of)))
    : { value: row.data };
  if (!opened) return null;
  return { data: opened.value as Variables, version, savedAt: instantFromText(row.saved_at) };
}

async function save(
  db: Queryable,
  seals: Seals,
  of: DraftOf,
  { data, seen, at }: { readonly data: Variables; readonly seen: number; readonly at: string },
): Promise<Omit<TaskDraft, 'data'>> {
  const { instanceId, taskId, userId } = of;
  const task = `${instanceId}/${taskId}`;
  const keyId = await keyOfOpen(db, of);
  if (keyId === null) throw storeFailure('TASK_OVER', { task });
  // Sealed before anything is locked.
  const sealed = isSealedUnder(keyId)
    ? bytesText(await seals.seal(keyId, data, placeOf(of)))
    : null;
  const plain = sealed === null ? jsonText(data) : null;
  const { rows } = await db.execute<{ version: number; saved_at: string }>(sql`
    insert into task_drafts as kept (instance_id, task_id, user_id, data, sealed, version, saved_at)
    select ${instanceId}, ${taskId}, ${userId}, ${plain}::jsonb, ${sealed}::bytea, 1, ${at}::timestamptz
      where ${seen} = 0 or exists (select 1 from task_drafts where ${isOne(of)})
    on conflict (instance_id, task_id, user_id) do update
      set data = excluded.data, sealed = excluded.sealed, saved_at = excluded.saved_at,
        version = kept.version + 1
      where kept.version = ${seen}
    returning version, saved_at::text`);
  const [row] = rows;
  if (!row) throw storeFailure('TASK_DRAFT_CHANGED', { task });
  return { version: row.version, savedAt: instantFromText(row.saved_at) };
}

/** The key that an open task is under; null: there is no such task, or it has ended. */
async function keyOfOpen(db: Queryable, { instanceId, taskId }: DraftOf): Promise<string | null> {
  const { rows } = await db.execute<{ customer_key_id: string }>(sql`
    select customer_key_id from user_tasks
    where instance_id = ${instanceId} and task_id = ${taskId} and state = 'CREATED'`);
  return rows[0]?.customer_key_id ?? null;
}
