/** Texts whose characters JSON writes as they are, one byte each. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Two bytes: an escape of its own, `\n`; the other control characters take six, `\u0001`. */
const SHORT_ESCAPES = '"\\\b\t\n\f\r';

const bytesOfCharacter = (character: string): number => {
  const code = character.codePointAt(0) as number;
  if (SHORT_ESCAPES.includes(character)) return 2;
  if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) return 6;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

const bytesOfText = (text: string): number => {
  if (PLAIN.test(text)) return text.length + 2;
  let bytes = 2;
  for (const character of text) bytes += bytesOfCharacter(character);
  return bytes;
};

/**
 * How many bytes a value of JSON takes as UTF-8 text, without writing it. What JSON leaves out (`undefined`) counts
 * a little.
 *
 * @param enough - counting may stop above it: the answer is then above it, too
 * Class: pure; runs in the workflow sandbox. Source: RFC 8259 §7, ECMA-262 `QuoteJSONString`.
 */
export function sizeOf(value: unknown, enough = Number.POSITIVE_INFINITY): number {
  if (typeof value === 'string') return bytesOfText(value);
  if (typeof value === 'number') return String(value).length;
  if (typeof value !== 'object' || value === null) return value === false ? 5 : 4;
  const values: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let bytes = 2 + Math.max(0, values.length - 1);
  for (const item of values) {
    bytes += sizeOf(item, enough - bytes);
    if (bytes > enough) return bytes;
  }
  if (Array.isArray(value)) return bytes;
  for (const key of Object.keys(value)) bytes += bytesOfText(key) + 1;
  return bytes;
}
