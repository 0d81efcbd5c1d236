/** Every node with a flow in can be reached. Source: BPMN 2.0.2 §13.3.1. */
import { finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import { linkOf, startNodes } from '../kinds.js';
import type { Level, Model } from '../model.js';
import type { Rule } from '../rule.js';

/** Catches of links by name. */
function linkCatches({ nodes }: Level): ReadonlyMap<string, ParsedNode> {
  const catches = new Map<string, ParsedNode>();
  for (const node of nodes) {
    const name = node.tag === 'intermediateCatchEvent' ? linkOf(node) : null;
    if (typeof name === 'string') catches.set(name, node);
  }
  return catches;
}

/** Where a token on a node can go on: its flows, the events on its boundary, the catch of its link. */
function nextOf(
  node: ParsedNode,
  { boundary }: Level,
  links: ReadonlyMap<string, ParsedNode>,
  { nodes, flows }: Model,
): readonly (ParsedNode | undefined)[] {
  const targets = node.outgoing.map((id) => nodes.get(flows.get(id)?.target ?? ''));
  const name = node.tag === 'intermediateThrowEvent' ? linkOf(node) : null;
  const jump = typeof name === 'string' ? links.get(name) : undefined;
  return [...targets, ...(boundary.get(node.id) ?? []), jump];
}

/** Findings: BPMN_NODE_UNREACHABLE. A node without a flow in has a finding of its own. */
export const reachability: Rule = {
  level: (level, model) => {
    const starts = startNodes(level);
    if (starts.length === 0 || level.kind === 'adHocSubProcess') return [];
    const links = linkCatches(level);
    const instantiating = level.nodes.filter(({ isInstantiating }) => isInstantiating);
    const reached = new Set<ParsedNode>([...starts, ...instantiating]);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const node of reached) {
      for (const next of nextOf(node, level, links, model)) if (next) reached.add(next);
    }
    return level.nodes
      .filter((node) => node.incoming.length > 0 && !reached.has(node))
      .map(({ id }) => finding('BPMN_NODE_UNREACHABLE', id, { id }));
  },
};
