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
    const [file] = await write(tx, draftId, [{ path, content, ifVersion }], writer);
    await refuseTooLarge(tx, draftId);
    await touch(tx, draftId, writer);
    return file as DraftFile;
  });
}

/** A change of one file. */
export interface FileChange {
  readonly path: string;
  /** Null: it goes. */
  readonly content: string | null;
  /** Of the file as it was read; 0: it is new. */
  readonly ifVersion: number;
}

/** Changes several files, all or none; see `Drafts`. */
export function changeFiles(
  db: Queryable,
  draftId: string,
  changes: readonly FileChange[],
  writer: Writer,
): Promise<readonly DraftFile[]> {
  return db.transaction(async (tx) => {
    await lockOpen(tx, draftId);
    for (const { path, ifVersion } of changes) {
      refuseOther(path, await fileOf(tx, draftId, path), ifVersion);
    }
    const written = await write(tx, draftId, changes, writer);
    await refuseTooLarge(tx, draftId);
    await touch(tx, draftId, writer);
    return written;
  });
}

/** What comes in the place of the files of a draft, or beside them. */
export interface Upload {
  readonly draftId: string;
  /** Of the draft as it was read. */
  readonly version: number;
  readonly files: Readonly<Record<string, string>>;
  /** Whether files go that are not among these. */
  readonly isWhole: boolean;
}

/** Takes in files that came together; see `Drafts`. */
export async function uploadFiles(
  tx: Queryable,
  { draftId, version, files, isWhole }: Upload,
  writer: Writer,
): Promise<Draft> {
  const draft = await lockOpen(tx, draftId);
  refuseChanged(draft, version);
  const rows = await tx.select().from(draftFiles).where(eq(draftFiles.draftId, draftId));
  const before = new Map(rows.map((row) => [row.path, row]));
  const come = Object.entries(files).flatMap(([path, content]): FileChange[] => {
    const old = before.get(path);
    return old?.content === content ? [] : [{ path, content, ifVersion: old?.version ?? 0 }];
  });
  const go = rows
    .filter(({ path }) => isWhole && !Object.hasOwn(files, path))
    .map(({ path, version: ifVersion }): FileChange => ({ path, content: null, ifVersion }));
  if (come.length + go.length === 0) return draft;
  await write(tx, draftId, [...come, ...go], writer);
  await refuseTooLarge(tx, draftId);
  await touch(tx, draftId, writer);
  return lockOpen(tx, draftId);
}

/** Writes what was judged. @returns the files that there are of it */
async function write(
  tx: Queryable,
  draftId: string,
  changes: readonly FileChange[],
  { loginName: changedBy, at: changedAt }: Writer,
): Promise<readonly DraftFile[]> {
  const written: DraftFile[] = [];
  for (const { path, content, ifVersion } of changes) {
    if (content === null) {
      const isOne = and(eq(draftFiles.draftId, draftId), eq(draftFiles.path, path));
      await tx.delete(draftFiles).where(isOne);
      continue;
    }
    const file = { path, content, version: ifVersion + 1, changedBy, changedAt };
    await tx
      .insert(draftFiles)
      .values({ draftId, ...file })
      .onConflictDoUpdate({ target: [draftFiles.draftId, draftFiles.path], set: file });
    written.push(file);
  }
  return written;
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
    await write(tx, draftId, [{ path, content: null, ifVersion }], writer);
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
  refuseChanged(draft, version);
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

async function lockOpen(tx: Queryable, draftId: string): Promise<Draft> {
  const draft = await lock(tx, draftId);
  if (draft.state !== 'open') throw closed(draft);
  return draft;
}

function refuseChanged(draft: Draft, version: number): void {
  if (draft.version === version) return;
  const { draftId, changedBy: person, changedAt: at } = draft;
  throw storeFailure('DRAFT_CHANGED', { draft: draftId, person, at });
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

/** Errors: `DRAFT_TOO_LARGE`. */
export async function refuseTooLarge(tx: Queryable, draftId: string): Promise<void> {
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
