/**
 * Why an auditor looks at values: asked once for what is looked at, an instance or a task, and remembered until the page is
 * loaded anew or somebody else signs in, which loads it anew too. Class: side effect (memory of the page).
 */
import { useSyncExternalStore } from 'react';

const reasons = new Map<string, string>();
const listeners = new Set<() => void>();

const listen = (told: () => void): (() => void) => {
  listeners.add(told);
  return () => listeners.delete(told);
};

/** Why what this key names is looked at; null: nobody said so. */
export const useReasonFor = (key: string): string | null =>
  useSyncExternalStore(listen, () => reasons.get(key) ?? null);

/** Says why; null takes it back. */
export function setReasonFor(key: string, reason: string | null): void {
  if (reason === null) reasons.delete(key);
  else reasons.set(key, reason);
  for (const told of listeners) told();
}
