/** Links: one catch for each name on a level, some throws, flows on one side. Source: BPMN 2.0.2 §10.5.4, §10.5.5, S33. */
import { finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import { isIntermediate, linkOf } from '../kinds.js';
import type { Rule } from '../rule.js';

function byName(nodes: readonly ParsedNode[]): ReadonlyMap<string, readonly ParsedNode[]> {
  const links = new Map<string, ParsedNode[]>();
  for (const node of nodes) {
    const name = isIntermediate(node) ? linkOf(node) : null;
    if (typeof name !== 'string') continue;
    const group = links.get(name);
    if (group === undefined) links.set(name, [node]);
    else group.push(node);
  }
  return links;
}

/** Findings: BPMN_LINK_NAME_MISSING, BPMN_LINK_PAIRING, BPMN_LINK_FLOWS. */
export const links: Rule = {
  level: ({ id: scope, nodes }) =>
    [...byName(nodes)].flatMap(([name, group]) => {
      const n = group.filter(({ tag }) => tag === 'intermediateCatchEvent').length;
      const m = group.length - n;
      if (n === 1 && m > 0) return [];
      const facts = { name, scope, n: `${n} catching`, m: `${m} throwing` };
      return [finding('BPMN_LINK_PAIRING', group[0]?.id ?? scope, facts)];
    }),
  node: (node) => {
    const name = isIntermediate(node) ? linkOf(node) : undefined;
    if (name === undefined) return [];
    const { id, tag, incoming, outgoing } = node;
    const surplus = tag === 'intermediateCatchEvent' ? incoming : outgoing;
    return [
      ...(name === null ? [finding('BPMN_LINK_NAME_MISSING', id, { id })] : []),
      ...surplus.map((flow) => finding('BPMN_LINK_FLOWS', id, { id, flow })),
    ];
  },
};
