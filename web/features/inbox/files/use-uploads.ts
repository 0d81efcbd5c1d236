/** Sends files one after the other; each is shown with how far it is, and stays when it was refused. Class: side effect. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { AttachmentOnWire } from '../../../../contracts/tasks.js';
import { upload } from '../../../api/upload.js';
import { filesKey } from './asking.js';

/** A file on its way. `problem`: it was refused. */
export interface Underway {
  readonly id: number;
  readonly name: string;
  /** From 0 to 1. */
  readonly part: number;
  readonly problem: Error | null;
}

/** Sends them. @param done - called with each that has arrived */
export function useUploads(taskKey: string, done: (file: AttachmentOnWire) => void) {
  const queries = useQueryClient();
  const [underway, setUnderway] = useState<readonly Underway[]>([]);
  const held = useRef({ last: 0, turn: Promise.resolve(), leaving: new AbortController() });
  useEffect(() => {
    const leaving = new AbortController();
    held.current.leaving = leaving;
    return () => leaving.abort();
  }, []);
  const change = (id: number, what: Partial<Underway>): void =>
    setUnderway((all) => all.map((one) => (one.id === id ? { ...one, ...what } : one)));
  const drop = (id: number): void => setUnderway((all) => all.filter((one) => one.id !== id));
  const sendOne = async (id: number, file: File): Promise<void> => {
    const { signal } = held.current.leaving;
    if (signal.aborted) return;
    try {
      const path = `/api/v1/tasks/${taskKey}/attachments`;
      const sent = await upload<AttachmentOnWire>(
        path,
        file,
        (part) => change(id, { part }),
        signal,
      );
      await queries.invalidateQueries({ queryKey: filesKey(taskKey) });
      drop(id);
      done(sent);
    } catch (error) {
      if (!signal.aborted) change(id, { problem: error as Error });
    }
  };
  const send = (files: readonly File[]): void => {
    for (const file of files) {
      held.current.last += 1;
      const id = held.current.last;
      setUnderway((all) => [...all, { id, name: file.name, part: 0, problem: null }]);
      held.current.turn = held.current.turn.then(() => sendOne(id, file));
    }
  };
  return { underway, send, drop };
}
