/** What would mend a finding, as data: who applies it changes texts, and knows nothing of rules. Class: pure. */
import type { Finding } from '../../engine/errors/index.js';
import type { PackageFiles } from '../../registry/index.js';

/** A change of one file: of the characters from one place to another; `text` null takes the file out. */
export interface Edit {
  readonly path: string;
  /** Counted in UTF-16 units, in the text that was judged; of a file that is not there, 0 and 0. */
  readonly from: number;
  readonly to: number;
  readonly text: string | null;
}

/** One way to mend it. */
export interface Fix {
  readonly title: { readonly en: string; readonly 'pt-BR': string };
  readonly edits: readonly Edit[];
}

/** Makes the fixes of a code; none where it is not clear what was meant. */
export type FixRule = (found: Finding, files: PackageFiles) => readonly Fix[];

/** Words of a message in quotes, in their order. */
export const quoted = ({ message }: Finding): readonly string[] =>
  Array.from(message.matchAll(/'([^']*)'/g), ([, word = '']) => word);

/** What a message thinks was meant; null: nothing is near. */
export const meantIn = ({ message }: Finding): string | null =>
  /did you mean '([^']*)'\?/.exec(message)?.[1] ?? null;

/** The text of an element in its file, as a range; null: it is not there. */
export function elementRange(text: string, id: string): readonly [number, number] | null {
  const at = text.indexOf(` id="${id}"`);
  const from = at === -1 ? -1 : text.lastIndexOf('<', at);
  if (from === -1) return null;
  const [, tag = ''] = /^<([\w:-]+)/.exec(text.slice(from, from + 100)) ?? [];
  const end = text.indexOf('>', at);
  if (end === -1 || tag === '') return null;
  if (text[end - 1] === '/') return [from, end + 1];
  const closing = text.indexOf(`</${tag}>`, end);
  return closing === -1 ? null : [from, closing + tag.length + 3];
}
