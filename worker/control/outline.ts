/** The outline of a process: its elements as an indented list in flow order, with where each stands. Class: pure. */
import type { OutlineRow } from '../../contracts/control.js';
import type { ExecutableProcess, FlowNodeBase } from '../../engine/model/index.js';

/** What is known of an instance; nothing for a process on its own. */
export interface Standing {
  /** One entry for each activation. */
  readonly activations: readonly { readonly elementId: string; readonly state: string }[];
  /** Elements that an open incident holds. */
  readonly stuck: readonly (string | null)[];
}

type Mark = OutlineRow['mark'];
type Nodes = ReadonlyMap<string, readonly FlowNodeBase[]>;

/**
 * Every flow node once: a node before what follows it, alternatives in the order of their flows, boundary events and
 * the content of sub-processes indented below their host.
 */
export function outlineOf(process: ExecutableProcess, standing: Standing): readonly OutlineRow[] {
  const states = groupBy(standing.activations, ({ elementId }) => elementId);
  const stuck = new Set(standing.stuck);
  const levels = groupBy(Object.values(process.nodes), ({ scopeId }) => scopeId);
  const rows: OutlineRow[] = [];
  const add = (node: FlowNodeBase, depth: number): void => {
    const found = states.get(node.id) ?? [];
    const mark = stuck.has(node.id) ? 'incident' : markOf(found.map(({ state }) => state));
    const { id: elementId, name, kind } = node;
    rows.push({ depth, elementId, name, kind, mark, times: found.length });
    for (const id of node.boundary) {
      const event = process.nodes[id];
      if (event) add(event, depth + 1);
    }
    for (const inner of inFlowOrder(process, levels, node.id)) add(inner, depth + 1);
  };
  for (const node of inFlowOrder(process, levels, process.id)) add(node, 0);
  return rows;
}

function markOf(states: readonly string[]): Mark {
  if (states.includes('ACTIVE')) return 'active';
  if (states.includes('COMPLETED')) return 'done';
  return states.length > 0 ? 'cancelled' : 'not-reached';
}

/** Reverse post-order of a walk that takes later flows first: sorted as far as loops allow. */
function inFlowOrder(
  { nodes }: ExecutableProcess,
  levels: Nodes,
  scopeId: string,
): readonly FlowNodeBase[] {
  const level = (levels.get(scopeId) ?? []).filter(({ kind }) => kind !== 'boundaryEvent');
  const seen = new Set<string>();
  const ordered: FlowNodeBase[] = [];
  const followers = ({ outgoing, boundary }: FlowNodeBase): readonly string[] => [
    ...outgoing.map(({ target }) => target),
    ...boundary.flatMap((id) => nodes[id]?.outgoing.map(({ target }) => target) ?? []),
  ];
  const visit = (node: FlowNodeBase): void => {
    if (seen.has(node.id)) return;
    seen.add(node.id);
    for (const id of followers(node).toReversed()) {
      const next = nodes[id];
      if (next) visit(next);
    }
    ordered.push(node);
  };
  const isEntry = ({ incoming }: FlowNodeBase): boolean => incoming.length === 0;
  // Later beginnings are walked first, for the list is turned round; event sub-processes come last.
  const rank = ({ kind }: FlowNodeBase): number => (kind === 'eventSubProcess' ? 0 : 1);
  const entries = level.filter(isEntry).toReversed();
  for (const node of entries.toSorted((a, b) => rank(a) - rank(b))) visit(node);
  for (const node of level) visit(node);
  return ordered.toReversed();
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
