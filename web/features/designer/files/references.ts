/**
 * Who names a file of a package, where that is clear from the text: forms, decisions and mails in models, mails in the
 * description, models in scenarios, rows beside their decision. Names that FEEL makes are not seen. Class: pure.
 */

/** Path → text. */
export type Texts = Readonly<Record<string, string>>;

/** What is named, in the words that people know it by. */
export type Named = 'form' | 'decision' | 'mail' | 'model';

/** A place that names it. */
export interface Reference {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** What a file is to others. */
export interface Subject {
  readonly named: Named;
  /** What they name it by. */
  readonly name: string;
  /** Files that are one with it: the other language of a mail, the rows of a decision. */
  readonly paths: readonly string[];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a file is to others; null: nothing names it. */
export function subjectOf(path: string, texts: Texts): Subject | null {
  const name = path.replace(/^.*\//, '').replace(/\.[a-z]+$/, '');
  if (path.endsWith('.form')) return { named: 'form', name: idOf(texts[path]) ?? name, paths: [] };
  if (path.endsWith('.bpmn')) return { named: 'model', name: path, paths: [] };
  if (path.endsWith('.dmn')) {
    const rows = `${path}.test.csv`;
    const paths = Object.hasOwn(texts, rows) ? [rows] : [];
    const ids = decisionsIn(texts[path] ?? '');
    return { named: 'decision', name: ids.includes(name) ? name : (ids[0] ?? name), paths };
  }
  const [, mail, locale] = /^mail\/(.+)\.(en|pt-BR)\.liquid$/.exec(path) ?? [];
  if (mail === undefined) return null;
  const other = `mail/${mail}.${locale === 'en' ? 'pt-BR' : 'en'}.liquid`;
  return { named: 'mail', name: mail, paths: Object.hasOwn(texts, other) ? [other] : [] };
}

function idOf(text = ''): string | null {
  try {
    const { id } = JSON.parse(text) as { readonly id?: unknown };
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}

const decisionsIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/<(?:\w+:)?decision\s[^>]*?\bid="([^"]*)"/g), ([, id = '']) => id);

/** Places that name it, in the order of paths and places. */
export function referencesTo({ named, name, paths }: Subject, texts: Texts): readonly Reference[] {
  const rules = RULES[named];
  return Object.entries(texts)
    .filter(([path]) => !paths.includes(path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]) =>
      rules
        .filter(({ within }) => within.test(path))
        .flatMap(({ shape }) => placesOf(text, shape(escaped(name))))
        .sort((a, b) => a.from - b.from)
        .map((place) => ({ path, ...place })),
    );
}

/** Where the name itself stands. */
const placesOf = (text: string, shape: RegExp): readonly Omit<Reference, 'path'>[] =>
  Array.from(text.matchAll(shape), (found) => {
    const [from, to] = found.indices?.[1] ?? [0, 0];
    return { from, to };
  });

interface Rule {
  readonly within: RegExp;
  /** Its first group is the name. */
  readonly shape: (name: string) => RegExp;
}

const RULES: Readonly<Record<Named, readonly Rule[]>> = {
  form: [{ within: /\.bpmn$/, shape: (name) => new RegExp(`\\sformId="(${name})"`, 'dg') }],
  decision: [
    { within: /\.bpmn$/, shape: (name) => new RegExp(`\\sdecisionId="(${name})"`, 'dg') },
    { within: /\.dmn$/, shape: (name) => new RegExp(`\\shref="#(${name})"`, 'dg') },
  ],
  mail: [
    {
      within: /\.bpmn$/,
      shape: (name) => new RegExp(`key="jornada:mail"\\s+value="(${name})"`, 'dg'),
    },
    { within: /^process\.yaml$/, shape: (name) => new RegExp(`^  (${name}):`, 'dgm') },
  ],
  model: [
    {
      within: /^scenarios\/.*\.ya?ml$/,
      shape: (name) => new RegExp(`(?<=[\\s"'[,]\\.\\./)(${name})(?=[\\s"'\\],}]|$)`, 'dgm'),
    },
  ],
};
