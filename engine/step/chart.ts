/** What steps ask of a process at every token, found once for each compiled process. Class: pure but for the memory it holds. */
import { ELEMENTS, type NodeKind } from '../elements/index.js';
import type {
  ElementDefinition,
  ElementInstance,
  ExecutableProcess,
  FlowNodeBase,
  JoinPlan,
  JournalEntry,
} from '../model/index.js';

/** A node as a token meets it. All stops have one shape, whatever elements their nodes are. */
export interface Stop {
  readonly node: FlowNodeBase;
  readonly definition: ElementDefinition;
  /** The role of the activation that a token makes: a multi-instance activity gets a body first. */
  readonly role: ElementInstance['role'];
  /** What the journal says of an entry: one object for all. */
  readonly entered: JournalEntry['data'];
  /** The join where its tokens wait; null when each passes alone. */
  readonly join: JoinPlan | null;
}

/**
 * The stops of a process by node id, and levels: those on which tokens are counted, for they have joins, and
 * of them those with a join that depends on what tokens can reach.
 */
export interface Chart {
  readonly stops: ReadonlyMap<string, Stop>;
  /** Sequence flow → the node that it leads to. */
  readonly flows: ReadonlyMap<string, string>;
  readonly counted: ReadonlySet<string>;
  readonly watched: ReadonlySet<string>;
}

/** The behaviour of a node. */
export const definitionOf = (node: FlowNodeBase): ElementDefinition =>
  ELEMENTS[node.kind as NodeKind] as ElementDefinition;

const CONTAINERS: ReadonlySet<string> = new Set(['subProcess', 'eventSubProcess']);

/** The role that an activation of a node plays in the tree. */
export const roleOf = (node: FlowNodeBase): 'node' | 'scope' =>
  CONTAINERS.has(node.kind) ? 'scope' : 'node';

const draw = ({ nodes, scopes }: ExecutableProcess): Chart => {
  const levels = Object.values(scopes).filter(({ joins }) => joins.length > 0);
  const joins = new Map(
    levels.flatMap((level) => level.joins.map((join) => [join.nodeId, join] as const)),
  );
  const stops = Object.values(nodes).map((node): readonly [string, Stop] => {
    const role = node.multiInstance === null ? roleOf(node) : 'body';
    const entered = { kind: node.kind, name: node.name };
    return [
      node.id,
      { node, definition: definitionOf(node), role, entered, join: joins.get(node.id) ?? null },
    ];
  });
  const watched = levels.filter((level) => level.joins.some(({ kind }) => kind === 'reachable'));
  const flows = Object.values(nodes).flatMap(({ outgoing }) =>
    outgoing.map(({ id, target }) => [id, target] as const),
  );
  return {
    stops: new Map(stops),
    flows: new Map(flows),
    counted: new Set(levels.map(({ id }) => id)),
    watched: new Set(watched.map(({ id }) => id)),
  };
};

const charts = new WeakMap<ExecutableProcess, Chart>();

/** The chart of a process, which never changes. */
export function chartOf(process: ExecutableProcess): Chart {
  const known = charts.get(process);
  if (known !== undefined) return known;
  const chart = draw(process);
  charts.set(process, chart);
  return chart;
}
