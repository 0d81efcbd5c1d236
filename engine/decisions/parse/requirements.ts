/** Requirements between decisions. Class: pure but for the report. Source: DMN 1.3 §6.2.2. */
import type { DecisionPlan } from '../../model/index.js';
import type { Report } from '../../parse/report.js';
import type { DmnDecision } from './model.js';

/**
 * Ids of the decisions that a decision requires.
 *
 * @param elements - decisions and input data of the file by id
 * Findings: `DMN_REQUIREMENT_UNRESOLVED`.
 */
export function requiredDecisions(
  decision: DmnDecision,
  owner: string,
  elements: ReadonlyMap<string, DmnDecision>,
  report: Report,
): readonly string[] {
  const required = new Set<string>();
  for (const { id, requiredDecision, requiredInput } of decision.informationRequirement ?? []) {
    const kind = requiredDecision ? 'decision' : 'input data';
    const href = (requiredDecision ?? requiredInput)?.href ?? '';
    const type = requiredDecision ? 'dmn:Decision' : 'dmn:InputData';
    const target = href.startsWith('#') ? href.slice(1) : '';
    if (elements.get(target)?.$type !== type) {
      report.add('DMN_REQUIREMENT_UNRESOLVED', id ?? owner, { decision: owner, href, kind });
    } else if (requiredDecision) {
      required.add(target);
    }
  }
  return [...required];
}

/** Reports circles of requirements, each once. Findings: `DMN_REQUIREMENT_CYCLE`. */
export function checkCycles(decisions: readonly DecisionPlan[], report: Report): void {
  const byId = new Map(decisions.map((decision) => [decision.id, decision]));
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    const start = path.indexOf(id);
    if (start !== -1) {
      const circle = [...path.slice(start), id].map((one) => `'${one}'`).join(' → ');
      report.add('DMN_REQUIREMENT_CYCLE', id, { path: circle });
      return;
    }
    if (done.has(id)) return;
    for (const next of byId.get(id)?.requires ?? []) visit(next, [...path, id]);
    done.add(id);
  };
  for (const { id } of decisions) visit(id, []);
}
