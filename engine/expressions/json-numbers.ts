/** JSON texts whose numbers would not stay what they are. Class: pure. Source: docs/feel.md, "Numbers". */
import { isHeld } from './decimal.js';

/**
 * Where the first number stands that a double does not hold: a whole one whose last digits would become others, or one that is
 * too large. Fractions are the nearest double, as in FEEL.
 *
 * @param text - JSON that parses
 * @returns its path, such as `variables.order.id` or `[2]`, empty at the top; null: all of them are held
 */
export function inexactNumberIn(text: string): string | null {
  const open: Place[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const inner = open.at(-1);
    if (token === '{' || token === '[') open.push({ isList: token === '[', name: '', index: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && inner) inner.name = last;
    else if (token === ',' && inner) inner.index += 1;
    else if (token.startsWith('"')) last = token;
    else if (!isKept(token)) return open.map(pieceOf).join('').replace(/^\./, '');
  }
  return null;
}

/**
 * The same JSON with each such number as a text of its digits, for senders that nobody can ask to send it so.
 *
 * @param text - JSON that parses
 */
export const withInexactAsTexts = (text: string): string =>
  text.replace(TOKEN, (token) => (/^[-\d]/.test(token) && !isKept(token) ? `"${token}"` : token));

/** An object or a list that is open, and where in it we are. */
interface Place {
  readonly isList: boolean;
  /** As it is written, in its quotes. */
  name: string;
  index: number;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|-?\d[\d.eE+-]*/g;

const pieceOf = ({ isList, name, index }: Place): string =>
  isList ? `[${index}]` : `.${JSON.parse(name)}`;

function isKept(numeral: string): boolean {
  const value = Number(numeral);
  if (Number.isSafeInteger(value) || !Number.isInteger(value)) return Number.isFinite(value);
  return isHeld(numeral);
}
