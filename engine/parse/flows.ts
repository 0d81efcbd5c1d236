/** Reads sequence flows, and in which order they leave and enter each node. */
import type { ParsedFlow } from '../model/parsed.js';
import type { ParseContext } from './context.js';
import { readExpression } from './expression.js';
import { LIMITS } from './limits.js';
import type { ModdleElement } from './moddle.js';
import { elementOf, elementsOf, idOf, isA, tagOf, textOf } from './properties.js';

/** The flows of one process. */
export interface FlowTable {
  /** Complete flows by id, in document order over all levels. */
  readonly flows: ReadonlyMap<string, ParsedFlow>;
  /** The others: an end of theirs was refused. */
  readonly broken: readonly Pick<ParsedFlow, 'id' | 'line' | 'condition'>[];
  /** Ids of flows by the id of their source, in document order, also of those whose target was refused. */
  readonly bySource: ReadonlyMap<string, readonly string[]>;
  /** The same by target. */
  readonly byTarget: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads all flows of a process.
 *
 * @param elements - the flow elements of all levels, in document order
 * @param process - the process that both ends must be in
 * Findings: BPMN_FLOW_END_MISSING, BPMN_FLOW_END_TYPE, BPMN_FLOW_CROSSES_POOL,
 * BPMN_LIMIT_FLOWS and those of expressions. Source: BPMN 2.0.2 §8.4.13.
 */
export function readFlows(
  elements: readonly ModdleElement[],
  process: ModdleElement,
  context: ParseContext,
): FlowTable {
  const table = {
    flows: new Map<string, ParsedFlow>(),
    broken: [] as Pick<ParsedFlow, 'id' | 'line' | 'condition'>[],
    bySource: new Map<string, string[]>(),
    byTarget: new Map<string, string[]>(),
  };
  for (const element of elements) {
    const flow = isA(element, 'SequenceFlow') ? readFlow(element, process, context) : null;
    if (flow === null) continue;
    const { id, source, target } = flow;
    if (source !== null) push(table.bySource, source, id);
    if (target !== null) push(table.byTarget, target, id);
    if (source !== null && target !== null) table.flows.set(id, { ...flow, source, target });
    else table.broken.push({ id, line: flow.line, condition: flow.condition });
  }
  for (const side of [table.bySource, table.byTarget]) {
    for (const [id, { length: n }] of side) {
      const limit = LIMITS.flowsAtNode;
      if (n > limit) context.report.add('BPMN_LIMIT_FLOWS', id, { limit, id, n });
    }
  }
  return table;
}

/**
 * The flows out of a node: as its `outgoing` children list them, then unlisted ones.
 *
 * Findings: BPMN_FLOW_LISTS_CONTRADICT.
 */
export function outgoingOf(
  node: ModdleElement,
  { bySource }: FlowTable,
  context: ParseContext,
): readonly string[] {
  const flows = bySource.get(idOf(node) ?? '') ?? [];
  const listed = listedFlows(node, 'outgoing', 'sourceRef', context);
  const first = listed.filter((id) => flows.includes(id));
  return [...new Set([...first, ...flows])];
}

/** The flows into a node in document order. Findings: BPMN_FLOW_LISTS_CONTRADICT. */
export function incomingOf(
  node: ModdleElement,
  { byTarget }: FlowTable,
  context: ParseContext,
): readonly string[] {
  listedFlows(node, 'incoming', 'targetRef', context);
  return byTarget.get(idOf(node) ?? '') ?? [];
}

function listedFlows(
  node: ModdleElement,
  list: 'incoming' | 'outgoing',
  end: 'sourceRef' | 'targetRef',
  context: ParseContext,
): readonly string[] {
  const id = idOf(node) ?? '';
  return elementsOf(node, list).flatMap((element) => {
    const flow = idOf(element);
    if (flow === null || !isA(element, 'SequenceFlow')) return [];
    const other = elementOf(element, end);
    if (other !== null && other !== node) {
      context.report.add('BPMN_FLOW_LISTS_CONTRADICT', id, { id, flow });
    }
    return [flow];
  });
}

/** A flow as it was read; an end that was refused is null. */
type ReadFlow = Omit<ParsedFlow, 'source' | 'target'> &
  Readonly<Record<'source' | 'target', string | null>>;

function readFlow(
  element: ModdleElement,
  process: ModdleElement,
  context: ParseContext,
): ReadFlow | null {
  const id = idOf(element);
  if (id === null) return null; // reported by the inventory
  const source = readEnd(element, 'sourceRef', process, context);
  const target = readEnd(element, 'targetRef', process, context);
  const condition = readExpression(element, 'conditionExpression', id, context);
  return {
    id,
    name: textOf(element, 'name'),
    line: context.lineOf(id),
    source,
    target,
    condition,
  };
}

function readEnd(
  flow: ModdleElement,
  side: 'sourceRef' | 'targetRef',
  process: ModdleElement,
  context: ParseContext,
): string | null {
  const id = idOf(flow) ?? '';
  const end = elementOf(flow, side);
  if (end === null) {
    if (context.danglingRef(flow, side) === null) {
      context.report.add('BPMN_FLOW_END_MISSING', id, { id, side: `\`${side}\`` });
    }
    return null;
  }
  const ref = idOf(end);
  if (ref === null || !isA(end, 'FlowNode')) {
    context.report.add('BPMN_FLOW_END_TYPE', id, { id, ref: ref ?? '', actual: `a ${tagOf(end)}` });
    return null;
  }
  if (processOf(end) === process) return ref;
  context.report.add('BPMN_FLOW_CROSSES_POOL', id, { id });
  return null;
}

function processOf(node: ModdleElement): ModdleElement | null {
  let at: ModdleElement | undefined = node;
  while (at !== undefined && !isA(at, 'Process')) at = at.$parent;
  return at ?? null;
}

function push(table: Map<string, string[]>, key: string, value: string): void {
  const list = table.get(key);
  if (list) list.push(value);
  else table.set(key, [value]);
}
