/** Unstructured levels: up to twelve nodes joined at random, forwards and sometimes back. */
import fc from 'fast-check';
import { zeebe } from './drawing.js';

/** Those that matter to joins come more often. */
const KINDS = [
  'parallelGateway',
  'inclusiveGateway',
  'inclusiveGateway',
  'inclusiveGateway',
  'exclusiveGateway',
  'serviceTask',
  'serviceTask',
  'task',
] as const;

/** `isTrue`: the constant condition of a flow out of a split whose flows have conditions. */
export interface Edge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly isTrue: boolean;
}

export interface Graph {
  readonly nodes: readonly { readonly id: string; readonly kind: string }[];
  readonly edges: readonly Edge[];
}

interface Seed {
  readonly kinds: readonly (typeof KINDS)[number][];
  /** For each node: where it comes from, where else it goes to, how its flows hold. */
  readonly from: readonly number[];
  readonly more: readonly (readonly [from: number, to: number, isBack: boolean])[];
  readonly truths: readonly boolean[];
}

/** Every node is reached from the start, and reaches the end. */
const graphOf = ({ kinds, from, more, truths }: Seed): Graph => {
  const inner = kinds.map((kind, i) => ({ id: `n${i + 1}`, kind }));
  const nodes = [{ id: 'start', kind: 'startEvent' }, ...inner, { id: 'end', kind: 'endEvent' }];
  const last = nodes.length - 1;
  const pairs = inner.map((_, i): [number, number] => [(from[i] ?? 0) % (i + 1), i + 1]);
  for (const [a, b, isBack] of more) {
    const source = 1 + (a % inner.length);
    if (isBack) pairs.push([source, 1 + (b % source)]);
    else pairs.push([source, source + 1 + (b % (last - source))]);
  }
  for (let i = 1; i < last; i += 1) {
    if (!pairs.some(([a, b]) => a === i && b > i)) pairs.push([i, last]);
  }
  const id = (i: number): string => nodes[i]?.id ?? '';
  const distinct = pairs.filter(
    ([a, b], i) => a !== b && pairs.findIndex(([c, d]) => a === c && b === d) === i,
  );
  const edges = distinct.map(([a, b], i) => ({
    id: `f${i}`,
    from: id(a),
    to: id(b),
    isTrue: truths[i % truths.length] ?? true,
  }));
  return { nodes: nodes.map((node) => withRole(node, edges)), edges };
};

/** A gateway with one way in and one way out is refused: it becomes a task. */
const withRole = (node: Graph['nodes'][number], edges: readonly Edge[]): Graph['nodes'][number] => {
  const count = (end: 'from' | 'to') => edges.filter((edge) => edge[end] === node.id).length;
  const isPass = node.kind.endsWith('Gateway') && count('from') === 1 && count('to') === 1;
  return isPass ? { ...node, kind: 'task' } : node;
};

export const graph = (): fc.Arbitrary<Graph> =>
  fc
    .record({
      kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 4, maxLength: 10, size: 'max' }),
      from: fc.array(fc.nat(20), { minLength: 10, maxLength: 10 }),
      more: fc.array(
        fc.tuple(
          fc.nat(20),
          fc.nat(20),
          fc.oneof(
            { weight: 5, arbitrary: fc.constant(false) },
            { weight: 1, arbitrary: fc.constant(true) },
          ),
        ),
        { minLength: 4, maxLength: 12, size: 'max' },
      ),
      truths: fc.array(fc.boolean(), { minLength: 6, maxLength: 20, size: 'max' }),
    })
    .map(graphOf);

const isConditional = (kind: string): boolean =>
  kind === 'exclusiveGateway' || kind === 'inclusiveGateway';

/** The BPMN of a graph; the last flow out of a split is its default. */
export function drawGraph({ nodes, edges }: Graph): string {
  const outOf = (id: string): readonly Edge[] => edges.filter(({ from }) => from === id);
  const lines = nodes.map(({ id, kind }) => {
    const out = outOf(id);
    const isSplit = isConditional(kind) && out.length > 1;
    const otherwise = isSplit ? ` default="${out.at(-1)?.id}"` : '';
    const job =
      kind === 'serviceTask'
        ? `<bpmn:extensionElements>${zeebe('taskDefinition', { type: 'work' })}</bpmn:extensionElements>`
        : '';
    return `<bpmn:${kind} id="${id}"${otherwise}>${job}</bpmn:${kind}>`;
  });
  const flows = edges.map(({ id, from, to, isTrue }) => {
    const out = outOf(from);
    const kind = nodes.find((node) => node.id === from)?.kind ?? '';
    const hasCondition = isConditional(kind) && out.length > 1 && out.at(-1)?.id !== id;
    const condition = `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${isTrue}</bpmn:conditionExpression>`;
    const content = hasCondition ? condition : '';
    return `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${content}</bpmn:sequenceFlow>`;
  });
  const limit = zeebe(
    'properties',
    {},
    zeebe('property', { name: 'jornada:movesAStep', value: '60' }),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="https://jornada.example/random">',
    '  <bpmn:process id="random" isExecutable="true">',
    `    <bpmn:extensionElements>${limit}</bpmn:extensionElements>`,
    ...[...lines, ...flows].map((line) => `    ${line}`),
    '  </bpmn:process>',
    '</bpmn:definitions>',
    '',
  ].join('\n');
}
