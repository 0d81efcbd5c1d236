/** Phrases that every language builds alike, around its own words. Class: pure. */
import type { ActRow } from '../contracts/control.js';
import { shownInstance } from './wording.js';

/** The words of a modification. */
export interface ModificationWords {
  readonly cancelled: string;
  readonly activated: string;
  readonly moved: string;
  /** Between where a token was and where it went. */
  readonly to: string;
}

/** Calls elements by what people call them. */
type Called = (id: string) => string;

/** What the journal or the audit keeps of a modification: what was ended, begun, moved; parts by semicolons. */
export function modificationPhrase(
  { cancelled, activated, moved }: Readonly<Record<string, unknown>>,
  words: ModificationWords,
  called: Called = (id) => id,
): string {
  const texts = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.map((one) => called(String(one))) : [];
  const moves = pairsIn(moved).map(
    ({ from, to }) => `${called(String(from))} ${words.to} ${called(String(to))}`,
  );
  const parts = [
    [words.cancelled, texts(cancelled)],
    [words.activated, texts(activated)],
    [words.moved, moves],
  ] as const;
  return parts
    .filter(([, ids]) => ids.length > 0)
    .map(([did, ids]) => `${did} ${ids.join(', ')}`)
    .join('; ');
}

/** `check is review, wait is pause`, of pairs of ids. @param is - the word between */
export function pairsPhrase(pairs: unknown, is: string): string {
  return pairsIn(pairs)
    .map(({ from, to }) => `${String(from)} ${is} ${String(to)}`)
    .join(', ');
}

function pairsIn(value: unknown): readonly { readonly from?: unknown; readonly to?: unknown }[] {
  return Array.isArray(value) ? value.map((pair) => Object(pair)) : [];
}

const OF_INSTANCES = ['instance', 'task', 'incident'];

/** `task:ID/approve:3` → `task 51e75e5b/approve:3`. @param wordOf - what people call a kind of object */
export function objectPhrase(object: string, wordOf: (kind: string) => string): string {
  return object
    .split(' ')
    .map((part) => partPhrase(part, wordOf))
    .join(', ');
}

function partPhrase(part: string, wordOf: (kind: string) => string): string {
  const at = part.indexOf(':');
  if (at < 0) return part;
  const [kind, id] = [part.slice(0, at), part.slice(at + 1)];
  if (!OF_INSTANCES.includes(kind)) return `${wordOf(kind)} ${id}`;
  const [instanceId = '', ...rest] = id.split('/');
  return [`${wordOf(kind)} ${shownInstance(instanceId)}`, ...rest].join('/');
}

/** `, by the link of a mail`, of an act that the audit keeps `by` of; nothing of another. */
export function throughPhrase(
  data: ActRow['data'],
  words: Readonly<Record<string, string>>,
): string {
  const by = data?.by;
  return typeof by === 'string' && Object.hasOwn(words, by) ? `, ${words[by]}` : '';
}
