/** A play as the page holds it: its script, kept over a reload, and whether a text is JSON. */
import type { Script } from '../api.js';

/** Before anything was done. */
export const EMPTY: Script = { now: '2026-01-05T12:00:00Z', jobs: {}, acts: [] };

/** Does one thing in a play. */
export type Act = (one: Readonly<Record<string, unknown>>) => void;

/** Goes on with these acts in place of all that were done. */
export type Rewind = (acts: Script['acts']) => void;

const nameOf = (draftId: string): string => `jornada-play-${draftId}`;

/** Keeps it in this tab. */
export function keepIn(draftId: string, script: Script): void {
  window.sessionStorage.setItem(nameOf(draftId), JSON.stringify(script));
}

/** What this tab kept of it. */
export function keptIn(draftId: string): Script {
  const text = window.sessionStorage.getItem(nameOf(draftId));
  return text === null ? EMPTY : (JSON.parse(text) as Script);
}

/** Whether a text is JSON. Class: pure. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
