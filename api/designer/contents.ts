/** What each file of a package is, in words that people know it by. Class: pure. */
import type { PackageFileRow } from '../../contracts/designer.js';
import type { PackageDescription } from '../../contracts/package.js';
import type { PackageFiles } from '../../registry/index.js';

type Kind = PackageFileRow['kind'];

/** By name; the first that fits. */
const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^process\.ya?ml$/i, 'description'],
  [/^README\.md$/i, 'readme'],
  [/\.bpmn$/, 'model'],
  [/\.dmn\.test\.csv$/, 'decisionRows'],
  [/\.dmn$/, 'decision'],
  [/\.form$/, 'form'],
  [/\.liquid$/, 'mail'],
  [/^scenarios\//, 'scenario'],
  [/^examples\//, 'example'],
  [/^templates\//, 'template'],
];

/**
 * Tells of each file what it is, and what it is called: a process and a file of decisions as they are named, a form as the step
 * that shows it, a mail as the description has it.
 */
export function contentsOf(
  files: PackageFiles,
  description: PackageDescription | null,
): readonly PackageFileRow[] {
  const steps = formSteps(files);
  const named = (path: string, text: string, kind: Kind): PackageFileRow['title'] => {
    if (kind === 'model') return same(nameIn(text, PROCESS));
    if (kind === 'decision') return same(nameIn(text, DEFINITIONS));
    if (kind === 'form') return same(steps.get(idIn(text)) ?? null);
    const [, mail = ''] = /^mail\/(.*)\.(?:en|pt-BR)\.liquid$/.exec(path) ?? [];
    return kind === 'mail' ? (description?.mails[mail]?.title ?? null) : null;
  };
  return Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => {
      const kind = KINDS.find(([shape]) => shape.test(path))?.[1] ?? 'other';
      return { path, kind, title: named(path, text, kind) };
    });
}

const PROCESS = /<(?:[\w-]+:)?process\b([^>]*)>/;
const DEFINITIONS = /<(?:[\w-]+:)?definitions\b([^>]*)>/;
const STEP = /<(?:[\w-]+:)?(userTask|startEvent)\b([^>]*[^/])>([\s\S]*?)<\/(?:[\w-]+:)?\1>/g;

const nameIn = (text: string, tag: RegExp): string | null => attribute(tag.exec(text)?.[1], 'name');

function attribute(attributes = '', name: string): string | null {
  const [, value] = new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`).exec(attributes) ?? [];
  return value ? unescaped(value).trim() || null : null;
}

const SIGNS: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  quot: '"',
};

const unescaped = (text: string): string =>
  text
    .replace(/&#(\d{1,6});/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (all, sign: string) => SIGNS[sign] ?? all)
    .replace(/\s+/g, ' ');

/** The steps that show forms, by the id of the form: one that several show is called after the first. */
function formSteps(files: PackageFiles): ReadonlyMap<string, string> {
  const found = Object.entries(files)
    .filter(([path]) => path.endsWith('.bpmn'))
    .flatMap(([, text]) =>
      Array.from(text.matchAll(STEP), ([, , attributes, inside = '']) => {
        const [, formId = ''] = /\sformId\s*=\s*"([^"]*)"/.exec(inside) ?? [];
        return [formId, attribute(attributes, 'name') ?? ''] as const;
      }),
    );
  return new Map(found.filter(([id, name]) => id !== '' && name !== '').reverse());
}

/** What cannot be read has none. */
const idIn = (form: string): string => /"id"\s*:\s*"([^"]*)"/.exec(form)?.[1] ?? '';

const same = (name: string | null): PackageFileRow['title'] =>
  name === null ? null : { en: name, 'pt-BR': name };
