/** The BPMN of a graph. */
import { zeebe } from './drawing.js';
import type { Edge, Graph, GraphKind, GraphNode } from './graphs.js';

/** Moves that one event may cause: a loop without a wait ends the run. */
export const MOVES = 80;

const TAGS = {
  startEvent: 'startEvent',
  endEvent: 'endEvent',
  stop: 'endEvent',
  fail: 'endEvent',
  task: 'task',
  serviceTask: 'serviceTask',
  exclusiveGateway: 'exclusiveGateway',
  parallelGateway: 'parallelGateway',
  inclusiveGateway: 'inclusiveGateway',
  subProcess: 'subProcess',
  eventSubProcess: 'subProcess',
  boundaryEvent: 'boundaryEvent',
  linkThrow: 'intermediateThrowEvent',
  linkCatch: 'intermediateCatchEvent',
} as const satisfies Record<GraphKind, string>;

const isConditional = (kind: GraphKind): boolean =>
  kind === 'exclusiveGateway' || kind === 'inclusiveGateway';

const loopOf = ({ rounds }: GraphNode): string =>
  rounds === undefined
    ? ''
    : [
        `<bpmn:multiInstanceLoopCharacteristics isSequential="${rounds.isSequential}">`,
        `<bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">=${rounds.total}</bpmn:loopCardinality>`,
        `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=numberOfCompletedInstances &gt;= ${rounds.enough}</bpmn:completionCondition>`,
        '</bpmn:multiInstanceLoopCharacteristics>',
      ].join('');

const TIMER =
  '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>';
const ERROR = '<bpmn:errorEventDefinition errorRef="failed" />';

const CONTENT: { readonly [K in GraphKind]?: (node: GraphNode) => string } = {
  stop: () => '<bpmn:terminateEventDefinition />',
  fail: () => ERROR,
  serviceTask: () =>
    `<bpmn:extensionElements>${zeebe('taskDefinition', { type: 'work' })}</bpmn:extensionElements>`,
  subProcess: (node) => `${loopOf(node)}\n${levelOf(node.inside as Graph)}`,
  eventSubProcess: ({ inside, isInterrupting = true }) =>
    `\n${levelOf(inside as Graph, isInterrupting)}`,
  boundaryEvent: ({ trigger }) => (trigger === 'error' ? ERROR : TIMER),
  linkThrow: ({ link }) => `<bpmn:linkEventDefinition name="${link}" />`,
  linkCatch: ({ link }) => `<bpmn:linkEventDefinition name="${link}" />`,
};

const attributesOf = ({ kind, host, isInterrupting }: GraphNode): string => {
  if (kind === 'eventSubProcess') return ' triggeredByEvent="true"';
  return host === undefined ? '' : ` attachedToRef="${host}" cancelActivity="${isInterrupting}"`;
};

/** @param isInterrupting - of an event sub-process; its start waits for a timer */
const levelOf = ({ nodes, edges }: Graph, isInterrupting: boolean | null = null): string => {
  const outOf = (id: string): readonly Edge[] => edges.filter(({ from }) => from === id);
  const lines = nodes.map((node) => {
    const out = outOf(node.id);
    const isSplit = isConditional(node.kind) && out.length > 1;
    const otherwise = isSplit ? ` default="${out.at(-1)?.id}"` : '';
    const tag = TAGS[node.kind];
    if (node.kind === 'startEvent' && isInterrupting !== null) {
      return `<bpmn:startEvent id="${node.id}" isInterrupting="${isInterrupting}">${TIMER}</bpmn:startEvent>`;
    }
    const content = CONTENT[node.kind]?.(node) ?? '';
    return `<bpmn:${tag} id="${node.id}"${otherwise}${attributesOf(node)}>${content}</bpmn:${tag}>`;
  });
  const flows = edges.map(({ id, from, to, isTrue }) => {
    const out = outOf(from);
    const kind = nodes.find((node) => node.id === from)?.kind ?? 'task';
    const hasCondition = isConditional(kind) && out.length > 1 && out.at(-1)?.id !== id;
    const condition = `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${isTrue}</bpmn:conditionExpression>`;
    return `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${hasCondition ? condition : ''}</bpmn:sequenceFlow>`;
  });
  return [...lines, ...flows].map((line) => `    ${line}`).join('\n');
};

/** A graph as the only process of a file. */
export function drawGraph(graph: Graph): string {
  const limit = zeebe('property', { name: 'jornada:movesAStep', value: String(MOVES) });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="https://jornada.example/random">',
    '  <bpmn:error id="failed" errorCode="failed" />',
    '  <bpmn:process id="random" isExecutable="true">',
    `    <bpmn:extensionElements>${zeebe('properties', {}, limit)}</bpmn:extensionElements>`,
    levelOf(graph),
    '  </bpmn:process>',
    '</bpmn:definitions>',
    '',
  ].join('\n');
}
