/** From a decision table of the file to its plan. Class: pure but for the report. */
import type { DecisionLogic } from '../../model/index.js';
import type { Report } from '../../parse/report.js';
import { splitList } from '../cell-text.js';
import { columnName } from '../names.js';
import type { FeelReader } from './feel.js';
import { DMN_LIMITS } from './limits.js';
import type { DmnInput, DmnItemDefinition, DmnOutput, DmnRule, DmnTable } from './model.js';
import { resolveType } from './types.js';

/** What the parts of a file need to be read. */
export interface Reading {
  readonly report: Report;
  readonly feel: FeelReader;
  readonly types: readonly DmnItemDefinition[];
}

type Table = Extract<DecisionLogic, { readonly kind: 'table' }>;

const HIT_POLICIES: readonly string[] = [
  'UNIQUE',
  'FIRST',
  'PRIORITY',
  'ANY',
  'COLLECT',
  'RULE ORDER',
  'OUTPUT ORDER',
] satisfies readonly Table['hitPolicy'][];

const AGGREGATIONS: readonly string[] = ['SUM', 'COUNT', 'MIN', 'MAX'] satisfies readonly Exclude<
  Table['aggregation'],
  null
>[];

/**
 * Compiles a decision table.
 *
 * @param owner - id of the decision: names parts that have no id of their own
 * Findings: `DMN_RULE_WIDTH`, `DMN_HIT_POLICY_INVALID`, `DMN_NAME_…`, `DMN_TYPE_UNKNOWN`, `DMN_LIMIT`,
 * `DMN_EXPRESSION_…`.
 */
export function compileTable(source: DmnTable, owner: string, reading: Reading): Table {
  const inputs = (source.input ?? []).map((input, n) => compileInput(input, n, owner, reading));
  const outputs = (source.output ?? []).map((output, n) =>
    compileOutput(output, n, source, owner, reading),
  );
  const columns = {
    conditions: (source.input ?? []).map(conditionName),
    results: (source.output ?? []).map(resultName),
  };
  const table: Table = {
    kind: 'table',
    hitPolicy: (source.hitPolicy ?? 'UNIQUE') as Table['hitPolicy'],
    aggregation: (source.aggregation ?? null) as Table['aggregation'],
    inputs,
    outputs,
    rules: (source.rule ?? []).map((rule, n) => compileRule(rule, n, owner, columns, reading)),
  };
  checkSizes(table, owner, reading.report);
  checkNames(table, owner, reading.report);
  checkHitPolicy(table, owner, reading.report);
  return table;
}

/** What columns are called in findings: by place as well, for two may have one label. */
interface Columns {
  readonly conditions: readonly string[];
  readonly results: readonly string[];
}

const conditionName = ({ label, inputExpression }: DmnInput, n: number): string =>
  columnName('condition', n, label?.trim() || inputExpression?.text?.trim());

const resultName = ({ label, name }: DmnOutput, n: number): string =>
  columnName('result', n, label?.trim() || name?.trim());

function compileInput(
  input: DmnInput,
  n: number,
  owner: string,
  { feel, types, report }: Reading,
): Table['inputs'][number] {
  const elementId = input.id ?? owner;
  const phrase = `${conditionName(input, n)} of '${owner}'`;
  const expression = input.inputExpression;
  const resolved = resolveType(expression?.typeRef, types);
  if (resolved === null) {
    const facts = { type: expression?.typeRef ?? '', place: phrase };
    report.add('DMN_TYPE_UNKNOWN', elementId, facts);
  }
  const values = input.inputValues ?? resolved?.allowed?.allowedValues;
  return {
    id: input.id ?? `${owner}/input-${n + 1}`,
    label: input.label?.trim() || null,
    feel: feel.required(expression, { elementId, phrase }),
    type: resolved?.type ?? null,
    allowed: feel.optional(values, { elementId, phrase: `the values of ${phrase}` }, 'unaryTests'),
  };
}

function compileOutput(
  output: DmnOutput,
  n: number,
  table: DmnTable,
  owner: string,
  { feel, types, report }: Reading,
): Table['outputs'][number] {
  const elementId = output.id ?? owner;
  const phrase = `${resultName(output, n)} of '${owner}'`;
  const resolved = resolveType(output.typeRef, types);
  if (resolved === null) {
    report.add('DMN_TYPE_UNKNOWN', elementId, { type: output.typeRef ?? '', place: phrase });
  }
  const isNeeded = (table.output?.length ?? 0) > 1;
  if (isNeeded && !output.name?.trim())
    report.add('DMN_NAME_MISSING', elementId, { place: phrase });
  const place = { elementId, phrase: `the values of ${phrase}` };
  const values = feel.optional(output.outputValues, place, 'unaryTests');
  return {
    id: output.id ?? `${owner}/output-${n + 1}`,
    name: output.name?.trim() || output.label?.trim() || `output ${n + 1}`,
    type: resolved?.type ?? null,
    defaultFeel: feel.optional(output.defaultOutputEntry, {
      elementId,
      phrase: `the default of ${phrase}`,
    }),
    priorities: values === null ? [] : splitList(values),
  };
}

function compileRule(
  rule: DmnRule,
  n: number,
  owner: string,
  { conditions, results: outcomes }: Columns,
  { feel, report }: Reading,
): Table['rules'][number] {
  const id = rule.id ?? `${owner}/rule-${n + 1}`;
  const elementId = rule.id ?? owner;
  const [tests, results] = [rule.inputEntry ?? [], rule.outputEntry ?? []];
  const checkWidth = (kind: string, expected: number, actual: number): void => {
    const facts = { rule: `${n + 1} of '${owner}'`, kind, expected, actual };
    if (expected !== actual) report.add('DMN_RULE_WIDTH', elementId, facts);
  };
  checkWidth('condition', conditions.length, tests.length);
  checkWidth('result', outcomes.length, results.length);
  const notes = (rule.annotationEntry ?? []).map(({ text }) => text?.trim() ?? '');
  return {
    id,
    tests: tests.map((entry, index) => {
      const place = {
        elementId: entry.id ?? elementId,
        phrase: `rule ${n + 1} of '${owner}', ${conditions[index] ?? `condition ${index + 1}`}`,
      };
      return feel.optional(entry, place, 'unaryTests') ?? '-';
    }),
    results: results.map((entry, index) => {
      const place = {
        elementId: entry.id ?? elementId,
        phrase: `rule ${n + 1} of '${owner}', ${outcomes[index] ?? `result ${index + 1}`}`,
      };
      return feel.optional(entry, place) ?? 'null';
    }),
    annotation: [rule.description?.trim() ?? '', ...notes].filter(Boolean).join('; ') || null,
  };
}

function checkSizes({ inputs, outputs, rules }: Table, owner: string, report: Report): void {
  const sizes = [
    { what: 'inputs', size: inputs.length, limit: DMN_LIMITS.inputs },
    { what: 'outputs', size: outputs.length, limit: DMN_LIMITS.outputs },
    { what: 'rules', size: rules.length, limit: DMN_LIMITS.rules },
  ];
  for (const { what, size, limit } of sizes) {
    if (size > limit) report.add('DMN_LIMIT', owner, { limit, what, place: `table '${owner}'` });
  }
  if (outputs.length === 0)
    report.add('DMN_NAME_MISSING', owner, { place: `an output of '${owner}'` });
}

function checkNames({ outputs }: Table, owner: string, report: Report): void {
  const seen = new Set<string>();
  for (const { name, id } of outputs) {
    const detail = seen.has(name) ? `'${name}' is the name of two` : `'${name}' is reserved`;
    if (seen.has(name) || name in Object.prototype) {
      report.add('DMN_NAME_INVALID', id, { place: `an output of '${owner}'`, detail });
    }
    seen.add(name);
  }
}

function checkHitPolicy(table: Table, owner: string, report: Report): void {
  const { hitPolicy, aggregation, outputs } = table;
  const refuse = (detail: string): void => report.add('DMN_HIT_POLICY_INVALID', owner, { detail });
  if (!HIT_POLICIES.includes(hitPolicy)) refuse(`'${hitPolicy}' is none`);
  if (aggregation !== null && !AGGREGATIONS.includes(aggregation)) {
    refuse(`'${aggregation}' is no aggregation`);
  }
  if (aggregation !== null && hitPolicy !== 'COLLECT') {
    refuse(`the aggregation ${aggregation} goes with COLLECT, and the policy is ${hitPolicy}`);
  }
  if (aggregation !== null && outputs.length > 1) {
    refuse(`the aggregation ${aggregation} takes one output, and there are ${outputs.length}`);
  }
  const needsValues = hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER';
  if (needsValues && outputs.every(({ priorities }) => priorities.length === 0)) {
    refuse(`${hitPolicy} needs the values of an output in the order of their priority`);
  }
}
