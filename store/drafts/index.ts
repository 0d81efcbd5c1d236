/**
 * Drafts of packages. A save is no act: it is one of many as somebody types, and stands in the draft itself; what begins a
 * draft and what changes its state is an act, in the audit with its transaction. Class: side effect (database).
 */
import { randomUUID } from 'node:crypto';
import { and, asc, eq, getTableColumns } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { acting, type By } from '../identities/acts.js';
import { type Page, type Search, search } from '../search/index.js';
import {
  changeFiles,
  changeState,
  deleteFile,
  type FileChange,
  refuseTooLarge,
  saveFile,
  type Upload,
  uploadFiles,
  type Writer,
} from './changes.js';
import { type Draft, type DraftFile, draftFiles, drafts } from './tables.js';

export type { FileChange, Upload, Writer } from './changes.js';
export type { Draft, DraftFile, DraftState } from './tables.js';

/** A draft as it begins. */
export interface NewDraft {
  readonly packageKey: string;
  readonly title: string;
  readonly basedOn: string | null;
  /** Path inside the package → text. */
  readonly files: Readonly<Record<string, string>>;
}

/** What somebody does to the state of a draft. */
export interface DraftStep {
  readonly draftId: string;
  /** Of the draft as it was read. */
  readonly version: number;
  readonly remark: string | null;
}

/** Drafts. `loginName` is whoever acts, as files show them. */
export interface Drafts {
  readonly get: (draftId: string) => Promise<Draft | null>;
  /** One page; see `search` for the errors. By time of the last change. */
  readonly search: (query: Search<keyof Draft>) => Promise<Page<Draft>>;
  readonly files: (draftId: string) => Promise<readonly DraftFile[]>;
  readonly file: (draftId: string, path: string) => Promise<DraftFile | null>;
  readonly create: (draft: NewDraft, loginName: string, by: By) => Promise<Draft>;
  /**
   * Saves a file. The same text changes nothing. @param ifVersion - of the file as it was read; 0: it is new
   *
   * Errors: `DRAFT_UNKNOWN`, `DRAFT_CLOSED`, `DRAFT_FILE_CHANGED` with who was first, `DRAFT_TOO_LARGE`.
   */
  readonly save: (
    draftId: string,
    file: { readonly path: string; readonly content: string; readonly ifVersion: number },
    writer: Writer,
  ) => Promise<DraftFile>;
  /** Takes a file out. Errors: as of `save`. */
  readonly remove: (
    draftId: string,
    file: { readonly path: string; readonly ifVersion: number },
    writer: Writer,
  ) => Promise<void>;
  /** Changes several files, all or none, as a rename does. @returns those that there are of them. Errors: as of `save`. */
  readonly change: (
    draftId: string,
    changes: readonly FileChange[],
    writer: Writer,
  ) => Promise<readonly DraftFile[]>;
  /** Takes in files that came together: one act. Errors: as of `save` and `submit`. */
  readonly upload: (upload: Upload, loginName: string, by: By) => Promise<Draft>;
  /** Hands it in. Errors, as of those below: `DRAFT_UNKNOWN`, `DRAFT_CLOSED`, `DRAFT_CHANGED`. */
  readonly submit: (step: DraftStep, loginName: string, by: By) => Promise<Draft>;
  /** Gives it back to be worked on. */
  readonly giveBack: (step: DraftStep, loginName: string, by: By) => Promise<Draft>;
  readonly discard: (step: DraftStep, loginName: string, by: By) => Promise<Draft>;
  /** Notes that its sources are deployed. @param hash - of them */
  readonly publish: (step: DraftStep, hash: string, loginName: string, by: By) => Promise<Draft>;
}

const SEARCHABLE = {
  table: drafts,
  fields: getTableColumns(drafts),
  key: ['draftId'],
  sort: [{ field: 'changedAt', order: 'DESC' }],
} as const;

const { draftId: _draftId, ...FILE } = getTableColumns(draftFiles);

/** Makes the group. */
export function createDrafts(db: Queryable): Drafts {
  const step =
    (action: string, from: readonly Draft['state'][], to: Draft['state']) =>
    (given: DraftStep & { readonly published?: string }, loginName: string, by: By) =>
      acting(
        db,
        { ...by, reason: given.remark },
        { action, object: `draft:${given.draftId}`, data: { version: given.version } },
        (tx) => changeState(tx, given, { from, to }, { loginName, at: by.at }),
        (draft) => objectOf(draft),
      );
  const publish = step('publishDraft', ['open', 'review'], 'published');
  return {
    get: async (draftId) => {
      const [found] = await db.select().from(drafts).where(eq(drafts.draftId, draftId));
      return found ?? null;
    },
    search: (query) => search(db, SEARCHABLE, query),
    files: (draftId) =>
      db
        .select(FILE)
        .from(draftFiles)
        .where(eq(draftFiles.draftId, draftId))
        .orderBy(asc(draftFiles.path)),
    file: async (draftId, path) => {
      const [found] = await db
        .select(FILE)
        .from(draftFiles)
        .where(and(eq(draftFiles.draftId, draftId), eq(draftFiles.path, path)));
      return found ?? null;
    },
    create: (draft, loginName, by) => create(db, draft, loginName, by),
    save: (draftId, file, writer) => saveFile(db, draftId, file, writer),
    remove: (draftId, file, writer) => deleteFile(db, draftId, file, writer),
    change: (draftId, changes, writer) => changeFiles(db, draftId, changes, writer),
    upload: (upload, loginName, by) => uploadAll(db, upload, loginName, by),
    submit: step('submitDraft', ['open'], 'review'),
    giveBack: step('returnDraft', ['review'], 'open'),
    discard: step('discardDraft', ['open', 'review'], 'discarded'),
    publish: (given, hash, loginName, by) => publish({ ...given, published: hash }, loginName, by),
  };
}

const objectOf = ({ draftId, packageKey }: Draft): string =>
  `draft:${draftId} package:${packageKey}`;

function create(
  db: Queryable,
  { packageKey, title, basedOn, files }: NewDraft,
  loginName: string,
  by: By,
): Promise<Draft> {
  const draftId = randomUUID();
  const { at } = by;
  const change = { changedBy: loginName, changedAt: at };
  const told = { action: 'createDraft', object: `draft:${draftId} package:${packageKey}` };
  return acting(db, by, told, async (tx) => {
    const whole = { ...change, state: 'open' as const, version: 1, contributors: [loginName] };
    const row = { draftId, packageKey, title, basedOn, createdBy: loginName, createdAt: at };
    const [made] = await tx
      .insert(drafts)
      .values({ ...row, ...whole })
      .returning();
    const rows = Object.entries(files).map(([path, content]) => {
      return { draftId, path, content, version: 1, ...change };
    });
    if (rows.length > 0) await tx.insert(draftFiles).values(rows);
    await refuseTooLarge(tx, draftId);
    if (!made) throw storeFailure('DRAFT_UNKNOWN', { draft: draftId });
    return made;
  });
}

function uploadAll(db: Queryable, upload: Upload, loginName: string, by: By): Promise<Draft> {
  const { draftId, version, files, isWhole } = upload;
  const data = { version, files: Object.keys(files).length, isWhole };
  const told = { action: 'uploadDraft', object: `draft:${draftId}`, data };
  const write = (tx: Queryable) => uploadFiles(tx, upload, { loginName, at: by.at });
  return acting(db, by, told, write, objectOf);
}
