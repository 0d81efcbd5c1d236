/**
 * Mappings that would never run: an event that merely happens has no inputs of its own, and what ends its token
 * at once has no outputs. Source: docs/design.md D16, S94.
 */
import { finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import { isHandler, triggerOf } from '../kinds.js';
import type { Model } from '../model.js';
import type { Rule } from '../rule.js';

/** Whether no token enters a node before its event happens: boundary, triggered start, arm of a gateway. */
function isFired({ tag, triggers, incoming }: ParsedNode, { nodes, flows }: Model): boolean {
  if (tag === 'boundaryEvent') return true;
  if (tag === 'startEvent') return triggers.length > 0;
  return incoming.some((id) => {
    const source = nodes.get(flows.get(id)?.source ?? '');
    return source?.tag === 'eventBasedGateway';
  });
}

/** Whether the token of a node goes on elsewhere, or nowhere, before outputs could run. */
function isAbrupt(node: ParsedNode): boolean {
  const trigger = triggerOf(node);
  if (node.tag === 'intermediateThrowEvent') return trigger === 'link';
  return node.tag === 'endEvent' && (trigger === 'terminate' || trigger === 'error');
}

/** Findings: BPMN_EXTENSION_UNSUPPORTED. */
export const idleMappings: Rule = {
  node: (node, _level, model) => {
    const { id, extensions } = node;
    const { inputs, outputs } = extensions;
    if (inputs.length === 0 && outputs.length === 0) return [];
    const refuse = (name: string) => finding('BPMN_EXTENSION_UNSUPPORTED', id, { name, id });
    if (isHandler(node)) return [refuse('zeebe:ioMapping')];
    return [
      ...(inputs.length > 0 && isFired(node, model) ? [refuse('zeebe:input')] : []),
      ...(outputs.length > 0 && isAbrupt(node) ? [refuse('zeebe:output')] : []),
    ];
  },
};
