/**
 * Files that people attach to tasks. They come and go piece by piece, so that the size of one costs no memory, and nobody sees one
 * that is not there as a whole. What is of a customer is sealed. Acts on them stand in the audit. Class: side effect (database).
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Json } from '../../engine/model/index.js';
import { appendActs } from '../audit/append.js';
import { withSealedPart } from '../audit/sealed-parts.js';
import type { Act } from '../audit/table.js';
import { instantFromText, jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { StoreFailure, storeFailure } from '../failure.js';
import { type CameTo, cameTo, type KeyedContent, noteCameTo } from '../request-keys.js';
import { bytesText, isSealedUnder, type Seals } from '../sealing/index.js';
import { columnPlace } from '../sealing/places.js';
import { PIECE_BYTES, piecesOf } from './pieces.js';

/** Bytes of a file at most. */
export const MOST_ATTACHMENT_BYTES = 10_000_000;
/** Files of a task at most. */
export const MOST_ATTACHMENTS = 20;

/** Read at a time; more than a task has. */
const PAGE = 200;

/** Which task. */
export interface AttachedTo {
  readonly instanceId: string;
  readonly taskId: string;
}

/** A file as it is listed. */
export interface Attachment extends AttachedTo {
  readonly attachmentId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Login name. */
  readonly attachedBy: string;
  /** ISO 8601 UTC. */
  readonly attachedAt: string;
}

/** Of a new one. */
export type NewAttachment = Pick<
  Attachment,
  'attachmentId' | 'instanceId' | 'taskId' | 'name' | 'mediaType'
>;

/** Who does something with one: a login name, and when. */
export interface AttachmentBy {
  readonly actor: string;
  readonly requestId: string;
  readonly reason: string | null;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** A piece of one: so many bytes, the last one fewer. `number` from 0. */
export interface AttachmentPiece {
  readonly attachmentId: string;
  readonly number: number;
  readonly content: Buffer;
}

/** The attachments. */
export interface TaskAttachments {
  /** Those of a task, the first first. What was erased is not among them. */
  readonly list: (of: AttachedTo) => Promise<readonly Attachment[]>;
  /** Null: the task has none of that id, or it was erased. */
  readonly get: (of: AttachedTo, attachmentId: string) => Promise<Attachment | null>;
  /**
   * Takes a file. Where it does not come to its end, nothing of it is left.
   *
   * @param plain - its bytes, in any cut; what that throws is thrown
   * @param keyed - the key of the request, under which the same file is attached once
   * Errors: `TASK_OVER`, `ATTACHMENT_TOO_LARGE`, `ATTACHMENTS_TOO_MANY`, `IDEMPOTENCY_KEY_USED`, those of the sealer.
   */
  readonly add: (
    attachment: NewAttachment,
    plain: AsyncIterable<Uint8Array>,
    by: AttachmentBy,
    keyed?: KeyedContent | null,
  ) => Promise<Attachment>;
  /** Says in the audit that somebody takes it, before its first byte. */
  readonly noteReading: (attachment: Attachment, by: AttachmentBy) => Promise<void>;
  /** What is in one. It ends early, by an error, where a piece is missing or was erased meanwhile. */
  readonly pieces: (attachment: Attachment) => AsyncGenerator<AttachmentPiece>;
  /** @returns false: there is none */
  readonly remove: (attachment: Attachment, by: AttachmentBy) => Promise<boolean>;
  /** Those of an instance that were there at an instant, some behind an id in the order of ids; empty: that were all. */
  readonly ofInstance: (
    instanceId: string,
    until: string,
    after: string,
  ) => Promise<readonly Attachment[]>;
  /** Takes away what was begun before an instant and never came to its end. */
  readonly prune: (begunBefore: string) => Promise<void>;
}

type Row = Readonly<
  Record<
    'attachment_id' | 'instance_id' | 'task_id' | 'media_type' | 'attached_by' | 'attached_at',
    string
  >
> & {
  readonly bytes: number;
  readonly data: Json;
  readonly sealed: Uint8Array | null;
  readonly customer_key_id: string | null;
};

const isOf = ({ instanceId, taskId }: AttachedTo): SQL =>
  sql`instance_id = ${instanceId} and task_id = ${taskId}`;

const namePlace = (attachmentId: string) => columnPlace('task_attachments', [attachmentId], 'data');
const piecePlace = (attachmentId: string, number: number) =>
  columnPlace('task_attachment_pieces', [attachmentId, number], 'content');

/** Makes them. */
export function createTaskAttachments(db: Queryable, seals: Seals): TaskAttachments {
  const read = async (
    where: SQL,
    order: SQL = sql`attached_at, attachment_id`,
  ): Promise<readonly Attachment[]> => {
    const { rows } = await db.execute<Row>(sql`
      select attachment_id, instance_id, task_id, data, sealed, media_type, bytes, attached_by,
        attached_at::text, customer_key_id
      from task_attachments left join process_instances using (instance_id)
      where attached_at is not null and ${where} order by ${order} limit ${PAGE}`);
    const all = await Promise.all(rows.map((row) => attachmentOf(seals, row)));
    return all.filter((one) => one !== null);
  };
  return {
    list: (of) => read(isOf(of)),
    get: async (of, attachmentId) => {
      const [found] = await read(sql`${isOf(of)} and attachment_id = ${attachmentId}`);
      return found ?? null;
    },
    add: async (attachment, plain, by, keyed = null) => {
      const before = keyed && (await cameTo(db, keyed));
      const id = before
        ? await repeated(before, plain, keyed)
        : await add(db, seals, attachment, { plain, by, keyed });
      const [found] = await read(sql`${isOf(attachment)} and attachment_id = ${id}`);
      // It was attached under this key, and taken away since.
      if (!found) throw storeFailure('IDEMPOTENCY_KEY_USED', {});
      return found;
    },
    noteReading: async (one, by) => {
      await appendActs(db, [await withSealedPart(db, seals, actOf('readTaskAttachment', one, by))]);
    },
    pieces: (attachment) => readPieces(db, seals, attachment),
    remove: async (one, by) => {
      const act = await withSealedPart(db, seals, actOf('removeTaskAttachment', one, by));
      return db.transaction(async (tx) => {
        const { rows } = await tx.execute(sql`delete from task_attachments
          where attachment_id = ${one.attachmentId} returning 1`);
        if (rows.length > 0) await appendActs(tx, [act]);
        return rows.length > 0;
      });
    },
    ofInstance: (instanceId, until, after) =>
      read(
        sql`instance_id = ${instanceId} and attached_at <= ${until}::timestamptz
          and attachment_id > ${after}`,
        sql`attachment_id`,
      ),
    prune: async (begunBefore) => {
      await db.execute(sql`delete from task_attachments
        where attached_at is null and begun_at < ${begunBefore}::timestamptz`);
    },
  };
}

interface Adding {
  readonly plain: AsyncIterable<Uint8Array>;
  readonly by: AttachmentBy;
  readonly keyed: KeyedContent | null;
}

/** @returns the id of the file that is there now */
async function add(
  db: Queryable,
  seals: Seals,
  attachment: NewAttachment,
  { plain, by, keyed }: Adding,
): Promise<string> {
  const { attachmentId } = attachment;
  const drop = () =>
    db.execute(sql`delete from task_attachments where attachment_id = ${attachmentId}`);
  try {
    const keyId = await begin(db, seals, attachment, by);
    const bytes = await writePieces(db, seals, keyId, attachmentId, hashed(plain, keyed));
    const whole = { ...attachment, bytes, attachedBy: by.actor, attachedAt: by.at };
    const id = await finish(db, seals, whole, { by, keyed });
    if (id !== attachmentId) await drop();
    return id;
  } catch (error) {
    await drop();
    if (error instanceof StoreFailure) {
      const refused = { ...actOf('attachToTask', attachment, by), data: null };
      await appendActs(db, [{ ...refused, outcome: 'refused', code: error.code }]);
    }
    throw error;
  }
}

/** The same bytes, hashed on their way. */
async function* hashed(
  plain: AsyncIterable<Uint8Array>,
  keyed: KeyedContent | null,
): AsyncGenerator<Uint8Array> {
  for await (const part of plain) {
    keyed?.hash.update(part);
    yield part;
  }
}

/** Reads a file that was sent before, and keeps nothing of it. @returns the id of the first. Errors: `IDEMPOTENCY_KEY_USED`. */
async function repeated(
  before: CameTo,
  plain: AsyncIterable<Uint8Array>,
  keyed: KeyedContent,
): Promise<string> {
  for await (const part of limited(plain)) keyed.hash.update(part);
  return sameAs(before, keyed.hash.digest('hex'));
}

function sameAs({ id, content }: CameTo, now: string): string {
  if (content !== now) throw storeFailure('IDEMPOTENCY_KEY_USED', {});
  return id;
}

/** Makes room for it, as long as its task is open. @returns the key that it is under */
async function begin(
  db: Queryable,
  seals: Seals,
  attachment: NewAttachment,
  { actor, at }: AttachmentBy,
): Promise<string> {
  const { attachmentId, instanceId, taskId, name, mediaType } = attachment;
  const { rows } = await db.execute<{ key: string; held: string }>(sql`
    select customer_key_id as key,
      (select count(*) from task_attachments where ${isOf(attachment)}) as held
    from user_tasks where ${isOf(attachment)} and state = 'CREATED'`);
  const [task] = rows;
  if (!task) throw storeFailure('TASK_OVER', { task: `${instanceId}/${taskId}` });
  // What is on its way counts as well: nobody fills the disk by beginning.
  assertRoom(Number(task.held));
  const data = { name };
  const isSealed = isSealedUnder(task.key);
  const sealed = isSealed
    ? bytesText(await seals.seal(task.key, data, namePlace(attachmentId)))
    : null;
  await db.execute(sql`insert into task_attachments
    (attachment_id, instance_id, task_id, data, sealed, media_type, attached_by, begun_at)
    values (${attachmentId}, ${instanceId}, ${taskId}, ${isSealed ? null : jsonText(data)}::jsonb,
      ${sealed}::bytea, ${mediaType}, ${actor}, ${at}::timestamptz)`);
  return task.key;
}

async function writePieces(
  db: Queryable,
  seals: Seals,
  keyId: string,
  attachmentId: string,
  plain: AsyncIterable<Uint8Array>,
): Promise<number> {
  let bytes = 0;
  let number = 0;
  for await (const piece of piecesOf(limited(plain), PIECE_BYTES)) {
    const place = piecePlace(attachmentId, number);
    const sealed = isSealedUnder(keyId) ? await seals.sealBytes(keyId, piece, place) : null;
    await db.execute(sql`insert into task_attachment_pieces (attachment_id, number, content, sealed)
      values (${attachmentId}, ${number}, ${sealed ? null : bytesText(piece)}::bytea,
        ${sealed && bytesText(sealed)}::bytea)`);
    number += 1;
    bytes += piece.length;
  }
  return bytes;
}

async function* limited(plain: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of plain) {
    bytes += part.length;
    if (bytes > MOST_ATTACHMENT_BYTES) {
      throw storeFailure('ATTACHMENT_TOO_LARGE', { most: MOST_ATTACHMENT_BYTES });
    }
    yield part;
  }
}

/**
 * Shows it to all, with the row of the audit that says so. @returns its id, or that of the same file that came under the same key
 * at the same time, and was first
 */
async function finish(
  db: Queryable,
  seals: Seals,
  whole: Attachment,
  { by, keyed }: Omit<Adding, 'plain'>,
): Promise<string> {
  const { attachmentId, instanceId, taskId, bytes } = whole;
  // Sealed before anything is locked.
  const act = await withSealedPart(db, seals, actOf('attachToTask', whole, by));
  const content = keyed?.hash.digest('hex') ?? '';
  return db.transaction(async (tx) => {
    // Upon one task at a time, so that the limit holds.
    const { rows: open } = await tx.execute(sql`select 1 from user_tasks
      where ${isOf(whole)} and state = 'CREATED' for update`);
    if (open.length === 0) throw storeFailure('TASK_OVER', { task: `${instanceId}/${taskId}` });
    const first = keyed && (await cameTo(tx, keyed));
    if (first) return sameAs(first, content);
    const { rows } = await tx.execute<{ held: string }>(sql`select count(*) as held
      from task_attachments where ${isOf(whole)} and attached_at is not null`);
    assertRoom(Number(rows[0]?.held));
    await tx.execute(sql`update task_attachments
      set bytes = ${bytes}, attached_at = ${by.at}::timestamptz where attachment_id = ${attachmentId}`);
    if (keyed) await noteCameTo(tx, keyed, { id: attachmentId, content });
    await appendActs(tx, [act]);
    return attachmentId;
  });
}

function assertRoom(held: number): void {
  if (held >= MOST_ATTACHMENTS)
    throw storeFailure('ATTACHMENTS_TOO_MANY', { most: MOST_ATTACHMENTS });
}

async function* readPieces(
  db: Queryable,
  seals: Seals,
  { attachmentId, bytes }: Attachment,
): AsyncGenerator<AttachmentPiece> {
  for (let number = 0; number * PIECE_BYTES < bytes; number += 1) {
    const { rows } = await db.execute<{
      content: Uint8Array | null;
      sealed: Uint8Array | null;
      key: string | null;
    }>(sql`select piece.content, piece.sealed, customer_key_id as key
      from task_attachment_pieces piece join task_attachments using (attachment_id)
        left join process_instances using (instance_id)
      where attachment_id = ${attachmentId} and number = ${number}`);
    const [row] = rows;
    const content = row && (await contentOf(seals, row, piecePlace(attachmentId, number)));
    if (!content) throw new Error(`piece ${number} of attachment ${attachmentId} is gone`);
    yield { attachmentId, number, content };
  }
}

async function contentOf(
  seals: Seals,
  row: { readonly content: Uint8Array | null; sealed: Uint8Array | null; key: string | null },
  place: ReturnType<typeof piecePlace>,
): Promise<Buffer | null> {
  if (row.content) return Buffer.from(row.content);
  if (!row.sealed || row.key === null) return null;
  return seals.openBytes(row.key, row.sealed, place);
}

async function attachmentOf(seals: Seals, row: Row): Promise<Attachment | null> {
  const { attachment_id: attachmentId, sealed, customer_key_id: keyId } = row;
  const opened = sealed
    ? keyId !== null && (await seals.open(keyId, sealed, namePlace(attachmentId)))
    : { value: row.data };
  if (!opened) return null;
  const { name } = opened.value as { readonly name: string };
  return {
    ...{ attachmentId, instanceId: row.instance_id, taskId: row.task_id, name },
    ...{ mediaType: row.media_type, bytes: row.bytes, attachedBy: row.attached_by },
    attachedAt: instantFromText(row.attached_at),
  };
}

/** What the audit tells; which file it was goes with what is erased there. */
function actOf(
  action: string,
  { instanceId, taskId, attachmentId, name, mediaType }: NewAttachment,
  by: AttachmentBy,
): Act {
  const data = { attachmentId, name, mediaType };
  const object = `task:${instanceId}/${taskId}`;
  return { ...by, action, object, outcome: 'done', code: null, data };
}
