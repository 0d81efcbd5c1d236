/**
 * Joins of a level by the paths of its tokens, walked one by one: which flows into a join a token can still reach
 * without visiting it. Written from S05, S27 and S28 of `docs/semantics.md`; the compiler walks backwards instead.
 */
import type { Edge, Graph, GraphNode } from './graphs.js';

/** Where a token is: on a flow, or in a node. */
export type Place = { readonly flow: string } | { readonly node: string };

/** Which boundary events a path may leave by: those of the node that holds the token, or also those further on. */
type Reading = 'near' | 'far';

/** Tokens of a level: flows on which some wait at joins, and where the others are. */
export interface Marking {
  readonly graph: Graph;
  readonly held: readonly string[];
  readonly places: readonly Place[];
}

/** The flows into a node. */
export const intoOf = ({ edges }: Graph, { id }: GraphNode): readonly Edge[] =>
  edges.filter(({ to }) => to === id);

/** Whether a node is one at which tokens may wait for others. */
export const isJoin = ({ kind }: GraphNode): boolean =>
  kind === 'parallelGateway' || kind === 'inclusiveGateway';

/** The flows into `join` by which paths from a place come in. */
function reached(graph: Graph, place: Place, join: string, reading: Reading): Set<string> {
  const found = new Set<string>();
  const walk = (flow: Edge, visited: readonly string[]): void => {
    if (flow.to === join) found.add(flow.id);
    else if (!visited.includes(flow.to)) leave(flow.to, [...visited, flow.to], reading === 'far');
  };
  const leave = (node: string, visited: readonly string[], byBoundary: boolean): void => {
    const here = graph.nodes.find(({ id }) => id === node);
    for (const flow of graph.edges) if (flow.from === node) walk(flow, visited);
    if (here?.kind === 'linkThrow') leave(here.link ?? '', visited, byBoundary);
    for (const { id, host } of graph.nodes) {
      if (byBoundary && host === node) leave(id, visited, false);
    }
  };
  if ('node' in place) leave(place.node, [], true);
  else for (const flow of graph.edges) if (flow.id === place.flow) walk(flow, []);
  return found;
}

/** Flows into a join, those of them that hold no token, and where tokens are that do not wait at it. */
const seenFrom = ({ graph, held, places }: Marking, join: GraphNode) => {
  const flows = intoOf(graph, join).map(({ id }) => id);
  const empty = flows.filter((flow) => !held.includes(flow));
  const elsewhere = held.filter((flow) => !flows.includes(flow)).map((flow) => ({ flow }));
  return { flows, empty, others: [...places, ...elsewhere] };
};

const isDue = (marking: Marking, join: GraphNode): boolean => {
  const { flows, empty, others } = seenFrom(marking, join);
  const waits = (place: Place, reading: Reading): boolean => {
    const ways = [...reached(marking.graph, place, join.id, reading)];
    return ways.length > 0 && ways.every((way) => empty.includes(way));
  };
  return (
    join.kind === 'inclusiveGateway' &&
    empty.length < flows.length &&
    !others.some((place) => waits(place, 'near') || waits(place, 'far'))
  );
};

const isStarved = (marking: Marking, join: GraphNode): boolean => {
  const { flows, empty, others } = seenFrom(marking, join);
  const feeds = (place: Place): boolean => {
    const ways = reached(marking.graph, place, join.id, 'far');
    return empty.some((flow) => ways.has(flow));
  };
  return join.kind === 'parallelGateway' && empty.length < flows.length && !others.some(feeds);
};

const joinsOf = ({ graph }: Marking): readonly GraphNode[] =>
  graph.nodes.filter((node) => isJoin(node) && intoOf(graph, node).length > 1);

/** Inclusive joins that must fire now, in document order: no token is worth waiting for by either reading (S27). */
export const dueJoins = (marking: Marking): readonly GraphNode[] =>
  joinsOf(marking).filter((join) => isDue(marking, join));

/** Parallel joins that hold tokens, and that nothing can fill any more (S05). */
export const starvedJoins = (marking: Marking): readonly string[] =>
  joinsOf(marking).flatMap((join) => (isStarved(marking, join) ? [join.id] : []));

/** Joins at which tokens wait. */
export const blockedJoins = (marking: Marking): readonly string[] =>
  joinsOf(marking)
    .filter((join) => intoOf(marking.graph, join).some(({ id }) => marking.held.includes(id)))
    .map(({ id }) => id);
