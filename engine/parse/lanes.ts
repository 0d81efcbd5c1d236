import type { ParsedLane } from '../model/parsed.js';
import type { ParseContext } from './context.js';
import { extensionOf, readAssignment } from './extensions.js';
import type { ModdleElement } from './moddle.js';
import { elementOf, elementsOf, idOf, isA, tagOf, textOf } from './properties.js';

/**
 * Reads the lanes of a process or sub-process; a nested lane follows its parent.
 *
 * Findings: BPMN_LANE_NODE, BPMN_LANE_RESOURCE. Source: BPMN 2.0.2 §10.8.
 */
export function readLanes(container: ModdleElement, context: ParseContext): readonly ParsedLane[] {
  return elementsOf(container, 'laneSets').flatMap((set, index) =>
    readLaneSet(set, { parent: null, laneSet: `${idOf(container)}:${index}` }, context),
  );
}

/** Where a lane stands. */
type Place = Pick<ParsedLane, 'parent' | 'laneSet'>;

function readLaneSet(
  set: ModdleElement,
  place: Place,
  context: ParseContext,
): readonly ParsedLane[] {
  return elementsOf(set, 'lanes').flatMap((lane) => {
    const id = idOf(lane);
    if (id === null) return []; // reported by the inventory
    const inner = elementOf(lane, 'childLaneSet');
    return [
      readLane(lane, id, place, context),
      ...(inner ? readLaneSet(inner, { ...place, parent: id }, context) : []),
    ];
  });
}

function readLane(
  lane: ModdleElement,
  id: string,
  place: Place,
  context: ParseContext,
): ParsedLane {
  const partition = elementOf(lane, 'partitionElementRef') ?? elementOf(lane, 'partitionElement');
  if (partition !== null && !isA(partition, 'Resource')) {
    context.report.add('BPMN_LANE_RESOURCE', id, { id, actual: `a ${tagOf(partition)}` });
  }
  return {
    id,
    name: textOf(lane, 'name'),
    ...place,
    nodes: readNodeList(lane, id, context),
    assignment: readAssignment(extensionOf(lane, 'AssignmentDefinition', context)),
  };
}

function readNodeList(lane: ModdleElement, id: string, context: ParseContext): readonly string[] {
  return elementsOf(lane, 'flowNodeRef').flatMap((node) => {
    const ref = idOf(node);
    if (ref !== null && isA(node, 'FlowNode')) return [ref];
    // data and artifacts inside a lane are drawn there and not performed by anybody
    if (!isA(node, 'FlowElement') && !isA(node, 'Artifact')) {
      context.report.add('BPMN_LANE_NODE', id, { id, ref: ref ?? tagOf(node) });
    }
    return [];
  });
}
