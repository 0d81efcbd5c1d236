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
type Named = (id: string) => string;

/** How an act is told that was done, and one that was not. */
export type ToldAct = readonly [done: string, wanted: string];

/** How a language tells acts, by their names. */
export interface ActWords {
  readonly texts: Readonly<Record<string, ToldAct>>;
  /** Of acts upon the account of whoever acts. */
  readonly own: Readonly<Record<string, ToldAct>>;
  /** What people call kinds of objects; what is not here is called as it is. */
  readonly kinds: Readonly<Record<string, string>>;
}

/** What people call users, by the ids that the audit keeps. */
export type Called = ReadonlyMap<string, string>;

/** Where ids are shown as they were written. */
export const NOBODY_NAMED: Called = new Map();

/** The words of an act, and what it was upon with a space before; an act of no words is told by its name. */
export function toldOf(
  { action, object, actor }: Pick<ActRow, 'action' | 'object' | 'actor'>,
  { texts, own, kinds }: ActWords,
  called: Called,
): readonly [done: string, wanted: string, what: string] {
  const ofOwn = Object.hasOwn(own, action) ? own[action] : undefined;
  if (ofOwn && actor !== null && object === `user:${actor}`) return [...ofOwn, ''];
  const told = Object.hasOwn(texts, action) ? texts[action] : undefined;
  const what = objectPhrase(object, (kind) => kinds[kind] ?? kind, called);
  return [...(told ?? [action, action]), ` ${what}`];
}

/** What the journal or the audit keeps of a modification: what was ended, begun, moved; parts by semicolons. */
export function modificationPhrase(
  { cancelled, activated, moved }: Readonly<Record<string, unknown>>,
  words: ModificationWords,
  called: Named = (id) => id,
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
export function objectPhrase(
  object: string,
  wordOf: (kind: string) => string,
  called: Called = NOBODY_NAMED,
): string {
  return object
    .split(' ')
    .map((part) => partPhrase(part, wordOf, called))
    .join(', ');
}

function partPhrase(part: string, wordOf: (kind: string) => string, called: Called): string {
  const at = part.indexOf(':');
  if (at < 0) return part;
  const [kind, id] = [part.slice(0, at), part.slice(at + 1)];
  if (kind === 'user' && called.has(id)) return called.get(id) ?? id;
  if (!OF_INSTANCES.includes(kind)) return `${wordOf(kind)} ${id}`.trim();
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
