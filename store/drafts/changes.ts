/**
 * Changes of drafts. Each holds the row of its draft, so that two people come one after the other, and who is second hears
 * who was first. Class: side effect (database).
 */
import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import type { DraftStep } from './index.js';
import { type Draft, type DraftFile, type DraftState, draftFiles, drafts } from './tables.js';

/** Who writes, and when. */
export interface Writer {
  readonly loginName: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** Files of a draft at most, and characters of all of them. */
const MOST_FILES = 300;
const MOST_TEXT = 10_000_000;

/** Saves a file; see `Drafts`. */
export function saveFile(
  db: Queryable,
  draftId: string,
  { path, content, ifVersion }: { path: string; content: string; ifVersion: number },
  writer: Writer,
): Promise<DraftFile> {
  return db.transaction(async (tx) => {
    await lockOpen(tx, draftId);
    const before = await fileOf(tx, draftId, path);
    if (before?.content === content) return before;
    refuseOther(path, before, ifVersion);
    const change = { changedBy: writer.loginName, changedAt: writer.at };
    const file = { path, content, version: ifVersion + 1, ...change };
    await tx
      .insert(draftFiles)
      .values({ draftId, ...file })
      .onConflictDoUpdate({ target: [draftFiles.draftId, draftFiles.path], set: file });
    await refuseTooLarge(tx, draftId);
    await touch(tx, draftId, writer);
    return file;
  });
}

/** Takes a file out; see `Drafts`. */
export function deleteFile(
  db: Queryable,
  draftId: string,
  { path, ifVersion }: { path: string; ifVersion: number },
  writer: Writer,
): Promise<void> {
  return db.transaction(async (tx) => {
    await lockOpen(tx, draftId);
    const before = await fileOf(tx, draftId, path);
    if (before === null) return;
    refuseOther(path, before, ifVersion);
    await tx
      .delete(draftFiles)
      .where(and(eq(draftFiles.draftId, draftId), eq(draftFiles.path, path)));
    await touch(tx, draftId, writer);
  });
}

/** Takes a draft from one state to another; see `Drafts`. */
export async function changeState(
  tx: Queryable,
  { draftId, version, remark, published }: DraftStep & { readonly published?: string },
  { from, to }: { readonly from: readonly DraftState[]; readonly to: DraftState },
  { loginName, at }: Writer,
): Promise<Draft> {
  const draft = await lock(tx, draftId);
  if (!from.includes(draft.state)) throw closed(draft);
  if (draft.version !== version) {
    const { changedBy: person, changedAt } = draft;
    throw storeFailure('DRAFT_CHANGED', { draft: draftId, person, at: changedAt });
  }
  const change = { state: to, version: version + 1, remark, changedBy: loginName, changedAt: at };
  const [changed] = await tx
    .update(drafts)
    .set({ ...change, ...(published !== undefined && { published }) })
    .where(eq(drafts.draftId, draftId))
    .returning();
  return changed ?? draft;
}

async function lock(tx: Queryable, draftId: string): Promise<Draft> {
  const [found] = await tx.select().from(drafts).where(eq(drafts.draftId, draftId)).for('update');
  if (!found) throw storeFailure('DRAFT_UNKNOWN', { draft: draftId });
  return found;
}

async function lockOpen(tx: Queryable, draftId: string): Promise<void> {
  const draft = await lock(tx, draftId);
  if (draft.state !== 'open') throw closed(draft);
}

function closed({ draftId: draft, state, changedBy: person, changedAt: at }: Draft) {
  return storeFailure('DRAFT_CLOSED', { draft, state, person, at });
}

async function fileOf(tx: Queryable, draftId: string, path: string): Promise<DraftFile | null> {
  const [found] = await tx
    .select()
    .from(draftFiles)
    .where(and(eq(draftFiles.draftId, draftId), eq(draftFiles.path, path)));
  if (!found) return null;
  const { draftId: _draft, ...file } = found;
  return file;
}

function refuseOther(path: string, before: DraftFile | null, ifVersion: number): void {
  if ((before?.version ?? 0) === ifVersion) return;
  const { changedBy: person = 'somebody', changedAt: at = 'before' } = before ?? {};
  throw storeFailure('DRAFT_FILE_CHANGED', { path, person, at });
}

async function refuseTooLarge(tx: Queryable, draftId: string): Promise<void> {
  const { rows } = await tx.execute<{ files: string; length: string }>(
    sql`select count(*) as files, sum(length(content)) as length from draft_files where draft_id = ${draftId}`,
  );
  const [{ files = '0', length = '0' } = {}] = rows;
  if (Number(files) <= MOST_FILES && Number(length) <= MOST_TEXT) return;
  throw storeFailure('DRAFT_TOO_LARGE', { files: MOST_FILES, characters: MOST_TEXT });
}

/** The draft is another one by it, and whoever wrote is among those who did. */
async function touch(tx: Queryable, draftId: string, { loginName, at }: Writer): Promise<void> {
  await tx.execute(sql`update drafts set version = version + 1, changed_by = ${loginName}, changed_at = ${at},
    contributors = case when ${loginName} = any (contributors) then contributors else array_append(contributors, ${loginName}) end
    where draft_id = ${draftId}`);
}
