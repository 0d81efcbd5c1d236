/** Files of lines, each of which ends with a line end. Class: pure. */

import type { CaseCheck } from './files.js';

/** The lines of a text; null when something follows the last line end. */
export function linesOf(text: string): readonly string[] | null {
  if (text === '') return [];
  if (!text.endsWith('\n')) return null;
  return text.slice(0, -1).split('\n');
}

/** The lines of a file as they are parsed; what is no such line is told. */
export function parsedLines<T>(
  { texts, tell }: CaseCheck,
  name: string,
  parse: (line: string) => T | null,
): readonly T[] {
  const lines = linesOf(texts.get(name) ?? '');
  if (lines === null) tell(name, 'its end is missing');
  return (lines ?? []).flatMap((line, index) => {
    const one = parse(line);
    if (one === null) tell(name, `line ${index + 1} is not as it is written`);
    return one === null ? [] : [one];
  });
}
