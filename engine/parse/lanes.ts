import type { ParsedLane } from '../model/parsed.js';
import type { ParseContext } from './context.js';
import { extensionOf, readAssignment } from './extensions.js';
import type { ModdleElement } from './moddle.js';
import { elementOf, elementsOf, idOf, isA, tagOf, textOf } from './properties.js';

/**
 * Reads the lanes of a process or sub-process; a nested lane follows its parent.
 *
 * Findings: BPMN_ID_MISSING, BPMN_LANE_NODE, BPMN_LANE_RESOURCE. Source: BPMN 2.0.2 §10.8.
 */
export function readLanes(container: ModdleElement, context: ParseContext): readonly ParsedLane[] {
  return elementsOf(container, 'laneSets').flatMap((set) => readLaneSet(set, null, context));
}

function readLaneSet(
  set: ModdleElement,
  parent: string | null,
  context: ParseContext,
): readonly ParsedLane[] {
  return elementsOf(set, 'lanes').flatMap((lane) => {
    const id = idOf(lane);
    if (id === null) {
      context.report.add('BPMN_ID_MISSING', parent, { type: 'lane', value: 'none' });
      return [];
    }
    const inner = elementOf(lane, 'childLaneSet');
    return [readLane(lane, id, parent, context), ...(inner ? readLaneSet(inner, id, context) : [])];
  });
}

function readLane(
  lane: ModdleElement,
  id: string,
  parent: string | null,
  context: ParseContext,
): ParsedLane {
  const partition = elementOf(lane, 'partitionElementRef') ?? elementOf(lane, 'partitionElement');
  if (partition !== null && !isA(partition, 'Resource')) {
    context.report.add('BPMN_LANE_RESOURCE', id, { id, actual: `a ${tagOf(partition)}` });
  }
  return {
    id,
    name: textOf(lane, 'name'),
    parent,
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
