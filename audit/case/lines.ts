/** Files of lines, each of which ends with a line end. Class: pure. */

/** The lines of a text; null when something follows the last line end. */
export function linesOf(text: string): readonly string[] | null {
  if (text === '') return [];
  if (!text.endsWith('\n')) return null;
  return text.slice(0, -1).split('\n');
}
