/**
 * Third pass: for each join, which of its incoming flows a token at each position of the level can still reach
 * without visiting the join. Paths follow sequence flows and links; they never cross a scope border. Boundary events
 * are read in two ways, and an inclusive join asks both (`docs/decisions/0009-joins-and-boundary-events.md`). Source:
 * BPMN 2.0.2 §13.4.3, S27.
 */
import { elementOf } from '../elements/index.js';
import type { JoinPlan, ParsedNode, ParsedScope, Reach } from '../model/index.js';

/** Where a token must have been just before it is at a node: on a flow, at a link throw, in the host of an event. */
type Predecessors = ReadonlyMap<
  string,
  {
    readonly flows: readonly string[];
    readonly jumps: readonly string[];
    readonly host: string | null;
  }
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
      return [node.id, { flows: node.incoming, jumps, host: node.attachedTo }];
    }),
  );
};

interface Level {
  readonly sources: ReadonlyMap<string, string>;
  readonly predecessors: Predecessors;
}

/**
 * Marks every position from which `flowId` can be reached, walking backwards from it.
 *
 * @param isFar - a path leaves by the boundary events of every activity on its way; else of none
 */
const walkBack = (
  joinId: string,
  flowId: string,
  { sources, predecessors }: Level,
  isFar: boolean,
): Set<string> => {
  const seen = new Set<string>([flowId]);
  const open: string[] = [sources.get(flowId) ?? ''];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const before = predecessors.get(node);
    if (node === joinId || before === undefined) continue;
    for (const flow of before.flows) {
      if (seen.has(flow)) continue;
      seen.add(flow);
      open.push(sources.get(flow) ?? '');
    }
    open.push(...before.jumps);
    if (isFar && before.host !== null) open.push(before.host);
  }
  seen.delete('');
  return seen;
};

/** As `walkBack`, by boundary events of the node that holds the token alone. */
const walkBackNear = (joinId: string, flowId: string, level: Level): Set<string> => {
  const seen = walkBack(joinId, flowId, level, false);
  for (const [event, { host }] of level.predecessors) {
    if (host !== null && seen.has(event)) seen.add(host);
  }
  return seen;
};

type Walk = (joinId: string, flowId: string, level: Level) => ReadonlySet<string>;

const reachOf = (node: ParsedNode, level: Level, walk: Walk): Reach => {
  const reach: Record<string, string[]> = {};
  for (const flow of node.incoming) {
    for (const position of walk(node.id, flow, level)) {
      reach[position] ??= [];
      reach[position].push(flow);
    }
  }
  return reach;
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
  const level: Level = { sources, predecessors: predecessorsOf(scope) };
  const hasBoundary = scope.nodes.some(({ attachedTo }) => attachedTo !== null);
  return joins.map((node) => {
    const kind = elementOf(node)?.join === 'all-flows' ? 'all-flows' : 'reachable';
    const far = reachOf(node, level, (...given) => walkBack(...given, true));
    const near = hasBoundary && kind === 'reachable' ? reachOf(node, level, walkBackNear) : null;
    return { nodeId: node.id, kind, incoming: node.incoming, reach: far, nearReach: near };
  });
}
