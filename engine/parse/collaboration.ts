/** Checks the pools of a file and the message flows between them; nothing of them is part of the tree. */
import type { ParseContext } from './context.js';
import { readProperties } from './extensions.js';
import type { ModdleElement } from './moddle.js';
import { elementOf, elementsOf, flagOf, idOf, isA, numberOf, tagOf } from './properties.js';

/**
 * Checks all collaborations of a file.
 *
 * Findings: BPMN_HEADER_UNKNOWN, BPMN_PARTICIPANT_MULTIPLICITY, BPMN_FLOW_END_MISSING, BPMN_MESSAGE_FLOW_END_TYPE,
 * BPMN_MESSAGE_FLOW_SAME_POOL, BPMN_NOT_EXECUTED. Source: BPMN 2.0.2 §9.3, §9.4.
 */
export function checkCollaborations(root: ModdleElement, context: ParseContext): void {
  for (const collaboration of elementsOf(root, 'rootElements')) {
    if (!isA(collaboration, 'Collaboration')) continue;
    for (const pool of elementsOf(collaboration, 'participants')) {
      checkMultiplicity(pool, context);
      checkProperties(pool, context);
    }
    for (const flow of elementsOf(collaboration, 'messageFlows')) checkMessageFlow(flow, context);
  }
}

/** A modeler has fields for properties of the pool and of its process: what Jornada reads is the process's. */
function checkProperties(participant: ModdleElement, context: ParseContext): void {
  const id = idOf(participant) ?? 'a pool';
  for (const name of Object.keys(readProperties(participant, context))) {
    if (!name.startsWith('jornada:')) continue;
    const hint = ', its process may';
    context.report.add('BPMN_HEADER_UNKNOWN', idOf(participant), { id, name, hint });
  }
}

function checkMultiplicity(participant: ModdleElement, context: ParseContext): void {
  const bounds = elementOf(participant, 'participantMultiplicity');
  if (bounds === null) return;
  const id = idOf(participant) ?? 'a pool';
  const min = numberOf(bounds, 'minimum', 0);
  const max = numberOf(bounds, 'maximum', 1);
  if (min >= 0 && max >= 1 && min <= max) return;
  context.report.add('BPMN_PARTICIPANT_MULTIPLICITY', idOf(participant), { id, min, max });
}

function checkMessageFlow(flow: ModdleElement, context: ParseContext): void {
  const id = idOf(flow) ?? 'a message flow';
  const ends = (['sourceRef', 'targetRef'] as const).map((side) =>
    readEnd(flow, id, side, context),
  );
  const [from, to] = ends.map((end) => end && poolOf(end));
  if (!from || !to) return;
  if (from === to) {
    context.report.add('BPMN_MESSAGE_FLOW_SAME_POOL', id, { id, pool: idOf(from) ?? 'one pool' });
  } else if (flagOf(from, 'isExecutable') && flagOf(to, 'isExecutable')) {
    const remedy = 'send by `messageRef` and `zeebe:subscription`, and remove the message flow';
    context.report.add('BPMN_NOT_EXECUTED', id, {
      id,
      type: 'messageFlow between two executable pools',
      remedy,
    });
  }
}

function readEnd(
  flow: ModdleElement,
  id: string,
  side: 'sourceRef' | 'targetRef',
  context: ParseContext,
): ModdleElement | null {
  const end = elementOf(flow, side);
  if (end === null) {
    if (context.danglingRef(flow, side) === null) {
      context.report.add('BPMN_FLOW_END_MISSING', id, { id, side: `\`${side}\`` });
    }
    return null;
  }
  if (isA(end, 'Participant') || isA(end, 'Activity') || isA(end, 'Event')) return end;
  const actual = `a ${tagOf(end)}`;
  context.report.add('BPMN_MESSAGE_FLOW_END_TYPE', id, { id, ref: idOf(end) ?? actual, actual });
  return null;
}

/** The process around a node or inside a pool; null for a black box. */
function poolOf(end: ModdleElement): ModdleElement | null {
  if (isA(end, 'Participant')) return elementOf(end, 'processRef');
  let at: ModdleElement | undefined = end;
  while (at !== undefined && !isA(at, 'Process')) at = at.$parent;
  return at ?? null;
}
