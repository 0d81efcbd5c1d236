/** What it costs to read, judge and compile a large model, and to decide by large tables. */
import { compileDefinitions } from '../../engine/compile/index.js';
import { evaluateDecision } from '../../engine/decisions/index.js';
import type { DecisionPlan, Json, ParsedDefinitions } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { validateDefinitions } from '../../engine/validate/index.js';
import { compare, figure, table } from './timing.js';

const SHORT = { turns: 3, forMs: 150 };

const NAMESPACES = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
].join(' ');

const TASK =
  '<bpmn:extensionElements><zeebe:taskDefinition type="work" /></bpmn:extensionElements>';

/** A model of so many blocks in a row on one level, each a fork of three tasks and its join. */
function modelOf(blocks: number): string {
  const flows: string[] = [];
  const flow = (from: string, to: string): void => {
    flows.push(
      `<bpmn:sequenceFlow id="flow-${flows.length}" sourceRef="${from}" targetRef="${to}" />`,
    );
  };
  const nodes = Array.from({ length: blocks }, (_, block) => {
    flow(block === 0 ? 'start' : `join-${block - 1}`, `fork-${block}`);
    const tasks = [0, 1, 2].map((task) => {
      flow(`fork-${block}`, `task-${block}-${task}`);
      flow(`task-${block}-${task}`, `join-${block}`);
      return `<bpmn:serviceTask id="task-${block}-${task}">${TASK}</bpmn:serviceTask>`;
    });
    const gateways = ['fork', 'join'].map((id) => `<bpmn:parallelGateway id="${id}-${block}" />`);
    return [...gateways, ...tasks].join('');
  });
  flow(`join-${blocks - 1}`, 'end');
  const ends = '<bpmn:startEvent id="start" /><bpmn:endEvent id="end" />';
  const content = [ends, ...nodes, ...flows].join('');
  const process = `<bpmn:process id="large" isExecutable="true">${content}</bpmn:process>`;
  return `<bpmn:definitions ${NAMESPACES} id="d" targetNamespace="bench">${process}</bpmn:definitions>`;
}

const parsed = async (xml: string): Promise<ParsedDefinitions> => {
  const { definitions } = await parseBpmn(xml, 'large.bpmn');
  if (definitions === null) throw new Error('the model is unreadable');
  return definitions;
};

const modelRow = async (blocks: number): Promise<readonly string[]> => {
  const xml = modelOf(blocks);
  const definitions = await parsed(xml);
  const problems = validateDefinitions(definitions, { mode: 'strict' });
  if (problems.length > 0) throw new Error(JSON.stringify(problems.slice(0, 3)));
  const costs = await compare(
    [
      () => parsed(xml),
      () => validateDefinitions(definitions, { mode: 'strict' }),
      () => compileDefinitions(definitions),
    ],
    SHORT,
  );
  return [`${blocks * 5 + 2} elements`, ...costs.map(({ ms }) => figure(ms))];
};

const tableOf = (
  inputs: readonly string[],
  entry: (rule: number, input: number) => string,
): DecisionPlan => ({
  id: 'large',
  name: null,
  variable: 'large',
  requires: [],
  logic: {
    kind: 'table',
    hitPolicy: 'UNIQUE',
    aggregation: null,
    inputs: inputs.map((feel) => ({ id: feel, feel, label: null, type: null, allowed: null })),
    outputs: [{ id: 'rule', name: 'rule', type: null, priorities: [], defaultFeel: null }],
    rules: Array.from({ length: 1000 }, (_, rule) => ({
      id: `rule-${rule}`,
      tests: inputs.map((_input, input) => entry(rule, input)),
      results: [`${rule}`],
      annotation: null,
    })),
  },
});

const TABLES: readonly (readonly [name: string, DecisionPlan])[] = [
  ['3 columns of literals', tableOf(['a', 'b', 'c'], (rule, i) => (i < 2 ? '> 0' : `${rule}`))],
  [
    '3 columns of FEEL',
    tableOf(['a', 'b', 'c'], (rule, i) => (i < 2 ? `? > ${rule} - 5000` : `? = ${rule} + 0`)),
  ],
  [
    '5 columns of FEEL',
    tableOf(['a', 'b', 'c', 'd', 'e'], (rule, i) =>
      i < 4 ? `? > ${rule} - 5000 - ${i}` : `? = ${rule} + 0`,
    ),
  ],
];

const VALUES: Readonly<Record<string, Json>> = { a: 700, b: 700, c: 700, d: 700, e: 700 };

const tableRow = async ([name, plan]: (typeof TABLES)[number]): Promise<readonly string[]> => {
  const clock = { at: '2026-03-01T12:00:00.000Z', zone: 'UTC', seed: 'bench' };
  const scope = { ...clock, lookup: (variable: string) => VALUES[variable] };
  const decide = (): void => {
    const result = evaluateDecision({ large: plan }, 'large', scope);
    if (!result.ok || result.value !== 700) throw new Error(JSON.stringify(result));
  };
  const [cost] = await compare([decide], SHORT);
  return [name, figure(cost?.ms ?? 0)];
};

/** Prints the figures of definitions. */
export async function benchDefinitions(): Promise<void> {
  const models = [];
  for (const blocks of [25, 100, 200]) models.push(await modelRow(blocks));
  console.log(`${table([['one level, CPU ms', 'parse', 'validate', 'compile'], ...models])}\n`);
  const tables = [];
  for (const row of TABLES) tables.push(await tableRow(row));
  console.log(`${table([['1,000 rules, CPU ms', 'a decision'], ...tables])}\n`);
}
