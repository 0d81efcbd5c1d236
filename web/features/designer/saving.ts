/**
 * The texts of a draft as one works on them: each is saved soon after it was changed, and kept in this tab until it is, so that
 * a reload loses nothing. Who is second hears who was first, and chooses.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftFileRow } from '../../../contracts/designer.js';
import { ApiProblem } from '../../api/problem.js';
import { changeFiles, deleteFile, readFile, saveFile } from './api.js';

/** How the saving of all files stands. */
export type Saving =
  | { readonly state: 'saved' | 'unsaved' | 'saving' }
  | { readonly state: 'failed'; readonly detail: string }
  | { readonly state: 'conflict'; readonly path: string; readonly detail: string };

/** The files, and what is done with them. */
export interface Files {
  /** Path → text as it is now, saved or not. */
  readonly texts: Readonly<Record<string, string>>;
  readonly saving: Saving;
  /** Grows with each save: what is judged is judged anew. */
  readonly saves: number;
  /** Grows where a text came from elsewhere than its editor: it is read anew. */
  readonly arrivals: number;
  readonly change: (path: string, text: string) => void;
  /** Puts a text in the place of what an editor shows; null takes the file out. */
  readonly put: (path: string, text: string | null) => Promise<void>;
  /** Changes several files, all or none. Path → text; null: it goes. @throws ApiProblem */
  readonly changeAll: (changes: Readonly<Record<string, string | null>>) => Promise<void>;
  /** All files as they are now, in the place of those before. */
  readonly takeAll: (files: readonly DraftFileRow[]) => void;
  /** A file that the server made. */
  readonly took: (file: DraftFileRow) => void;
  /** Waits until all is saved. */
  readonly settle: () => Promise<void>;
  readonly keepMine: () => Promise<void>;
  readonly takeTheirs: () => Promise<void>;
}

const SOON_MS = 700;

interface Held {
  readonly versions: Map<string, number>;
  readonly unsaved: Map<string, string>;
}

/** Holds the files of a draft. */
export function useFiles(draftId: string, files: readonly DraftFileRow[]): Files {
  const kept = `jornada-draft-${draftId}`;
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => ({
    ...Object.fromEntries(files.map(({ path, content }) => [path, content])),
    ...unsavedIn(kept),
  }));
  const held = useRef<Held>({
    versions: new Map(files.map(({ path, version }) => [path, version])),
    unsaved: new Map(Object.entries(unsavedIn(kept))),
  });
  const [saving, setSaving] = useState<Saving>({ state: 'saved' });
  const [saves, setSaves] = useState(0);
  const [arrivals, setArrivals] = useState(0);
  const timer = useRef<number | null>(null);
  const running = useRef<Promise<void>>(Promise.resolve());

  const flush = useCallback((): Promise<void> => {
    if (timer.current !== null) window.clearTimeout(timer.current);
    timer.current = null;
    const saveAll = async (): Promise<void> => {
      const { unsaved, versions } = held.current;
      for (const [path, text] of [...unsaved]) {
        setSaving({ state: 'saving' });
        try {
          const file = await saveFile(draftId, path, text, versions.get(path) ?? 0);
          versions.set(path, file.version);
          // What was typed meanwhile is saved with the next turn.
          if (unsaved.get(path) === text) unsaved.delete(path);
          setSaves((count) => count + 1);
        } catch (error) {
          setSaving(faultOf(error, path));
          keep(kept, unsaved);
          return;
        }
      }
      keep(kept, unsaved);
      setSaving({ state: unsaved.size > 0 ? 'unsaved' : 'saved' });
    };
    running.current = running.current.then(saveAll);
    return running.current;
  }, [draftId, kept]);

  const later = useCallback(() => {
    if (timer.current !== null) window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void flush(), SOON_MS);
  }, [flush]);

  const change = useCallback(
    (path: string, text: string) => {
      held.current.unsaved.set(path, text);
      keep(kept, held.current.unsaved);
      setTexts((before) => ({ ...before, [path]: text }));
      setSaving((before) => (before.state === 'conflict' ? before : { state: 'unsaved' }));
      later();
    },
    [kept, later],
  );

  // What a closed tab left unsaved is saved now.
  useEffect(() => {
    if (held.current.unsaved.size > 0) void flush();
    return () => {
      if (timer.current !== null) void flush();
    };
  }, [flush]);

  const took = useCallback((file: DraftFileRow) => {
    held.current.versions.set(file.path, file.version);
    setTexts((before) => ({ ...before, [file.path]: file.content }));
    setSaves((count) => count + 1);
    setArrivals((count) => count + 1);
  }, []);

  const put = async (path: string, text: string | null): Promise<void> => {
    if (text !== null) {
      change(path, text);
      setArrivals((count) => count + 1);
      return flush();
    }
    held.current.unsaved.delete(path);
    await deleteFile(draftId, path, held.current.versions.get(path) ?? 0);
    held.current.versions.delete(path);
    setTexts(({ [path]: _gone, ...rest }) => rest);
    setSaves((count) => count + 1);
  };
  const changeAll = async (all: Readonly<Record<string, string | null>>): Promise<void> => {
    await flush();
    const { versions } = held.current;
    const changes = Object.entries(all).map(([path, content]) => {
      return { path, content, version: versions.get(path) ?? 0 };
    });
    const { items } = await changeFiles(draftId, changes);
    for (const { path } of changes) versions.delete(path);
    for (const { path, version } of items) versions.set(path, version);
    setTexts((before) => ({
      ...Object.fromEntries(Object.entries(before).filter(([path]) => all[path] !== null)),
      ...Object.fromEntries(items.map(({ path, content }) => [path, content])),
    }));
    setSaves((count) => count + 1);
    setArrivals((count) => count + 1);
  };
  const takeAll = (rows: readonly DraftFileRow[]): void => {
    held.current.versions.clear();
    for (const { path, version } of rows) held.current.versions.set(path, version);
    setTexts(Object.fromEntries(rows.map(({ path, content }) => [path, content])));
    setSaves((count) => count + 1);
    setArrivals((count) => count + 1);
  };
  const settleConflict = async (isMine: boolean): Promise<void> => {
    if (saving.state !== 'conflict') return;
    const theirs = await readFile(draftId, saving.path);
    held.current.versions.set(saving.path, theirs.version);
    if (!isMine) {
      held.current.unsaved.delete(saving.path);
      took(theirs);
    }
    setSaving({ state: 'unsaved' });
    await flush();
  };
  return {
    ...{ texts, saving, saves, arrivals, change, put, took, settle: flush, changeAll, takeAll },
    keepMine: () => settleConflict(true),
    takeTheirs: () => settleConflict(false),
  };
}

function faultOf(error: unknown, path: string): Saving {
  const detail = error instanceof ApiProblem ? error.detail : String(error);
  const isConflict = error instanceof ApiProblem && error.code === 'DRAFT_FILE_CHANGED';
  return isConflict ? { state: 'conflict', path, detail } : { state: 'failed', detail };
}

function unsavedIn(kept: string): Record<string, string> {
  const text = window.sessionStorage.getItem(kept);
  return text === null ? {} : (JSON.parse(text) as Record<string, string>);
}

function keep(kept: string, unsaved: ReadonlyMap<string, string>): void {
  try {
    if (unsaved.size === 0) window.sessionStorage.removeItem(kept);
    else window.sessionStorage.setItem(kept, JSON.stringify(Object.fromEntries(unsaved)));
  } catch {
    // A full store of the browser: the text is saved at the server all the same.
  }
}
