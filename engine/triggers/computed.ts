import type { Computed } from '../model/index.js';

/** A text of a model: FEEL when it begins with `=`, else the text itself. */
export function computed(text: string): Computed {
  const trimmed = text.trim();
  return trimmed.startsWith('=') ? { feel: trimmed.slice(1).trim() } : { value: text };
}

/** As `computed`; null stays null. */
export function computedOrNull(text: string | null): Computed | null {
  return text === null || text.trim() === '' ? null : computed(text);
}

/** FEEL with or without its leading `=`. */
export function feel(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith('=') ? trimmed.slice(1).trim() : trimmed;
}
