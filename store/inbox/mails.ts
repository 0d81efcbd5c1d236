/**
 * Whom mails tell of tasks, and the links in these by which a task is decided once: an outbox and its links are one row a
 * person and task. Ids and hashes alone are here. Class: side effect (database).
 */
import { sql } from 'drizzle-orm';
import { instantFromText, jsonText } from '../columns.js';
import type { Queryable } from '../database.js';

/** Which task, told to whom. */
export interface TaskMailOf {
  readonly instanceId: string;
  readonly taskId: string;
  readonly userId: string;
}

/** A mail that somebody sends now. `tries`: this one is the so-manieth. */
export interface HeldTaskMail extends TaskMailOf {
  readonly tries: number;
}

/** A link, as it is made. `tokenHash`: SHA-256 in hex; `epoch`: of its person. */
export interface NewTaskLink {
  readonly tokenHash: string;
  readonly epoch: number;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
}

/** A link that is known, whatever became of it. */
export interface TaskLink extends TaskMailOf {
  readonly epoch: number;
  readonly isOver: boolean;
  readonly isUsed: boolean;
}

/** How mails are taken to be sent. Instants are ISO 8601 UTC. */
export interface Holding {
  readonly at: string;
  readonly until: string;
  readonly limit: number;
}

/** The mails. */
export interface TaskMails {
  /** The number of the last event that was looked at. */
  readonly lookedAt: () => Promise<number>;
  /**
   * Notes whom to tell, and that events were looked at. Whoever was told of a task is not told again.
   * @param most - mails that a person gets in an hour; of what is more the inbox tells
   * @returns false: another process was there before, and nothing was noted
   */
  readonly enqueue: (
    between: { readonly after: number; readonly upTo: number },
    told: readonly TaskMailOf[],
    at: string,
    most: number,
  ) => Promise<boolean>;
  /** Takes mails that are due: nobody else has them until then. */
  readonly hold: (how: Holding) => Promise<readonly HeldTaskMail[]>;
  /** The mail is about to go: its link is the one that counts, and any before it is dead. */
  readonly arm: (of: TaskMailOf, link: NewTaskLink) => Promise<void>;
  /** @param nextAt - when it is tried again; null: it went, or is given up */
  readonly settle: (of: TaskMailOf, nextAt: string | null) => Promise<void>;
  /** The link of a token; null: nobody knows it. */
  readonly link: (tokenHash: string, at: string) => Promise<TaskLink | null>;
  /** Lets one alone decide by it until an instant. @returns false: it was used, or somebody does so now */
  readonly take: (tokenHash: string, at: string, until: string) => Promise<boolean>;
  /** It decided nothing. */
  readonly giveBack: (tokenHash: string) => Promise<void>;
  /** It decided, and never does again. */
  readonly use: (tokenHash: string, at: string) => Promise<void>;
  /** Forgets those that were made before an instant. */
  readonly prune: (madeBefore: string) => Promise<void>;
}

const isOne = ({ instanceId, taskId, userId }: TaskMailOf) =>
  sql`instance_id = ${instanceId} and task_id = ${taskId} and user_id = ${userId}`;

type Row = Readonly<Record<'instance_id' | 'task_id' | 'user_id', string>>;

const ofRow = (row: Row): TaskMailOf => ({
  ...{ instanceId: row.instance_id, taskId: row.task_id, userId: row.user_id },
});

/** Makes them. */
export function createTaskMails(db: Queryable): TaskMails {
  return {
    lookedAt: async () => {
      const { rows } = await db.execute<{ event_at: string }>(
        sql`select event_at from task_mail_log`,
      );
      return Number(rows[0]?.event_at ?? 0);
    },
    enqueue: (between, told, at, most) => enqueue(db, between, told, { at, most }),
    hold: (how) => hold(db, how),
    arm: async (of, { tokenHash, epoch, expiresAt }) => {
      await db.execute(sql`update task_mails set token_hash = ${tokenHash}, epoch = ${epoch}::bigint,
        expires_at = ${expiresAt}::timestamptz where ${isOne(of)} and used_at is null`);
    },
    settle: async (of, nextAt) => {
      await db.execute(
        sql`update task_mails set next_at = ${nextAt}::timestamptz where ${isOne(of)}`,
      );
    },
    link: (tokenHash, at) => findLink(db, tokenHash, at),
    take: async (tokenHash, at, until) => {
      const { rows } = await db.execute(sql`update task_mails set held_until = ${until}::timestamptz
        where token_hash = ${tokenHash} and used_at is null
          and (held_until is null or held_until <= ${at}::timestamptz) returning 1`);
      return rows.length > 0;
    },
    giveBack: async (tokenHash) => {
      await db.execute(
        sql`update task_mails set held_until = null where token_hash = ${tokenHash}`,
      );
    },
    use: async (tokenHash, at) => {
      await db.execute(sql`update task_mails set used_at = ${at}::timestamptz
        where token_hash = ${tokenHash} and used_at is null`);
    },
    prune: async (madeBefore) => {
      await db.execute(sql`delete from task_mails where made_at < ${madeBefore}::timestamptz`);
    },
  };
}

function enqueue(
  db: Queryable,
  { after, upTo }: { readonly after: number; readonly upTo: number },
  told: readonly TaskMailOf[],
  { at, most }: { readonly at: string; readonly most: number },
): Promise<boolean> {
  const wanted = told.map(({ instanceId, taskId, userId }) => ({
    ...{ instance_id: instanceId, task_id: taskId, user_id: userId },
  }));
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute(sql`update task_mail_log set event_at = ${upTo}::bigint
      where event_at = ${after}::bigint returning 1`);
    if (rows.length === 0) return false;
    // Of each person so many as the hour still has room for, those that came first.
    await tx.execute(sql`
      insert into task_mails (instance_id, task_id, user_id, made_at, next_at)
      select instance_id, task_id, user_id, ${at}::timestamptz, ${at}::timestamptz from (
        select wanted.*, row_number() over (partition by user_id order by place) as turn
        from rows from (jsonb_to_recordset(${jsonText(wanted)}::jsonb)
          as (instance_id text, task_id text, user_id text)) with ordinality
          as wanted (instance_id, task_id, user_id, place)
      ) numbered
      where turn + (select count(*) from task_mails recent where recent.user_id = numbered.user_id
        and recent.made_at > ${at}::timestamptz - interval '1 hour') <= ${most}::int
      on conflict do nothing`);
    return true;
  });
}

async function hold(
  db: Queryable,
  { at, until, limit }: Holding,
): Promise<readonly HeldTaskMail[]> {
  const { rows } = await db.execute<Row & { tries: number }>(sql`
    update task_mails set next_at = ${until}::timestamptz, tries = tries + 1
    where (instance_id, task_id, user_id) in (
      select instance_id, task_id, user_id from task_mails where next_at <= ${at}::timestamptz
      order by next_at limit ${limit}::int for update skip locked)
    returning instance_id, task_id, user_id, tries`);
  return rows.map((row) => ({ ...ofRow(row), tries: row.tries }));
}

async function findLink(db: Queryable, tokenHash: string, at: string): Promise<TaskLink | null> {
  const { rows } = await db.execute<
    Row & { epoch: string; expires_at: string; used_at: string | null }
  >(sql`select instance_id, task_id, user_id, epoch, expires_at::text, used_at::text
    from task_mails where token_hash = ${tokenHash}`);
  const [row] = rows;
  if (!row) return null;
  return {
    ...ofRow(row),
    epoch: Number(row.epoch),
    isOver: instantFromText(row.expires_at) <= at,
    isUsed: row.used_at !== null,
  };
}
