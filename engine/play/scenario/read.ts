/**
 * The text of a scenario file → its scenarios, or everything that is wrong with it.
 * Class: pure. Errors: `SCENARIO_INVALID`, with the path to what is wrong and its line.
 */
import { type Document, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Finding, finding } from '../../errors/index.js';
import { meant } from '../../model/index.js';
import { keysAt } from './keys.js';
import { SCENARIO, type Scenario } from './schema.js';

/** What reading a file gave: one that is wrong does not take the others of its list along. */
export interface ReadScenarios {
  /** Whether nothing is wrong. */
  readonly ok: boolean;
  readonly scenarios: readonly Scenario[];
  /** With the line where it is known. */
  readonly findings: readonly Finding[];
}

/** The longest scenario file, in characters. */
export const MAX_SCENARIO_LENGTH = 1_000_000;

/** Reads a file that holds one scenario or a list of them. `file` is how findings name it. */
export function readScenarios(text: string, file: string): ReadScenarios {
  const invalid = (place: string, detail: string, line: number | null = null): Finding => {
    const facts = { file, place, detail, line: line === null ? '' : `, line ${line},` };
    return { ...finding('SCENARIO_INVALID', null, facts), file, line };
  };
  const refused = (found: Finding): ReadScenarios => ({
    ok: false,
    scenarios: [],
    findings: [found],
  });
  if (text.length > MAX_SCENARIO_LENGTH) {
    return refused(invalid('the length', `it has more than ${MAX_SCENARIO_LENGTH} characters`));
  }
  const yaml = readYaml(text);
  if ('problem' in yaml) return refused(invalid('the YAML', yaml.problem, yaml.line));
  const isList = Array.isArray(yaml.value);
  const list: readonly unknown[] = isList ? (yaml.value as unknown[]) : [yaml.value];
  if (list.length === 0) return refused(invalid('the file', 'it holds no scenario'));
  const read = list.map((one) => SCENARIO.safeParse(one));
  const findings = read.flatMap((result, index) => {
    const issues = result.success ? [] : result.error.issues;
    const before = isList ? [index] : [];
    return withoutFollowing(issues.flatMap(innermost)).flatMap(({ path, keys, message }) => {
      const all = [...before, ...path];
      const at = (key?: string): number | null => lineOf(text, yaml.document, all, key);
      if (keys.length === 0) return [invalid(placeOf(all), message, at())];
      const known = keysAt(SCENARIO, path);
      return keys.map((key) => {
        const detail = `it takes no '${key}'${meant(key, known)}`;
        return invalid(placeOf(all), detail, at(key));
      });
    });
  });
  const scenarios = read.flatMap((result) => (result.success ? [result.data] : []));
  return { ok: findings.length === 0, scenarios, findings };
}

type Yaml =
  | { readonly value: unknown; readonly document: Document.Parsed }
  | { readonly problem: string; readonly line: number };

function readYaml(text: string): Yaml {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) return { problem: error.message, line: lineAt(text, error.pos[0]) };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), document };
  } catch (unreadable) {
    return { problem: unreadable instanceof Error ? unreadable.message : 'unreadable', line: 1 };
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

/** The line of a key there, or of the value itself; of what is not written, that of what should hold it. */
function lineOf(
  text: string,
  document: Document.Parsed,
  path: readonly PropertyKey[],
  key?: string,
): number | null {
  const at = path.length === 0 ? document.contents : document.getIn(path, true);
  const named = isMap(at)
    ? at.items.find((one) => isScalar(one.key) && one.key.value === key)?.key
    : undefined;
  const node = key === undefined ? at : (named ?? at);
  if (isNode(node) && node.range) return lineAt(text, node.range[0]);
  return path.length === 0 ? null : lineOf(text, document, path.slice(0, -1));
}

interface Problem {
  readonly path: readonly PropertyKey[];
  /** Keys that nothing takes; empty: something else is wrong. */
  readonly keys: readonly string[];
  readonly message: string;
}

/** Where a key is unknown, what else is wrong at that place is so for the want of the right one. */
function withoutFollowing(problems: readonly Problem[]): readonly Problem[] {
  const misnamed = problems.filter(({ keys }) => keys.length > 0).map(({ path }) => placeOf(path));
  return problems.filter(({ path, keys }) => keys.length > 0 || !misnamed.includes(placeOf(path)));
}

/** Of a choice, what is wrong with the variant that came furthest: it is the one that was meant. */
function innermost(issue: z.core.$ZodIssue): readonly Problem[] {
  if (issue.code !== 'invalid_union') {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    return [{ path: issue.path, keys, message: issue.message }];
  }
  const reach = (variant: readonly z.core.$ZodIssue[]): number =>
    Math.max(0, ...variant.flatMap(innermost).map(({ path }) => path.length));
  const [best = []] = [...issue.errors].sort((one, other) => reach(other) - reach(one));
  return best.flatMap(innermost).map(({ path, ...problem }) => ({
    path: [...issue.path, ...path],
    ...problem,
  }));
}

/** A path as people write it: `steps[0].start.key`. */
function placeOf(path: readonly PropertyKey[]): string {
  const written = path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    return before === '' ? String(part) : `${before}.${String(part)}`;
  }, '');
  return written === '' ? 'the whole' : written;
}
