/** Saves what is typed a moment after, and says when; a second tab is told of the first. Class: side effect. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Happening, WholeTask } from '../../../contracts/tasks.js';
import { ask } from '../../api/ask.js';
import { ApiProblem } from '../../api/problem.js';

type Values = WholeTask['variables'];

/** How the draft stands. `other`: another tab has saved since; `over`: the task has ended. */
export type DraftState =
  | { readonly kind: 'none' | 'saving' | 'failed' }
  | { readonly kind: 'other' | 'over'; readonly meanwhile: readonly Happening[] }
  | { readonly kind: 'saved'; readonly at: string };

/** Saved a second after the last key, and at once when the page is left. */
const PAUSE_MS = 1000;
const AGAIN_MS = 5000;

/** Keeps the draft of a task. */
export function useDraft(taskKey: string, first: WholeTask['draft']) {
  const [state, setState] = useState<DraftState>(
    first.savedAt ? { kind: 'saved', at: first.savedAt } : { kind: 'none' },
  );
  const held = useRef({
    ...{ version: first.version, isBusy: false, isStopped: false },
    /** The version that another tab saved. */
    saved: first.version,
    waiting: null as Values | null,
    timer: 0,
  });
  const save = useCallback(async () => {
    const now = held.current;
    if (now.isBusy || now.isStopped || now.waiting === null) return;
    const data = now.waiting;
    now.waiting = null;
    now.isBusy = true;
    setState({ kind: 'saving' });
    try {
      const saved = await ask<{ readonly version: number; readonly savedAt: string }>(
        `/api/v1/tasks/${taskKey}/draft`,
        { method: 'PUT', body: { data, version: now.version }, outlives: true },
      );
      now.version = saved.version;
      setState({ kind: 'saved', at: saved.savedAt });
    } catch (error) {
      const code = error instanceof ApiProblem ? error.code : '';
      now.waiting ??= data;
      now.isStopped = code === 'TASK_DRAFT_CHANGED' || code === 'TASK_OVER';
      const meanwhile = error instanceof ApiProblem ? error.meanwhile : [];
      now.saved = Number(meanwhile[0]?.data.version ?? now.saved);
      setState(
        now.isStopped
          ? { kind: code === 'TASK_OVER' ? 'over' : 'other', meanwhile }
          : { kind: 'failed' },
      );
    }
    now.isBusy = false;
    if (now.waiting !== null && !now.isStopped)
      now.timer = window.setTimeout(() => void save(), AGAIN_MS);
  }, [taskKey]);
  const typed = useCallback(
    (data: Values) => {
      const now = held.current;
      now.waiting = data;
      window.clearTimeout(now.timer);
      now.timer = window.setTimeout(() => void save(), PAUSE_MS);
    },
    [save],
  );
  /** Goes on with what is here, over what another tab saved. */
  const keepMine = useCallback(() => {
    Object.assign(held.current, { version: held.current.saved, isStopped: false });
    void save();
  }, [save]);
  useEffect(() => {
    const leave = (): void => void save();
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      window.clearTimeout(held.current.timer);
      void save();
    };
  }, [save]);
  const stop = useCallback(() => {
    Object.assign(held.current, { isStopped: true, waiting: null });
    window.clearTimeout(held.current.timer);
  }, []);
  return { state, typed, keepMine, stop };
}
