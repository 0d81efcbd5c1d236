/** `process.yaml` → the variables that the process of this name takes and writes. Class: pure. */
import type { PackageDescription } from '../contracts/package.js';
import { type Finding, finding } from '../engine/errors/index.js';
import type { Calendars, Promises, RunsUnder, VariableDeclaration } from '../engine/model/index.js';
import { readDescription } from './description.js';

/** Name of the file in the root of a package. */
export const DESCRIPTION_FILE = 'process.yaml';

const LIKE_DESCRIPTION = /^process\.ya?ml$/i;

/** That a file is the description of a package but for its name, so that nobody would read it. Class: pure. */
export function misnamedDescription(path: string, file = path): readonly Finding[] {
  if (path === DESCRIPTION_FILE || !LIKE_DESCRIPTION.test(path)) return [];
  const facts = { expected: DESCRIPTION_FILE, path };
  return [{ ...finding('DEPLOY_DESCRIPTION_MISNAMED', null, facts), file }];
}

/** By process id. A process that is not described takes any variable. */
export interface Declared {
  readonly declarations: Readonly<Record<string, readonly VariableDeclaration[]>>;
  /** Business calendars by name, by process id. */
  readonly calendars: Readonly<Record<string, Readonly<Record<string, Calendars>>>>;
  /** Whose key instances run under; a package that declares nothing personal says nothing. */
  readonly runsUnder: Readonly<Record<string, RunsUnder>>;
  /** What is promised; a package that promises nothing says nothing. */
  readonly promises: Readonly<Record<string, Promises>>;
  readonly findings: readonly Finding[];
}

/** Reads the file; `file` is named in the findings. Errors, as findings: `DEPLOY_PACKAGE_INVALID`. */
export function readDeclarations(text: string, file: string): Declared {
  const { description, findings } = readDescription(text, file);
  if (description === null) return { ...NOTHING, findings };
  const { key, calendars } = description;
  const byName = Object.entries(calendars).map(([name, calendar]) => [name, [calendar]] as const);
  return {
    declarations: declarationsOf(description),
    calendars: { [key]: Object.fromEntries(byName) },
    runsUnder: runsUnderOf(description),
    promises: promisesOf(description),
    findings,
  };
}

const NOTHING = { declarations: {}, calendars: {}, runsUnder: {}, promises: {} } as const;

/** Of several promises of an element the first counts. */
function promisesOf({ key, sla }: PackageDescription): Declared['promises'] {
  if (sla.length === 0) return {};
  const byElement = sla.toReversed().map(({ element, target, calendar, warnAt, title }) => {
    const sorted = warnAt.toSorted((one, other) => one - other);
    return [element, { target, calendar, warnAt: sorted, title }] as const;
  });
  return { [key]: Object.fromEntries(byElement) };
}

const SEALED: readonly string[] = ['C', 'T', 'F', 'S'];

function runsUnderOf(description: PackageDescription): Declared['runsUnder'] {
  const { key, runsUnder, variables, internal } = description;
  if (runsUnder === 'operator') return { [key]: runsUnder };
  const classes = [...Object.values(variables), ...Object.values(internal)].map((one) => one.class);
  return classes.some((one) => SEALED.includes(one)) ? { [key]: runsUnder } : {};
}

/** `N`, none, is the only class that is nobody's data. */
function declarationsOf({
  key,
  variables,
  internal,
  output,
}: PackageDescription): Declared['declarations'] {
  const taken = Object.entries(variables).map(([name, { type, required, class: data }]) => ({
    name,
    type,
    isRequired: required,
    ...outputOf(name, output),
    personalData: data === 'N' ? null : data,
  }));
  const written = Object.entries(internal).map(([name, { type, class: data }]) => ({
    name,
    type,
    isRequired: false,
    isInternal: true,
    ...outputOf(name, output),
    personalData: data === 'N' ? null : data,
  }));
  return { [key]: [...taken, ...written] };
}

const outputOf = (name: string, output: readonly string[]): { readonly isOutput?: true } =>
  output.includes(name) ? { isOutput: true } : {};
