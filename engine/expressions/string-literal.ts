const ESCAPES: Readonly<Record<string, string>> = {
  '\\"': '"',
  "\\'": "'",
  '\\\\': '\\',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
};

/**
 * The text that a string literal stands for: quotes off, escapes resolved (`\uD83D` is a UTF-16 unit,
 * `\U01F40E` or `\u1F40E` a code point; what is no escape stays). Class: pure. Source: DMN 1.5 §10.3.1.2,
 * grammar rule 35.
 */
export function literalText(literal: string): string {
  const body = literal.slice(1, literal.endsWith('"') && literal.length > 1 ? -1 : undefined);
  if (!body.includes('\\')) return body;
  return body.replace(
    /\\["'\\nrt]|\\u([0-9a-f]{5,6})|\\u([0-9a-f]{1,4})/gi,
    (whole, point, unit) => {
      if (point !== undefined) return codePoint(whole, Number.parseInt(point, 16));
      if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
      return ESCAPES[whole.toLowerCase()] ?? whole;
    },
  );
}

function codePoint(whole: string, point: number): string {
  return point > 0x10ffff ? whole : String.fromCodePoint(point);
}
