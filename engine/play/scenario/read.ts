/**
 * The text of a scenario file → its scenarios, or everything that is wrong with it.
 * Class: pure. Errors: `SCENARIO_INVALID`, with the path to what is wrong.
 */
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Fault, fault } from '../../errors/index.js';
import { SCENARIO, type Scenario } from './schema.js';

/** What reading a file gave: one that is wrong does not take the others of its list along. */
export interface ReadScenarios {
  /** Whether nothing is wrong. */
  readonly ok: boolean;
  readonly scenarios: readonly Scenario[];
  readonly faults: readonly Fault[];
}

/** The longest scenario file, in characters. */
export const MAX_SCENARIO_LENGTH = 1_000_000;

/** Reads a file that holds one scenario or a list of them. `file` is how faults name it. */
export function readScenarios(text: string, file: string): ReadScenarios {
  const invalid = (place: string, detail: string): Fault =>
    fault('SCENARIO_INVALID', { file, place, detail });
  const refused = (place: string, detail: string): ReadScenarios => ({
    ok: false,
    scenarios: [],
    faults: [invalid(place, detail)],
  });
  if (text.length > MAX_SCENARIO_LENGTH) {
    return refused('the length', `it has more than ${MAX_SCENARIO_LENGTH} characters`);
  }
  const yaml = readYaml(text);
  if ('problem' in yaml) return refused(`line ${yaml.line}`, yaml.problem);
  const list: readonly unknown[] = Array.isArray(yaml.value) ? yaml.value : [yaml.value];
  if (list.length === 0) return refused('the file', 'it holds no scenario');
  const prefix = Array.isArray(yaml.value) ? (index: number) => `[${index}]` : () => '';
  const read = list.map((one) => SCENARIO.safeParse(one));
  const faults = read.flatMap((result, index) =>
    result.success
      ? []
      : result.error.issues.flatMap((issue) =>
          innermost(issue).map(({ path, message }) =>
            invalid(placeOf(prefix(index), path), message),
          ),
        ),
  );
  const scenarios = read.flatMap((result) => (result.success ? [result.data] : []));
  return { ok: faults.length === 0, scenarios, faults };
}

type Yaml = { readonly value: unknown } | { readonly problem: string; readonly line: number };

function readYaml(text: string): Yaml {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) return { problem: error.message, line: lineAt(text, error.pos[0]) };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) };
  } catch (unreadable) {
    return { problem: unreadable instanceof Error ? unreadable.message : 'unreadable', line: 1 };
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of a choice, what is wrong with the variant that came furthest: it is the one that was meant. */
function innermost(issue: z.core.$ZodIssue): readonly Problem[] {
  if (issue.code !== 'invalid_union') return [issue];
  const reach = (variant: readonly z.core.$ZodIssue[]): number =>
    Math.max(0, ...variant.flatMap(innermost).map(({ path }) => path.length));
  const [best = []] = [...issue.errors].sort((one, other) => reach(other) - reach(one));
  return best.flatMap(innermost).map(({ path, message }) => ({
    path: [...issue.path, ...path],
    message,
  }));
}

/** A path as people write it: `steps[0].start.key`. */
function placeOf(prefix: string, path: readonly PropertyKey[]): string {
  const written = path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    return before === '' ? String(part) : `${before}.${String(part)}`;
  }, prefix);
  return written === '' ? 'the whole' : written;
}
