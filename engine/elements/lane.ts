/** Lanes as assignment of user work: the innermost lane that says something (S83). */
import type { Computed, NodeContext, ParsedLane } from '../model/index.js';
import { computedOrNull } from '../triggers/index.js';

const outwards = (lanes: readonly ParsedLane[], from: ParsedLane): readonly ParsedLane[] => {
  const parent = lanes.find(({ id }) => id === from.parent);
  return parent === undefined ? [from] : [from, ...outwards(lanes, parent)];
};

/** The lane that lists a node, or else the nearest sub-process around it. */
const laneOf = ({ node, process, containers }: NodeContext): ParsedLane | undefined => {
  const found = [node, ...containers]
    .map(({ id }) => process.lanes.filter(({ nodes }) => nodes.includes(id)))
    .find((lanes) => lanes.length > 0);
  if (found === undefined) return undefined;
  // Of nested lanes that all list the node, the innermost is nobody's parent.
  return found.find(({ id }) => !found.some(({ parent }) => parent === id));
};

/** Who user work belongs to. */
export interface Assignment {
  readonly assignee: Computed | null;
  readonly candidateGroups: Computed | null;
  readonly candidateUsers: Computed | null;
}

const UNASSIGNED: Assignment = { assignee: null, candidateGroups: null, candidateUsers: null };

/**
 * Who a user task belongs to: as it says itself, or as its lane does. The name of a lane is one group as it
 * stands, whatever characters it has: no list and no FEEL.
 */
export function assignmentOf(context: NodeContext): Assignment {
  const said = context.node.extensions.assignment;
  const lane = said === null ? laneOf(context) : undefined;
  const lanes = lane === undefined ? [] : outwards(context.process.lanes, lane);
  const assigned = said ?? lanes.find(({ assignment }) => assignment)?.assignment ?? null;
  if (assigned !== null) {
    return {
      assignee: computedOrNull(assigned.assignee),
      candidateGroups: computedOrNull(assigned.candidateGroups),
      candidateUsers: computedOrNull(assigned.candidateUsers),
    };
  }
  if (lane === undefined) return UNASSIGNED;
  return { ...UNASSIGNED, candidateGroups: { value: [lane.name ?? lane.id] } };
}
