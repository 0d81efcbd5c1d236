/** A new name of a file, with all that names it, and what a file that goes leaves behind. Class: pure. */
import { type Named, type Reference, referencesTo, subjectOf, type Texts } from './references.js';

/** What a new name does. */
export interface Renaming {
  /** Old path → new path: the file, and those that are one with it. */
  readonly moves: readonly (readonly [from: string, to: string])[];
  /** Where the new name is written, by file; how often. */
  readonly updates: readonly { readonly path: string; readonly count: number }[];
  /** Path → text; null: it is gone. */
  readonly changes: Readonly<Record<string, string | null>>;
  /** Whether a file of that name is there. */
  readonly isTaken: boolean;
}

/** What of a path people name: without folder and ending, without the language of a mail. */
export function stemOf(path: string): { readonly stem: string; readonly ending: string } {
  const file = path.replace(/^.*\//, '');
  const [ending = ''] = /(\.(en|pt-BR)\.liquid|\.dmn\.test\.csv|\.[a-z]+)$/.exec(file) ?? [];
  return { stem: file.slice(0, file.length - ending.length), ending };
}

/** Works out what a new name does. @param stem - the new name, without folder and ending */
export function renamingOf(path: string, stem: string, texts: Texts): Renaming {
  const subject = subjectOf(path, texts);
  const old = stemOf(path).stem;
  const moves = [path, ...(subject?.paths ?? [])].map((from) => {
    const folder = from.slice(0, from.lastIndexOf('/') + 1);
    return [from, `${folder}${stem}${stemOf(from).ending}`] as const;
  });
  const changes: Record<string, string | null> = {};
  const updates: { readonly path: string; readonly count: number }[] = [];
  // What is named by another word than its file is called keeps that word.
  const isNamedSo = subject !== null && (subject.name === old || subject.named === 'model');
  const places = isNamedSo ? byPath(referencesTo(subject, texts)) : new Map();
  const name = subject?.named === 'model' ? (moves[0]?.[1] ?? stem) : stem;
  const targets = new Map(moves);
  for (const [at, found] of places as ReadonlyMap<string, readonly Reference[]>) {
    if (!targets.has(at)) updates.push({ path: at, count: found.length });
    changes[at] = written(texts[at] ?? '', found, name);
  }
  for (const [from, to] of moves) {
    const text = changes[from] ?? texts[from] ?? '';
    changes[to] = isNamedSo && from === path ? own(subject.named, text, old, stem) : text;
    changes[from] = null;
  }
  const there = Object.keys(texts).filter((one) => !targets.has(one));
  const isTaken = moves.some(([, to]) =>
    there.some((one) => one.toLowerCase() === to.toLowerCase()),
  );
  return { moves, updates, changes, isTaken };
}

function byPath(all: readonly Reference[]): ReadonlyMap<string, readonly Reference[]> {
  const places = new Map<string, Reference[]>();
  for (const one of all) places.set(one.path, [...(places.get(one.path) ?? []), one]);
  return places;
}

/** The text with another name at its places, which are in order. */
const written = (text: string, places: readonly Reference[], name: string): string =>
  [...places]
    .reverse()
    .reduce((all, { from, to }) => all.slice(0, from) + name + all.slice(to), text);

/** What a file says of itself. */
function own(named: Named, text: string, old: string, name: string): string {
  if (named === 'form') return text.replace(new RegExp(`("id"\\s*:\\s*)"${old}"`), `$1"${name}"`);
  if (named !== 'decision') return text;
  return text
    .replace(new RegExp(`(<(?:\\w+:)?decision\\s[^>]*?\\bid=)"${old}"`), `$1"${name}"`)
    .replace(new RegExp(`(\\sdmnElementRef=)"${old}"`, 'g'), `$1"${name}"`);
}

/** Files that name one that would go, and how often. */
export function danglingOf(
  path: string,
  texts: Texts,
): readonly { readonly path: string; readonly count: number }[] {
  const subject = subjectOf(path, texts);
  if (subject === null) return [];
  // What goes names nothing any more.
  const { [path]: _gone, ...others } = texts;
  return [...byPath(referencesTo(subject, others))].map(([at, found]) => ({
    path: at,
    count: found.length,
  }));
}
