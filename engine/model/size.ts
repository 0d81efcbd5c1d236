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
  return Array.isArray(value)
    ? sizeOfList(value, enough)
    : sizeOfContext(value as Readonly<Record<string, unknown>>, enough);
}

/** Brackets, and commas between. */
const around = (count: number): number => 2 + Math.max(0, count - 1);

const sizeOfList = (list: readonly unknown[], enough: number): number => {
  let bytes = around(list.length);
  for (const item of list) {
    bytes += sizeOf(item, enough - bytes);
    if (bytes > enough) return bytes;
  }
  return bytes;
};

const sizeOfContext = (context: Readonly<Record<string, unknown>>, enough: number): number => {
  const keys = Object.keys(context);
  let bytes = around(keys.length);
  for (const key of keys) {
    bytes += bytesOfText(key) + 1;
    bytes += sizeOf(context[key], enough - bytes);
    if (bytes > enough) return bytes;
  }
  return bytes;
};
