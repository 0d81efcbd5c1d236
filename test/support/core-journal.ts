/** The journal of one instance: gapless, earlier causes, and one end for each beginning. */

import type { InstanceEvent, InstanceState, StepResult } from '../../engine/model/index.js';
import { hasEnded } from '../../engine/step/index.js';
import { expect } from './core-expect.js';

/** Element instances that were entered, and how each ended. */
export interface Lives {
  readonly entered: Map<string, string | null>;
}

/** Nothing was entered. */
export const createLives = (): Lives => ({ entered: new Map() });

/** Checks the entries of one step, and notes what they tell. */
export function checkJournal(
  before: InstanceState,
  state: InstanceState,
  event: InstanceEvent,
  { entries }: StepResult,
  { entered }: Lives,
): void {
  const numbers = entries.map(({ sequence }) => sequence);
  expect(numbers, 'the journal has no gaps').toEqual(
    entries.map((_, i) => before.sequence + i + 1),
  );
  expect(state.sequence).toBe(before.sequence + entries.length);
  for (const { kind, sequence, cause, at, elementInstanceId } of entries) {
    expect(at).toBe(event.at);
    if (cause !== null) {
      expect(cause, `the cause of entry ${sequence} is earlier`).toBeLessThan(sequence);
      expect(cause).toBeGreaterThan(0);
    }
    const id = elementInstanceId ?? '';
    if (kind === 'elementEntered') {
      expect(entered.has(id), `${id} is entered once`).toBe(false);
      entered.set(id, null);
    } else if (kind === 'elementCompleted' || kind === 'elementCancelled') {
      expect(entered.get(id) ?? null, `${id} ends once`).toBeNull();
      entered.set(id, kind);
    }
  }
  const alive = [...entered].filter(([, end]) => end === null).map(([id]) => id);
  const stored = new Set(Object.keys(state.elements));
  const lost = alive.filter((id) => !stored.has(id));
  expect(lost, 'element instances that are gone without an end').toEqual([]);
  const isChanged =
    JSON.stringify({ ...before, sequence: 0 }) !== JSON.stringify({ ...state, sequence: 0 });
  if (isChanged && state.suspendedAt === null && !hasEnded(before)) {
    expect(entries.length, 'a change has an entry').toBeGreaterThan(0);
  }
}
