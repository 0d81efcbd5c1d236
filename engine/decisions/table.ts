/** Evaluates a decision table. Class: pure. Source: DMN 1.3 §8.2.8 to §8.2.11. */
import { type EvaluationScope, evaluate, evaluateUnaryTests } from '../expressions/index.js';
import type { Json } from '../model/index.js';
import { type Entry, entryPasses, readEntry } from './entry.js';
import { isEqual } from './equality.js';
import { compute, shown, stop } from './fault.js';
import { combine, HIT_POLICIES, type Hit } from './hit-policies.js';
import { type InputValue, inputValue, isOfType, type Table } from './input.js';
import { holds, type Literal } from './literal-cell.js';
import { columnName, ruleName } from './names.js';

/** What a table decides, and by which rules. */
export interface TableResult {
  readonly value: Json;
  readonly matchedRules: readonly string[];
  /** Values of the inputs, in the order of the table. */
  readonly inputs: readonly Json[];
  readonly hits: readonly Hit[];
}

/**
 * Evaluates a table.
 *
 * Without a match the result is that of the default outputs; without these it is null, but `[]` for
 * COLLECT and 0 for COLLECT COUNT. Errors: the codes `DECISION_…`.
 */
export function evaluateTable(table: Table, scope: EvaluationScope, decision: string): TableResult {
  const values = table.inputs.map((input) => inputValue(input, scope, decision));
  const inputs = values.map(({ value }) => value);
  const [first, ...others] = matching(table, values, scope, decision);
  if (!first) {
    return { value: otherwise(table, scope, decision), matchedRules: [], inputs, hits: [] };
  }
  const hits = [first, ...others] as const;
  const rank = (output: number, value: Json): number => {
    const priorities = table.outputs[output]?.priorities ?? [];
    const index = priorities.findIndex((test) => isOneOf(test, value, scope));
    return index === -1 ? priorities.length : index;
  };
  return {
    value: HIT_POLICIES[table.hitPolicy]({ decision, table, scope, hits, rank }),
    matchedRules: hits.map(({ rule }) => rule.id),
    ...{ inputs, hits },
  };
}

function matching(
  table: Table,
  values: readonly InputValue[],
  scope: EvaluationScope,
  decision: string,
): readonly Hit[] {
  const rows = entriesOf(table);
  const matches = (rule: Table['rules'][number], index: number): boolean =>
    values.every((value, column) => {
      const entry = rows[index]?.[column] ?? ANYTHING;
      if (entry.literal && isScalar(value)) return holds(entry.literal, value.value);
      return entryPasses(entry, value, scope, (tests) => {
        const { label = null, feel = '' } = table.inputs[column] ?? {};
        const name = columnName('condition', column, label ?? feel);
        return { decision, place: `${ruleName(rule, index)}, ${name}, \`${tests}\`` };
      });
    });
  const isFirst = table.hitPolicy === 'FIRST';
  const found = isFirst
    ? [table.rules.findIndex(matches)]
    : table.rules.flatMap((rule, index) => (matches(rule, index) ? [index] : []));
  return found.flatMap((index) => {
    const rule = table.rules[index];
    return rule ? [hitOf(table, rule, ruleName(rule, index), scope, decision)] : [];
  });
}

/** Entries by table, kept as long as it: read once, and compiled when they are first needed. */
const ENTRIES = new WeakMap<Table, readonly (readonly Entry[])[]>();

const ANYTHING = readEntry('-');

function entriesOf(table: Table): readonly (readonly Entry[])[] {
  const known = ENTRIES.get(table);
  if (known) return known;
  const read = table.rules.map(({ tests }) => tests.map(readEntry));
  ENTRIES.set(table, read);
  return read;
}

/** Whether a value is what it looks like: no list, no context, no string that stands for a date. */
function isScalar(input: InputValue): input is InputValue & { readonly value: Literal | null } {
  return input.temporal === null && (input.value === null || typeof input.value !== 'object');
}

function hitOf(
  table: Table,
  rule: Table['rules'][number],
  name: string,
  scope: EvaluationScope,
  decision: string,
): Hit {
  const computed: Json[] = [];
  return {
    ...{ rule, name, computed },
    outputs: () => {
      for (const output of table.outputs.slice(computed.length)) {
        const feel = rule.results[computed.length] ?? 'null';
        const column = columnName('result', computed.length, output.name);
        const place = `${name}, ${column}, \`${feel}\``;
        const value = compute(feel, scope, { decision, place });
        checkOutput(output, value, name, scope, decision);
        computed.push(value);
      }
      return computed;
    },
  };
}

/** Holds a value to the type and to the listed values of its output. */
function checkOutput(
  { name, type, priorities }: Table['outputs'][number],
  value: Json,
  place: string,
  scope: EvaluationScope,
  decision: string,
): void {
  const refuse = (expected: string): never =>
    stop('DECISION_OUTPUT_INVALID', {
      decision,
      output: name,
      expected,
      place,
      value: shown(value),
    });
  if (type !== null && !isOfType(type, value, scope)) refuse(`a ${type}`);
  if (priorities.length === 0 || value === null) return;
  if (!priorities.some((test) => isOneOf(test, value, scope))) {
    refuse(`one of ${priorities.join(', ')}`);
  }
}

/** Whether a listed value, which may be a range, is this one. */
function isOneOf(test: string, value: Json, scope: EvaluationScope): boolean {
  const listed = evaluate(test, scope);
  if (listed.ok) return isEqual(listed.value, value);
  const tested = evaluateUnaryTests(test, value, scope);
  return tested.ok && tested.value === true;
}

function otherwise(table: Table, scope: EvaluationScope, decision: string): Json {
  if (table.outputs.some(({ defaultFeel }) => defaultFeel !== null)) {
    const values = table.outputs.map((output) => {
      const { name, defaultFeel } = output;
      if (defaultFeel === null) return null;
      const place = `the default of output '${name}'`;
      const value = compute(defaultFeel, scope, { decision, place });
      checkOutput(output, value, 'the default', scope, decision);
      return value;
    });
    return combine(table, values);
  }
  if (table.hitPolicy !== 'COLLECT') return null;
  return { COUNT: 0, SUM: null, MIN: null, MAX: null, LIST: [] }[table.aggregation ?? 'LIST'];
}
