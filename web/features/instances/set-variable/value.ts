/** A value as it is typed: its type is chosen, and never guessed from what the text looks like. Class: pure. */
import type { Json } from '../../../../engine/model/index.js';

/** Types that are told apart; `json` are lists, contexts and null. */
export const VALUE_TYPES = ['text', 'number', 'boolean', 'json'] as const;

/** One of them. */
export type ValueType = (typeof VALUE_TYPES)[number];

/** A value that is being typed. */
export interface Typed {
  readonly type: ValueType;
  readonly text: string;
}

/** As an editor begins with it. */
export function typedOf(value: Json): Typed {
  if (typeof value === 'string') return { type: 'text', text: value };
  if (typeof value === 'number') return { type: 'number', text: String(value) };
  if (typeof value === 'boolean') return { type: 'boolean', text: String(value) };
  return { type: 'json', text: JSON.stringify(value, null, 2) };
}

/** The value that was typed; undefined: the text is none of its type. */
export function typedValue({ type, text }: Typed): Json | undefined {
  if (type === 'text') return text;
  const value = jsonOf(text.trim());
  return type === 'json' || typeof value === type ? value : undefined;
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
