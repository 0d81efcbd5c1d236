/** Extensions of an event that its trigger leaves without effect, or that compete. Source: docs/design.md D16, A07. */
import { type Finding, finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import type { Rule } from '../rule.js';

const SENDERS = ['sendTask', 'endEvent', 'intermediateThrowEvent'];
const CATCHES = ['startEvent', 'intermediateCatchEvent', 'boundaryEvent'];

function idle({ tag, triggers, extensions }: ParsedNode): readonly string[] {
  const isMessage = tag === 'sendTask' || triggers.some(({ kind }) => kind === 'message');
  const { taskDefinition, publishMessage, correlationKey } = extensions;
  if (CATCHES.includes(tag)) {
    return correlationKey !== null && !isMessage ? ['zeebe:subscription'] : [];
  }
  if (!SENDERS.includes(tag)) return [];
  const isPublished = isMessage && taskDefinition === null;
  return [
    ...(taskDefinition !== null && !isMessage ? ['zeebe:taskDefinition'] : []),
    ...(publishMessage !== null && !isPublished ? ['zeebe:publishMessage'] : []),
  ];
}

/** Findings: BPMN_EXTENSION_UNSUPPORTED. What stands on a wrong element is reported by parse. */
export const extensionPlaces: Rule = {
  node: (node): readonly Finding[] =>
    idle(node).map((name) => finding('BPMN_EXTENSION_UNSUPPORTED', node.id, { name, id: node.id })),
};
