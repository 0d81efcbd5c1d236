/** Every expression can be compiled. Source: BPMN 2.0.2 §8.4.6; docs/design.md D8. */
import { type Finding, finding } from '../../errors/index.js';
import { checkExpression } from '../../expressions/index.js';
import type { Level } from '../model.js';
import { namedEvents } from '../named-events.js';
import type { Rule } from '../rule.js';
import {
  assignmentTexts,
  computedText,
  type ExpressionText,
  expressionsOf,
  feelText,
} from '../texts.js';

/** The fact of a message `Expected …, but <fact>; <remedy>.`, without the place that follows it here. */
const factOf = (message: string): string => {
  const [, fact = message] = /, but (.*); [^;]*$/s.exec(message) ?? [];
  return fact.replace(/ at character \d+ of '.*'$/s, '');
};

/** Reports what is wrong with expressions. */
function judge(element: string, texts: readonly ExpressionText[]): readonly Finding[] {
  return texts.flatMap(({ place, feel }) =>
    checkExpression(feel).map(({ message, from }) =>
      finding('BPMN_EXPRESSION_INVALID', element, {
        id: `${element} (${place})`,
        detail: factOf(message),
        pos: `character ${from + 1} of '${feel.slice(0, 80)}'`,
      }),
    ),
  );
}

/** What starts an instance is named before there are any data. */
function startNames(
  element: string,
  { kind }: Level,
  names: readonly ExpressionText[],
): readonly Finding[] {
  if (kind !== 'process') return [];
  return names.map(({ place }) =>
    finding('BPMN_EXPRESSION_INVALID', element, {
      id: `${element} (${place})`,
      detail: 'what starts an instance needs a fixed name',
      pos: 'character 1',
    }),
  );
}

/** Findings: BPMN_EXPRESSION_INVALID. */
export const expressions: Rule = {
  level: ({ kind, process }) => {
    if (kind !== 'process') return [];
    const { lanes, brokenFlows = [] } = process;
    return [
      ...lanes.flatMap(({ id, assignment }) => judge(id, assignmentTexts(assignment))),
      ...brokenFlows.flatMap(({ id, line, condition }) =>
        judge(id, feelText('condition', condition)).map((found) => ({ ...found, line })),
      ),
    ];
  },
  node: (node, level, { definitions }) => {
    const named = namedEvents(node, definitions).flatMap(({ id, type, name, correlationKey }) => {
      const names = computedText(`name of the ${type}`, name);
      return [
        ...judge(id, [...names, ...computedText('correlation key', correlationKey)]),
        ...(node.tag === 'startEvent' ? startNames(node.id, level, names) : []),
      ];
    });
    return [...judge(node.id, expressionsOf(node)), ...named];
  },
  flow: ({ id, condition }) => judge(id, feelText('condition', condition)),
};
