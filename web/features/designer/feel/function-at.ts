/** The function that somebody looks at in the text of an expression. Class: pure. */
import { FUNCTIONS } from './functions.js';

/** Longer names first: `context put` before `context`. */
const NAMES = Object.keys(FUNCTIONS).sort((one, other) => other.length - one.length);

/** Its name, or that of the innermost call around the place; null: none. @param offset - between characters, from 0 */
export function functionAt(text: string, offset: number): string | null {
  return (
    NAMES.find((name) => placesOf(text, name).some((at) => isIn(offset, at, name))) ??
    callAround(text, offset)
  );
}

const isIn = (offset: number, at: number, name: string): boolean =>
  at <= offset && offset <= at + name.length;

/** Where a name stands as a word of its own, with its arguments behind it. */
function placesOf(text: string, name: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const isWord = !/[\w.]/.test(text[at - 1] ?? ' ');
    if (isWord && /^\s*\(/.test(text.slice(at + name.length))) found.push(at);
  }
  return found;
}

/** Brackets in strings count as well: it is a help, and no parser. */
function callAround(text: string, offset: number): string | null {
  let closed = 0;
  for (let at = offset - 1; at >= 0; at -= 1) {
    if (text[at] === ')') closed += 1;
    else if (text[at] === '(' && closed > 0) closed -= 1;
    else if (text[at] === '(') {
      const before = text.slice(0, at).trimEnd();
      const name = NAMES.find((one) => placesOf(text, one).includes(before.length - one.length));
      if (name !== undefined) return name;
    }
  }
  return null;
}
