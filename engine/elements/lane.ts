/** Lanes as assignment of user work: the innermost lane that says something (S83). */
import type { NodeContext, ParsedAssignment, ParsedLane } from '../model/index.js';

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

/** Who a user task without assignment of its own belongs to; null when it lies in no lane. */
export function laneAssignment(context: NodeContext): ParsedAssignment | null {
  const lane = laneOf(context);
  if (lane === undefined) return null;
  const assigned = outwards(context.process.lanes, lane).find(({ assignment }) => assignment);
  const group = { assignee: null, candidateUsers: null, candidateGroups: lane.name ?? lane.id };
  return assigned?.assignment ?? group;
}
