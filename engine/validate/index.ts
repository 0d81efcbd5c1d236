/** The door of `engine/validate`: the parsed tree in, everything that is wrong with it out. */
import type { Finding } from '../errors/index.js';
import type { ParsedDefinitions } from '../model/index.js';
import { judge, type Reported } from './judge.js';
import type { Model, ValidationOptions } from './model.js';
import type { Rule } from './rule.js';
import { RULES } from './rules/index.js';
import { survey } from './survey.js';

export { calledProcesses } from './called-processes.js';
export type { ValidationOptions } from './model.js';

/**
 * Judges the executable processes of a file by the rules of BPMN and by what Jornada executes.
 *
 * @param definitions - as `engine/parse` read it; faults that parse reports are not reported again
 * @param options - `strict` findings are errors in mode `strict` and warnings in mode `compat`
 * @returns all findings in the order of the document, each with its element and line; empty: sound
 * Errors: it never throws on any tree; a rule that fails by a bug is a finding BPMN_RULE_FAILED, and all others
 * still speak. Class: pure. Source: BPMN 2.0.2 clauses 8, 10, 13.
 */
export function validateDefinitions(
  definitions: ParsedDefinitions,
  options: ValidationOptions,
): readonly Finding[] {
  return validateBy(Object.entries(RULES), definitions, options);
}

/** As `validateDefinitions`, by these rules alone. @internal */
export function validateBy(
  rules: readonly (readonly [name: string, rule: Rule])[],
  definitions: ParsedDefinitions,
  options: ValidationOptions,
): readonly Finding[] {
  const model = survey(definitions, options);
  const reported = rules.flatMap(([name, rule]) => judge(name, rule, model));
  return distinct(reported.map((one) => settled(one, model)).sort(inDocumentOrder));
}

interface Settled {
  readonly finding: Finding;
  readonly position: number;
}

/** Gives a finding its line and the weight that it has in this mode. */
function settled({ finding, visited }: Reported, { places, options }: Model): Settled {
  const place = places.get(finding.elementId ?? '') ?? places.get(visited ?? '');
  const compat = options.mode === 'compat' ? 'warning' : 'error';
  const severity = finding.severity === 'strict' ? compat : finding.severity;
  const line = finding.line ?? place?.line ?? null;
  return { finding: { ...finding, severity, line }, position: place?.position ?? 0 };
}

function inDocumentOrder(a: Settled, b: Settled): number {
  return (a.finding.line ?? 0) - (b.finding.line ?? 0) || a.position - b.position;
}

/** Several elements may lead to the same finding, e.g. all that name one message. */
function distinct(all: readonly Settled[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const { finding } of all) {
    const key = `${finding.code}\n${finding.elementId}\n${finding.message}`;
    if (!found.has(key)) found.set(key, finding);
  }
  return [...found.values()];
}
