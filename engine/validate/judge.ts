import { type Finding, finding } from '../errors/index.js';
import type { Model } from './model.js';
import type { Rule } from './rule.js';

/** A finding, and the element that the rule looked at when it made it; null: the file. */
export interface Reported {
  readonly finding: Finding;
  readonly visited: string | null;
}

/** Shows a model to a rule, element by element; a rule that throws reports BPMN_RULE_FAILED. Class: pure. */
export function judge(name: string, rule: Rule, model: Model): readonly Reported[] {
  const reported: Reported[] = [];
  const ask = (visited: string | null, question: () => readonly Finding[]): void => {
    for (const one of answer(name, visited, question)) reported.push({ finding: one, visited });
  };
  const { file, level: ofLevel, node: ofNode, flow: ofFlow } = rule;
  if (file) ask(null, () => file(model));
  for (const level of model.levels) {
    if (ofLevel) ask(level.id, () => ofLevel(level, model));
    if (ofNode) for (const node of level.nodes) ask(node.id, () => ofNode(node, level, model));
    if (ofFlow) for (const flow of level.flows) ask(flow.id, () => ofFlow(flow, level, model));
  }
  return reported;
}

function answer(
  rule: string,
  visited: string | null,
  question: () => readonly Finding[],
): readonly Finding[] {
  try {
    return question();
  } catch (error) {
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [finding('BPMN_RULE_FAILED', visited, { rule, id: visited ?? 'the file', detail })];
  }
}
