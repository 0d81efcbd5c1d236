/** Every node with a flow in can be reached. Source: BPMN 2.0.2 §13.3.1. */
import { finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import { isActivity, isHandler, linkOf, startNodes } from '../kinds.js';
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

/** Where tokens of a level may begin; boundary events that sit on no activity were refused for that. */
function beginnings(level: Level, { nodes, levelOf }: Model): readonly ParsedNode[] {
  const isHeld = ({ attachedTo }: ParsedNode): boolean => {
    const host = nodes.get(attachedTo ?? '');
    return (
      host !== undefined && levelOf.get(host.id) === level && isActivity(host) && !isHandler(host)
    );
  };
  return [
    ...startNodes(level),
    ...level.nodes.filter(
      (node) => node.isInstantiating || (node.tag === 'boundaryEvent' && !isHeld(node)),
    ),
  ];
}

/** Whether a flow was refused, so that what it leads to may seem unreachable. */
const lacksFlows = ({ nodes }: Level, { flows }: Model): boolean =>
  nodes.some(({ incoming, outgoing }) => [...incoming, ...outgoing].some((id) => !flows.has(id)));

/** Findings: BPMN_NODE_UNREACHABLE. A node without a flow in has a finding of its own. */
export const reachability: Rule = {
  level: (level, model) => {
    const isUnclear = startNodes(level).length === 0 || lacksFlows(level, model);
    if (isUnclear || level.kind === 'adHocSubProcess') return [];
    const links = linkCatches(level);
    const reached = new Set<ParsedNode>(beginnings(level, model));
    // A set is walked in the order of insertion, what is added on the way included.
    for (const node of reached) {
      for (const next of nextOf(node, level, links, model)) if (next) reached.add(next);
    }
    return level.nodes
      .filter((node) => node.incoming.length > 0 && !reached.has(node))
      .map(({ id }) => finding('BPMN_NODE_UNREACHABLE', id, { id }));
  },
};
