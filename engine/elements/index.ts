/** The only registry of elements. A file of this folder that is missing here fails a test. */
import type { BpmnTag, ElementDefinition, ParsedNode } from '../model/index.js';
import { boundaryEvent } from './boundary-event.js';
import { businessRuleTask } from './business-rule-task.js';
import { callActivity } from './call-activity.js';
import { endEvent } from './end-event.js';
import { eventBasedGateway } from './event-based-gateway.js';
import { eventSubProcess } from './event-sub-process.js';
import { exclusiveGateway } from './exclusive-gateway.js';
import { inclusiveGateway } from './inclusive-gateway.js';
import { intermediateCatchEvent } from './intermediate-catch-event.js';
import { intermediateThrowEvent } from './intermediate-throw-event.js';
import { manualTask } from './manual-task.js';
import { parallelGateway } from './parallel-gateway.js';
import { receiveTask } from './receive-task.js';
import { scriptTask } from './script-task.js';
import { sendTask } from './send-task.js';
import { serviceTask } from './service-task.js';
import { startEvent } from './start-event.js';
import { subProcess } from './sub-process.js';
import { task } from './task.js';
import { userTask } from './user-task.js';

/** Every element that Jornada executes. */
export const ELEMENTS = {
  boundaryEvent,
  businessRuleTask,
  callActivity,
  endEvent,
  eventBasedGateway,
  eventSubProcess,
  exclusiveGateway,
  inclusiveGateway,
  intermediateCatchEvent,
  intermediateThrowEvent,
  manualTask,
  parallelGateway,
  receiveTask,
  scriptTask,
  sendTask,
  serviceTask,
  startEvent,
  subProcess,
  task,
  userTask,
} as const;

/** The kinds of flow nodes. */
export type NodeKind = keyof typeof ELEMENTS;

const ALL: readonly ElementDefinition[] = Object.values(
  ELEMENTS,
) as unknown as readonly ElementDefinition[];

const BY_TAG: ReadonlyMap<BpmnTag, readonly ElementDefinition[]> = new Map(
  ALL.map(({ tag }) => [tag, ALL.filter((other) => other.tag === tag)]),
);

/** The element that a parsed node is; null when Jornada does not execute it. */
export function elementOf(node: ParsedNode): ElementDefinition | null {
  const candidates = BY_TAG.get(node.tag) ?? [];
  return candidates.find(({ matches }) => matches === undefined || matches(node)) ?? null;
}
