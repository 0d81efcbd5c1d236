/**
 * Reads `process.yaml`, and says everything that is wrong with it at once: file, line, key, what was expected and what
 * is there. Class: pure. Findings: `DEPLOY_PACKAGE_INVALID`.
 */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { PACKAGE, type PackageDescription } from '../contracts/package.js';
import { type Finding, finding } from '../engine/errors/index.js';
import { meant } from '../engine/model/index.js';

/** A description that was read; null when something is wrong with it. `lineOf` finds the line of a path of keys. */
export interface Described {
  readonly description: PackageDescription | null;
  readonly findings: readonly Finding[];
  readonly lineOf: (path: Path) => number | null;
}

type Path = readonly PropertyKey[];

interface Fault {
  readonly path: Path;
  readonly expected: string;
  readonly detail: string;
}

/** Reads the text of a file; `file` is named in the findings. */
export function readDescription(text: string, file: string): Described {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const lineOf = (path: Path): number | null => lineIn(document, counter, path);
  const told = (key: string, line: number | null, { expected, detail }: Omit<Fault, 'path'>) => ({
    ...finding('DEPLOY_PACKAGE_INVALID', null, { path: file, key, expected, detail }),
    file,
    line,
  });
  if (document.errors.length > 0) {
    const findings = document.errors.map(({ message, linePos }) => {
      const line = linePos?.[0].line ?? 1;
      const detail = `it is not: ${(message.split('\n')[0] ?? '').replace(/ at line .*$/, '')}`;
      return told(`line ${line}`, line, { expected: 'YAML', detail });
    });
    return { description: null, findings, lineOf };
  }
  const unfolded = unfold(document);
  if (unfolded === null) {
    const few = { expected: 'few aliases', detail: 'they unfold to far more than there is' };
    return { description: null, findings: [told('the whole', 1, few)], lineOf };
  }
  const { value } = unfolded;
  const read = PACKAGE.safeParse(value);
  if (read.success) return { description: read.data, findings: [], lineOf };
  const findings = read.error.issues
    .flatMap((issue) => faultsOf(issue, value))
    .map(({ path, ...fault }) => told(path.join('.') || 'the whole', lineOf(path), fault));
  return { description: null, findings, lineOf };
}

/** Names of YAML by which a small file could become a huge one. */
const MOST_ALIASES = 100;

/** The values of a document; null: its aliases unfold without end. */
function unfold(document: Document): { readonly value: unknown } | null {
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch (error) {
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
};

/** What an issue of the schema means, in our words. */
function faultsOf(issue: z.core.$ZodIssue, whole: unknown): readonly Fault[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      expected: `one of ${known.join(', ')}`,
      detail: `there is no key '${key}'${meant(key, known)}`,
    }));
  }
  if (issue.code === 'invalid_key') {
    const expected = issue.issues[0]?.message ?? 'a name';
    return [{ path, expected, detail: `its name is '${String(path.at(-1))}'` }];
  }
  return [{ path, expected: expectedOf(issue), detail: shown(valueAt(whole, path)) }];
}

function expectedOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return WORDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    case 'too_small':
      if (issue.origin === 'string') return 'a text that is not empty';
      return issue.origin === 'array' ? 'a list with an entry' : `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_format':
    case 'custom':
      return issue.message;
    default:
      return 'a value that JSON can hold';
  }
}

const MOST_SHOWN = 60;

function shown(value: unknown): string {
  if (value === undefined) return 'it is missing';
  if (value === null) return 'it is empty';
  const text = JSON.stringify(value) ?? String(value);
  return `it is ${text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN - 1)}…` : text}`;
}

function valueAt(whole: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? value[key as keyof typeof value] : undefined,
    whole,
  );
}

/** A schema as far as its keys are concerned. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

/** The keys that are known at a place. */
function keysAt(path: Path): readonly string[] {
  let at: Schema = z.toJSONSchema(PACKAGE, { io: 'input' }) as Schema;
  for (const key of path) {
    const { properties, additionalProperties: others, items } = at;
    at = properties?.[String(key)] ?? items ?? (typeof others === 'object' ? others : {});
  }
  return Object.keys(at.properties ?? {});
}

/** The line of a key, or of what is nearest around it, where it is missing. */
function lineIn(document: Document, counter: LineCounter, path: Path): number | null {
  for (let length = path.length; length > 0; length -= 1) {
    const around = document.getIn(path.slice(0, length - 1), true) ?? document.contents;
    const key = path[length - 1];
    const pair = isMap(around)
      ? around.items.find((one) => isScalar(one.key) && String(one.key.value) === String(key))
      : null;
    const node = pair ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return 1;
}
