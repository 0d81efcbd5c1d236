/** Built-ins about strings. Source: DMN 1.5 §10.3.4.3; Camunda 8 FEEL, string functions. */
import {
  type Builtin,
  type Builtins,
  builtin,
  invalid,
  isNull,
  listOf,
  text,
  whole,
} from './builtin.js';
import { checkPattern, extractMatches, matchesPattern, replaceMatches, splitAt } from './regex.js';
import { DRAW_STEPS, type Runtime, type Value } from './runtime.js';
import { seededUuid, utf8 } from './seeded.js';
import { stringOf } from './to-string.js';

/** A function of strings: null when an argument that it needs is null. */
function ofStrings(
  name: string,
  parameters: readonly string[],
  needed: number,
  call: (runtime: Runtime, ...texts: string[]) => Value,
  check?: Builtin['check'],
): Builtin {
  const run: Builtin['call'] = (args, runtime) => {
    const given = parameters.map((_parameter, index) => args[index]);
    if (given.slice(0, needed).some(isNull)) return null;
    const texts = given.map((value) => (isNull(value) ? '' : text(name, value)));
    runtime.spend(10 + texts.reduce((sum, { length }) => sum + (length >> 3), 0));
    return call(runtime, ...texts);
  };
  return builtin(parameters, run, { needed, check });
}

const patternAt =
  (index: number, flagsAt: number): NonNullable<Builtin['check']> =>
  (literals) => {
    const pattern = literals[index];
    return typeof pattern === 'string' ? checkPattern(pattern, literals[flagsAt] ?? '') : null;
  };

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: readonly number[]): string {
  let result = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(index, index + 3);
    const group = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map((shift) => BASE64[(group >> shift) & 63]).join('');
    result += digits.slice(0, Math.min(4, bytes.length - index + 1)).padEnd(4, '=');
  }
  return result;
}

/** Joins strings; nulls are left out. */
const join: Builtin['call'] = (args, runtime) => {
  const [list, delimiter, prefix, suffix] = args;
  if (isNull(list)) return null;
  const items = listOf('string join', list).filter((item) => item !== null);
  runtime.spendList(items.length);
  const between = isNull(delimiter) ? '' : text('string join', delimiter);
  const texts = items.map((item) =>
    typeof item === 'string' ? item : invalid('string join', 'an item is no string'),
  );
  runtime.spendString(texts.reduce((sum, { length }) => sum + length + between.length, 0));
  const joined = texts.join(between);
  return `${isNull(prefix) ? '' : text('string join', prefix)}${joined}${isNull(suffix) ? '' : text('string join', suffix)}`;
};

/** The part of a string before the first match, or after it; empty when there is none. */
const around = (name: string, part: (string: string, match: string, at: number) => string) =>
  ofStrings(name, ['string', 'match'], 2, (_runtime, string = '', match = '') => {
    const at = string.indexOf(match);
    return at < 0 ? '' : part(string, match, at);
  });

/** The string in other letters: it may become longer. */
const inLetters = (name: string, change: (string: string) => string) =>
  ofStrings(name, ['string'], 1, (runtime, string = '') => {
    const changed = change(string);
    runtime.spendString(changed.length);
    return changed;
  });

/** How many characters are there: those that take two UTF-16 units count once. */
const lengthOf = (string: string): number =>
  string.length - (string.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);

/** The whole part of a position. */
const truncated = (value: Value): number =>
  whole('substring', typeof value === 'number' ? Math.trunc(value) : value);

/** Characters are code points, so a string with surrogate pairs is taken apart first. */
const substring: Builtin['call'] = ([string = null, start = null, length], runtime) => {
  if (string === null || start === null || length === null) return null;
  const source = text('substring', string);
  const from = truncated(start);
  const count = length === undefined ? source.length : truncated(length);
  const isSimple = !/[\uD800-\uDFFF]/.test(source);
  runtime.spend(10 + (isSimple ? source.length >> 6 : source.length));
  const characters = isSimple ? source : Array.from(source);
  const first = from < 0 ? characters.length + from : from - 1;
  if (first < 0 || count < 0) return invalid('substring', 'it starts before the string');
  const part = characters.slice(first, first + count);
  return typeof part === 'string' ? part : part.join('');
};

/** The table of these built-ins. */
export const STRING_BUILTINS: Builtins = {
  contains: ofStrings('contains', ['string', 'match'], 2, (_runtime, string = '', match = '') =>
    string.includes(match),
  ),
  'ends with': ofStrings('ends with', ['string', 'match'], 2, (_runtime, string = '', match = '') =>
    string.endsWith(match),
  ),
  extract: ofStrings(
    'extract',
    ['string', 'pattern'],
    2,
    (runtime, string = '', pattern = '') => extractMatches(runtime, string, pattern),
    patternAt(1, 9),
  ),
  'is blank': ofStrings('is blank', ['string'], 1, (_runtime, string = '') => string.trim() === ''),
  'lower case': inLetters('lower case', (string) => string.toLowerCase()),
  matches: ofStrings(
    'matches',
    ['input', 'pattern', 'flags'],
    2,
    (runtime, input = '', pattern = '', flags = '') =>
      matchesPattern(runtime, input, pattern, flags),
    patternAt(1, 2),
  ),
  replace: ofStrings(
    'replace',
    ['input', 'pattern', 'replacement', 'flags'],
    3,
    (runtime, input = '', pattern = '', replacement = '', flags = '') =>
      replaceMatches(runtime, input, replacement, [pattern, flags]),
    patternAt(1, 3),
  ),
  split: ofStrings(
    'split',
    ['string', 'delimiter'],
    2,
    (runtime, string = '', delimiter = '') => splitAt(runtime, string, delimiter),
    patternAt(1, 9),
  ),
  'starts with': ofStrings(
    'starts with',
    ['string', 'match'],
    2,
    (_runtime, string = '', match = '') => string.startsWith(match),
  ),
  string: builtin(['from'], ([from = null], runtime) =>
    from === null ? null : stringOf(runtime, from),
  ),
  'string length': ofStrings('string length', ['string'], 1, (_runtime, string = '') =>
    lengthOf(string),
  ),
  'string join': builtin(['list', 'delimiter', 'prefix', 'suffix'], join, { needed: 1 }),
  substring: builtin(['string', 'start position', 'length'], substring, { needed: 2 }),
  'substring after': around('substring after', (string, match, at) =>
    string.slice(at + match.length),
  ),
  'substring before': around('substring before', (string, _match, at) => string.slice(0, at)),
  'to base64': ofStrings('to base64', ['value'], 1, (runtime, value = '') => {
    runtime.spend(value.length * 2);
    return base64(utf8(value));
  }),
  trim: ofStrings('trim', ['string'], 1, (_runtime, string = '') => string.trim()),
  'upper case': inLetters('upper case', (string) => string.toUpperCase()),
  uuid: builtin([], (_args, runtime) => {
    runtime.spend(DRAW_STEPS);
    runtime.draws += 1;
    return seededUuid(runtime.scope.seed, runtime.draws);
  }),
};
