/**
 * Third pass: for each join, which of its incoming flows a token at each position of the level can still reach
 * without visiting the join. Paths follow sequence flows, links, and the boundary events of every activity on the
 * way, for a token that has yet to reach an activity may leave it there; they never cross a scope border. Source:
 * BPMN 2.0.2 §13.4.3, S27.
 */
import { elementOf } from '../elements/index.js';
import type { JoinPlan, ParsedNode, ParsedScope } from '../model/index.js';

/** Where a token must have been just before it is at a node. */
type Predecessors = ReadonlyMap<
  string,
  { readonly flows: readonly string[]; readonly nodes: readonly string[] }
>;

const linkName = (node: ParsedNode, tag: ParsedNode['tag']): string | null => {
  const [trigger] = node.triggers;
  return node.tag === tag && trigger?.kind === 'link' ? trigger.name : null;
};

const predecessorsOf = (scope: ParsedScope): Predecessors => {
  const throws = scope.nodes.flatMap((node) => {
    const name = linkName(node, 'intermediateThrowEvent');
    return name === null ? [] : [{ id: node.id, name }];
  });
  return new Map(
    scope.nodes.map((node) => {
      const name = linkName(node, 'intermediateCatchEvent');
      const jumps = throws.filter((link) => link.name === name).map(({ id }) => id);
      const hosts = node.attachedTo === null ? [] : [node.attachedTo];
      return [node.id, { flows: node.incoming, nodes: [...hosts, ...jumps] }];
    }),
  );
};

/** Marks every position from which `flowId` can be reached, walking backwards from it. */
const walkBack = (
  joinId: string,
  flowId: string,
  sources: ReadonlyMap<string, string>,
  predecessors: Predecessors,
): ReadonlySet<string> => {
  const seen = new Set<string>([flowId]);
  const open: string[] = [sources.get(flowId) ?? ''];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node === joinId) continue;
    const before = predecessors.get(node);
    for (const flow of before?.flows ?? []) {
      if (seen.has(flow)) continue;
      seen.add(flow);
      open.push(sources.get(flow) ?? '');
    }
    open.push(...(before?.nodes ?? []));
  }
  seen.delete('');
  return seen;
};

const isJoin = (node: ParsedNode): boolean => {
  const join = elementOf(node)?.join;
  return node.incoming.length > 1 && join !== undefined && join !== 'each-token';
};

/** The joins of a level, in document order. */
export function planJoins(scope: ParsedScope): readonly JoinPlan[] {
  const joins = scope.nodes.filter(isJoin);
  if (joins.length === 0) return [];
  const sources = new Map(scope.flows.map(({ id, source }) => [id, source]));
  const predecessors = predecessorsOf(scope);
  return joins.map((node) => {
    const reach: Record<string, string[]> = {};
    for (const flow of node.incoming) {
      for (const position of walkBack(node.id, flow, sources, predecessors)) {
        reach[position] ??= [];
        reach[position].push(flow);
      }
    }
    const kind = elementOf(node)?.join === 'all-flows' ? 'all-flows' : 'reachable';
    return { nodeId: node.id, kind, incoming: node.incoming, reach };
  });
}
