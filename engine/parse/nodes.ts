/** Reads the flow nodes of a level, and the levels inside them. */
import type { BpmnTag, ParsedNode, ParsedScope } from '../model/parsed.js';
import type { ParseContext } from './context.js';
import { readExtensions } from './extensions.js';
import { type FlowTable, incomingOf, outgoingOf } from './flows.js';
import { readLoop } from './loop.js';
import type { ModdleElement } from './moddle.js';
import {
  elementOf,
  elementsOf,
  flagOf,
  idOf,
  isA,
  numberOf,
  refOf,
  tagOf,
  textOf,
} from './properties.js';
import { refAsWritten } from './references.js';
import { readTriggers } from './triggers.js';

const TAGS: ReadonlySet<string> = new Set<BpmnTag>([
  'startEvent',
  'endEvent',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'boundaryEvent',
  'task',
  'serviceTask',
  'userTask',
  'sendTask',
  'receiveTask',
  'scriptTask',
  'businessRuleTask',
  'manualTask',
  'callActivity',
  'subProcess',
  'transaction',
  'adHocSubProcess',
  'exclusiveGateway',
  'parallelGateway',
  'inclusiveGateway',
  'complexGateway',
  'eventBasedGateway',
]);

/**
 * Reads the content of a process or sub-process.
 *
 * Findings: BPMN_BOUNDARY_HOST and those of what a node holds. Nesting is bounded by
 * `LIMITS.depth`.
 */
export function readScope(
  container: ModdleElement,
  flows: FlowTable,
  context: ParseContext,
): ParsedScope {
  const elements = elementsOf(container, 'flowElements');
  return {
    nodes: elements.flatMap((element) => readNode(element, flows, context)),
    flows: elements.flatMap((element) => {
      const flow = flows.flows.get(idOf(element) ?? '');
      return flow && isA(element, 'SequenceFlow') ? [flow] : [];
    }),
  };
}

function readNode(
  element: ModdleElement,
  flows: FlowTable,
  context: ParseContext,
): readonly ParsedNode[] {
  const tag = tagOf(element);
  if (!isTag(tag)) return [];
  const id = idOf(element);
  if (id === null) return []; // reported by the inventory
  return [
    {
      id,
      tag,
      name: textOf(element, 'name'),
      line: context.lineOf(id),
      incoming: incomingOf(element, flows, context),
      outgoing: outgoingOf(element, flows, context),
      ...readActivity(element),
      ...readEvent(element, id, context),
      ...readGateway(element),
      ...readTask(element, context),
      defaultFlow: refOf(element, 'default', 'SequenceFlow'),
      loop: readLoop(element, context),
      extensions: readExtensions(element, context),
      content: isA(element, 'SubProcess') ? readScope(element, flows, context) : null,
    },
  ];
}

function isTag(tag: string): tag is BpmnTag {
  return TAGS.has(tag);
}

type Activity = Pick<
  ParsedNode,
  'isTriggeredByEvent' | 'isForCompensation' | 'startQuantity' | 'completionQuantity'
>;

function readActivity(element: ModdleElement): Activity {
  return {
    isTriggeredByEvent: flagOf(element, 'triggeredByEvent'),
    isForCompensation: flagOf(element, 'isForCompensation'),
    startQuantity: numberOf(element, 'startQuantity', 1),
    completionQuantity: numberOf(element, 'completionQuantity', 1),
  };
}

type Event = Pick<ParsedNode, 'attachedTo' | 'isInterrupting' | 'isParallelMultiple' | 'triggers'>;

function readEvent(element: ModdleElement, id: string, context: ParseContext): Event {
  const isBoundary = isA(element, 'BoundaryEvent');
  return {
    attachedTo: isBoundary ? readHost(element, id, context) : null,
    isInterrupting: isBoundary
      ? flagOf(element, 'cancelActivity')
      : !isA(element, 'StartEvent') || flagOf(element, 'isInterrupting'),
    isParallelMultiple: flagOf(element, 'parallelMultiple'),
    triggers: readTriggers(element, context),
  };
}

function readHost(event: ModdleElement, id: string, context: ParseContext): string | null {
  const host = elementOf(event, 'attachedToRef');
  if (host !== null && isA(host, 'FlowNode')) return idOf(host);
  if (context.danglingRef(event, 'attachedToRef') === null) {
    const actual = host === null ? 'absent' : `a ${tagOf(host)}`;
    context.report.add('BPMN_BOUNDARY_HOST', id, { id, actual });
  }
  return null;
}

type Gateway = Pick<ParsedNode, 'isInstantiating' | 'eventGatewayType' | 'gatewayDirection'>;

function readGateway(element: ModdleElement): Gateway {
  const direction = textOf(element, 'gatewayDirection');
  return {
    isInstantiating: flagOf(element, 'instantiate'),
    eventGatewayType: textOf(element, 'eventGatewayType') === 'Parallel' ? 'Parallel' : 'Exclusive',
    gatewayDirection: DIRECTIONS.find((known) => known === direction) ?? 'Unspecified',
  };
}

const DIRECTIONS = ['Converging', 'Diverging', 'Mixed'] as const;

type Task = Pick<ParsedNode, 'messageRef' | 'scriptFormat' | 'script' | 'calledElement'>;

function readTask(element: ModdleElement, context: ParseContext): Task {
  const called = textOf(element, 'calledElement');
  return {
    messageRef: refAsWritten(element, 'messageRef', context),
    scriptFormat: textOf(element, 'scriptFormat'),
    script: textOf(element, 'script'),
    calledElement: called === null ? null : context.localName(called),
  };
}
