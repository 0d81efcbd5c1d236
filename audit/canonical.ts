/** Canonical JSON: one text for one value, so that its hash can be compared. Class: pure. Source: RFC 8785. */

/** What JSON can hold; a key that is `undefined` is left out, as `JSON.stringify` does. */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined };

/**
 * The canonical text: no white space, keys in the order of their UTF-16 code units, numbers and texts as ECMAScript
 * writes them. Throws a `TypeError` for what RFC 8785 refuses: numbers that are not finite, halves of surrogate pairs.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return stringText(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort() // by code units: the default order of ECMAScript
    .flatMap((key) => {
      const held = value[key];
      return held === undefined ? [] : [`${stringText(key)}:${canonicalJson(held)}`];
    });
  return `{${members.join(',')}}`;
}

function isList(value: object): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return JSON.stringify(value);
  throw new TypeError(`canonical JSON holds no ${value}`);
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function stringText(value: string): string {
  if (!LONE_SURROGATE.test(value)) return JSON.stringify(value);
  throw new TypeError('canonical JSON holds no half of a surrogate pair');
}
