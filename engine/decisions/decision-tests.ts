/** Runs the test rows that stand beside a DMN file. Class: pure. */
import { type Finding, finding } from '../errors/index.js';
import type { EvaluationScope } from '../expressions/index.js';
import { type DecisionPlan, type DecisionTrace, type Json, own } from '../model/index.js';
import { type CsvCell, type CsvRow, parseCsv } from './csv.js';
import { isEqual } from './equality.js';
import { evaluateDecision } from './evaluate.js';

/** A row whose result is not the expected one. */
export interface DecisionMismatch {
  /** Line of the row in the CSV, from 1. */
  readonly line: number;
  /** Column of the expected value; empty for the result as a whole. */
  readonly output: string;
  /** What was expected and what came, as JSON, or `!CODE` for a fault. */
  readonly expected: string;
  readonly actual: string;
  /** Rows of the rules that gave it, from 1; none where it is not of a table, or no rule fitted. */
  readonly rules: readonly number[];
  /** The text of the fault; null when there is a value. */
  readonly message: string | null;
}

/** What test rows show. */
export interface DecisionTestReport {
  readonly rows: number;
  readonly mismatches: readonly DecisionMismatch[];
  /** What is wrong with the CSV itself: `DMN_DECISION_TESTS_INVALID`. */
  readonly findings: readonly Finding[];
}

interface Header {
  readonly inputs: readonly (readonly string[])[];
  readonly outputs: readonly string[];
}

/** The clock of test rows, unless another is given. */
const CLOCK = { at: '2026-01-01T00:00:00.000Z', zone: 'UTC' };

/**
 * Runs the rows of `<name>.dmn.test.csv`. The header names the inputs (`customer.age` goes into a
 * context) and then, each after `=>`, the outputs; a bare `=>` is the result as a whole. A cell is JSON
 * where it can be read as such and is not quoted, else text; an empty one is null. `!DECISION_NOT_UNIQUE`
 * expects that fault.
 *
 * @param clock - `at` (ISO 8601 UTC) and `zone` (IANA) of `now()`; 2026-01-01T00:00:00Z when left out
 * @example
 * runDecisionTests(decisions, 'Decision_Dish', 'season,guests,=> dish\nWinter,8,Roast\n').mismatches;
 */
export function runDecisionTests(
  decisions: Readonly<Record<string, DecisionPlan>>,
  id: string,
  csv: string,
  clock: Pick<EvaluationScope, 'at' | 'zone'> = CLOCK,
): DecisionTestReport {
  const read = parseCsv(csv);
  if ('wrongLine' in read) return invalid(id, `line ${read.wrongLine} has a quote out of place`);
  const [first, ...rows] = read.rows;
  const header = headerOf(first);
  if (typeof header === 'string') return invalid(id, header);
  const width = header.inputs.length + header.outputs.length;
  const odd = rows.find(({ cells }) => cells.length !== width);
  if (odd) return invalid(id, `line ${odd.line} has ${odd.cells.length} cells instead of ${width}`);
  const mismatches = rows.flatMap((row) => runRow(decisions, id, header, row, clock));
  return { rows: rows.length, mismatches, findings: [] };
}

function invalid(id: string, detail: string): DecisionTestReport {
  return {
    rows: 0,
    mismatches: [],
    findings: [finding('DMN_DECISION_TESTS_INVALID', id, { detail })],
  };
}

function headerOf(row: CsvRow | undefined): Header | string {
  if (row === undefined) return 'there is no row';
  const names = row.cells.map(({ text }) => text);
  const first = names.findIndex((name) => name.startsWith('=>'));
  if (first === -1) return 'no column begins with `=>`';
  const [inputs, outputs] = [names.slice(0, first), names.slice(first)];
  const late = outputs.find((name) => !name.startsWith('=>'));
  if (late !== undefined) return `the input '${late}' stands after an output`;
  const unnamed = inputs.indexOf('');
  if (unnamed !== -1) return `input ${unnamed + 1} has no name`;
  return {
    inputs: inputs.map((name) => name.split('.').map((part) => part.trim())),
    outputs: outputs.map((name) => name.slice(2).trim()),
  };
}

function runRow(
  decisions: Readonly<Record<string, DecisionPlan>>,
  id: string,
  { inputs, outputs }: Header,
  { line, cells }: CsvRow,
  { at, zone }: Pick<EvaluationScope, 'at' | 'zone'>,
): readonly DecisionMismatch[] {
  const variables = new Map<string, Json>();
  for (const [index, path] of inputs.entries()) put(variables, path, valueOfCell(cells[index]));
  const scope = { at, zone, seed: `test:${line}`, lookup: (name: string) => variables.get(name) };
  const result = evaluateDecision(decisions, id, scope);
  return outputs.flatMap((output, index) => {
    const cell = cells[inputs.length + index];
    const expected = cell?.text.startsWith('!') ? cell.text : valueOfCell(cell);
    const actual = result.ok ? part(result.value, output) : `!${result.fault.code}`;
    if (isEqual(expected, actual)) return [];
    const message = result.ok ? null : result.fault.message;
    const rules = result.ok ? rulesIn(result.trace, decisions[id]) : [];
    return [{ line, output, expected: print(expected), actual: print(actual), rules, message }];
  });
}

function rulesIn(trace: readonly DecisionTrace[], plan: DecisionPlan | undefined): number[] {
  if (plan?.logic.kind !== 'table') return [];
  const ids = plan.logic.rules.map((rule) => rule.id);
  const { matchedRules = [] } = trace.find(({ decisionId }) => decisionId === plan.id) ?? {};
  return matchedRules.map((rule) => ids.indexOf(rule) + 1);
}

function valueOfCell(cell: CsvCell | undefined): Json {
  if (cell === undefined || (cell.text === '' && !cell.isQuoted)) return null;
  // A quoted cell is text, but lists and contexts cannot do without quotes.
  if (cell.isQuoted && !/^\s*[[{]/.test(cell.text)) return cell.text;
  try {
    return JSON.parse(cell.text) as Json;
  } catch {
    return cell.text; // plain text, as most cells are
  }
}

function put(variables: Map<string, Json>, path: readonly string[], value: Json): void {
  const [name = '', ...rest] = path;
  variables.set(name, nested(variables.get(name) ?? null, rest, value));
}

function nested(around: Json, path: readonly string[], value: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const context = new Map<string, Json>(isContext(around) ? Object.entries(around) : []);
  context.set(name, nested(context.get(name) ?? null, rest, value));
  return Object.fromEntries(context);
}

function isContext(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An output by name; the result of one output is that output. */
function part(value: Json, output: string): Json {
  if (output === '' || !isContext(value)) return value;
  return own(value, output) ?? null;
}

const print = (value: Json): string =>
  typeof value === 'string' && value.startsWith('!') ? value : JSON.stringify(value);
