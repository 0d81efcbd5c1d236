/**
 * The outer form of an input entry: which tests it lists, and whether they are negated. Texts have been
 * checked as FEEL before. Class: pure. Source: DMN 1.3 §8.3.3, grammar rules 13 to 15.
 */

/**
 * Strings, quoted names and comments are one token each; everything else is one character. An interval
 * may open with `]` and close with `[`.
 */
const TOKEN =
  /"(?:[^"\\]|\\[\s\S])*"|`[^`]*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<open>[({]|(?<=(?:^|[,(]|\bin)\s*)\]|\[(?!\s*(?:[,)]|$)))|(?<close>[)\]}[])|[\s\S]/g;

/** An input entry taken apart. */
export interface CellText {
  readonly isNegated: boolean;
  readonly tests: readonly string[];
}

/** Whether an entry passes everything. */
export function isAny(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '-' || trimmed === '';
}

/** Takes an entry apart at its outer commas; `not(a, b)` is negated as a whole. */
export function splitCell(text: string): CellText {
  const inner = negated(text.trim());
  return { isNegated: inner !== null, tests: splitList(inner ?? text) };
}

/** Splits a text at the commas that stand in no bracket and no string. */
export function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const { token, depth } of tokensOf(text)) {
    if (token === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else {
      part += token;
    }
  }
  return [...parts, part.trim()];
}

/** The tokens of a text, and how many brackets are open after each. */
function tokensOf(text: string): readonly { readonly token: string; readonly depth: number }[] {
  let depth = 0;
  return Array.from(text.matchAll(TOKEN), ({ 0: token, groups }) => {
    depth += groups?.open ? 1 : groups?.close ? -1 : 0;
    return { token, depth };
  });
}

/** Replaces the `?` of an entry, which stands for the input, by another text. */
export function replaceInput(text: string, by: string): string {
  return text.replace(TOKEN, (token) => (token === '?' ? by : token));
}

/** What stands between the brackets of `not(…)`, when they span the whole text. */
function negated(text: string): string | null {
  const start = /^not\s*\(/.exec(text)?.[0].length;
  if (start === undefined || !text.endsWith(')')) return null;
  const inner = text.slice(start, -1);
  return tokensOf(inner).every(({ depth }) => depth >= 0) ? inner : null;
}
