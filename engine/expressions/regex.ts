/**
 * Regular expressions in linear time. Class: pure. Source: RE2 syntax; XQuery and XPath Functions 3.1
 * §5.6 for flags and replacements; the limits are those of `LIMITS`.
 */
import { RE2JS } from 're2js';
import { type Fault, fault } from '../errors/index.js';
import { cached } from '../model/index.js';
import { stop } from './fault.js';
import { LIMITS } from './limits.js';
import type { Runtime } from './runtime.js';

const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

/** Compiles `flags/pattern`; a fault stands for a pattern that is refused. */
const compiled = cached(LIMITS.cachedPatterns, (key: string): RE2JS | Fault => {
  const slash = key.indexOf('/');
  return compile(key.slice(slash + 1), key.slice(0, slash));
});

function compile(pattern: string, flags: string): RE2JS | Fault {
  const reason = refusal(pattern, flags);
  if (reason !== null) return refused(pattern, reason);
  const source = flags.includes('q')
    ? RE2JS.quote(pattern)
    : flags.includes('x')
      ? squeezed(pattern)
      : pattern;
  const bits = [...flags].reduce((sum, flag) => sum | (FLAGS[flag] ?? 0), 0);
  try {
    return RE2JS.compile(source, bits);
  } catch (error) {
    return refused(pattern, error instanceof Error ? error.message : 'it is none');
  }
}

const refused = (pattern: string, reason: string): Fault =>
  fault('FEEL_REGEX_UNSUPPORTED', { pattern: pattern.slice(0, 100), reason });

function refusal(pattern: string, flags: string): string | null {
  if (pattern.length > LIMITS.patternLength) return `more than ${LIMITS.patternLength} characters`;
  if (!/^[imsxq]*$/.test(flags)) return `the flags '${flags}' are unknown`;
  const counts = pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g);
  const repetitions = [...counts].reduce((sum, [, from, to]) => sum + Number(to || from), 0);
  return repetitions > LIMITS.patternRepetitions ? 'it repeats too often' : null;
}

/** Without its white space, which flag `x` leaves out but in character classes. */
const squeezed = (pattern: string): string =>
  pattern.replace(/\[(?:\\.|[^\]\\])*\]|\\.|\s/g, (part) => (/^\s$/.test(part) ? '' : part));

/** What is wrong with a pattern, or null. Class: pure. */
export function checkPattern(pattern: string, flags = ''): Fault | null {
  const result = compiled(`${flags}/${pattern}`);
  return result instanceof RE2JS ? null : result;
}

function prepared(runtime: Runtime, input: string, pattern: string, flags: string): RE2JS {
  const result = compiled(`${flags}/${pattern}`);
  if (!(result instanceof RE2JS)) {
    stop('FEEL_REGEX_UNSUPPORTED', { pattern: '…', reason: 'it is no pattern of RE2' });
  }
  const { length } = input;
  if (length > LIMITS.stringLength)
    stop('FEEL_STRING_TOO_LONG', { limit: LIMITS.stringLength, length });
  const size = result.programSize();
  runtime.spendPattern(pattern, size * 100);
  runtime.spend(20 + ((length * size) >> 2));
  return result;
}

/** Where a match is, and its groups; the whole match is group 0. */
interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | null)[];
}

/** What finding the next match costs apart from the search, in steps. */
const MATCH_STEPS = 200;

function matchesIn(runtime: Runtime, expression: RE2JS, input: string): readonly Match[] {
  const matcher = expression.matcher(input);
  const count = expression.groupCount() + 1;
  const found: Match[] = [];
  while (matcher.find()) {
    if (found.length >= LIMITS.listLength) runtime.spendList(found.length + 1);
    runtime.spend(MATCH_STEPS + count);
    const groups = Array.from({ length: count }, (_none, index) => matcher.group(index) ?? null);
    found.push({ start: matcher.start(), end: matcher.end(), groups });
  }
  return found;
}

/** Whether the pattern is found in the input. */
export function matchesPattern(
  runtime: Runtime,
  input: string,
  pattern: string,
  flags: string,
): boolean {
  return prepared(runtime, input, pattern, flags).test(input);
}

/** Every match in the input. */
export function extractMatches(
  runtime: Runtime,
  input: string,
  pattern: string,
): readonly string[] {
  const expression = prepared(runtime, input, pattern, '');
  return matchesIn(runtime, expression, input).map(({ groups }) => groups[0] ?? '');
}

/** The parts of the input between the matches. */
export function splitAt(runtime: Runtime, input: string, pattern: string): readonly string[] {
  const expression = prepared(runtime, input, pattern, '');
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of matchesIn(runtime, expression, input)) {
    if (start === end && (start === from || start >= input.length)) continue;
    parts.push(input.slice(from, start));
    from = end;
  }
  parts.push(input.slice(from));
  return parts;
}

/** The input with every match replaced; `$1` stands for a group, `$0` for the match, `$$` for `$`. */
export function replaceMatches(
  runtime: Runtime,
  input: string,
  replacement: string,
  [pattern, flags]: readonly [pattern: string, flags: string],
): string {
  const expression = prepared(runtime, input, pattern, flags);
  let result = '';
  let from = 0;
  for (const { start, end, groups } of matchesIn(runtime, expression, input)) {
    result += input.slice(from, start) + expanded(replacement, groups);
    runtime.spendString(result.length);
    from = end;
  }
  result += input.slice(from);
  runtime.spendString(result.length);
  return result;
}

const expanded = (replacement: string, groups: readonly (string | null)[]): string =>
  replacement.includes('$')
    ? replacement.replace(/\$(\$|\d)/g, (whole, what: string) =>
        what === '$' ? '$' : Number(what) < groups.length ? (groups[Number(what)] ?? '') : whole,
      )
    : replacement;
