/**
 * Paths of a level, walked one by one: which flows into a join a token can still reach without visiting it. Written
 * from S27 of `docs/semantics.md`; the compiler comes to the same by walking backwards.
 */
import type { Edge, Graph } from './graphs.js';

/** Where a token is: on a flow, or in a node. */
export type Place = { readonly flow: string } | { readonly node: string };

/** Which boundary events a path may leave by: those of the node that holds the token, or also those further on. */
export type Reading = 'near' | 'far';

/** The flows into `join` by which paths from a place come in. */
export function reached(graph: Graph, place: Place, join: string, reading: Reading): Set<string> {
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
