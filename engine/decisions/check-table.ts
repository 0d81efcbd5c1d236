/** Static checks of decision tables: rules that overlap, inputs that no rule matches. Class: pure. */
import { type Finding, finding } from '../errors/index.js';
import type { DecisionPlan } from '../model/index.js';
import { findGaps } from './gaps.js';
import type { Table } from './input.js';
import type { Literal } from './literal-cell.js';
import { ruleName } from './names.js';
import { findOverlaps } from './overlaps.js';
import { type Column, columnsOf } from './samples.js';

/** Findings of a kind that one table may have; more would hide the others. */
const MOST_FINDINGS = 5;
/** Comparisons of entries with values, after which a check gives up. */
const MOST_STEPS = 2_000_000;
/** Comparisons of two entries, of 32 values each, after which a check gives up. */
const MOST_COMPARISONS = 50_000_000;

/**
 * Looks for overlapping rules of a UNIQUE table, and for inputs that a single-hit table without defaults
 * leaves out, as far as its entries are literals, comparisons and ranges: what is reported is certain,
 * what goes beyond literals is not looked at. `null` is not counted as an input.
 *
 * @returns `DMN_RULES_OVERLAP`, `DMN_RULES_GAP` (with an example each), `DMN_RULES_UNCHECKED`; warnings
 */
export function checkTable({ id, logic }: DecisionPlan): readonly Finding[] {
  if (logic.kind !== 'table') return [];
  const columns = columnsOf(logic);
  return [...overlaps(id, logic, columns), ...gaps(id, logic, columns)];
}

function overlaps(decision: string, table: Table, columns: readonly Column[]): readonly Finding[] {
  if (table.hitPolicy !== 'UNIQUE') return [];
  const { found, isComplete } = findOverlaps(columns, MOST_FINDINGS, MOST_COMPARISONS);
  const findings = found.map(({ rules: [first, second], values }) => {
    const names = [first, second].flatMap((index) => {
      const rule = table.rules[index];
      return rule ? [ruleName(rule, index)] : [];
    });
    const facts = { decision, rules: names.join(' and '), example: example(columns, values) };
    return finding('DMN_RULES_OVERLAP', table.rules[first]?.id ?? decision, facts);
  });
  return isComplete ? findings : [...findings, unchecked(decision, 'overlaps', MOST_COMPARISONS)];
}

const SINGLE_HIT: ReadonlySet<string> = new Set(['UNIQUE', 'FIRST', 'ANY', 'PRIORITY']);

function gaps(decision: string, table: Table, columns: readonly Column[]): readonly Finding[] {
  const hasDefault = table.outputs.some(({ defaultFeel }) => defaultFeel !== null);
  if (hasDefault || !SINGLE_HIT.has(table.hitPolicy) || table.rules.length === 0) return [];
  const { examples, isComplete } = findGaps(columns, table.rules.length, MOST_FINDINGS, MOST_STEPS);
  const found = examples.map((values) =>
    finding('DMN_RULES_GAP', decision, { decision, example: example(columns, values) }),
  );
  return isComplete ? found : [...found, unchecked(decision, 'gaps', MOST_STEPS)];
}

function unchecked(decision: string, fault: string, limit: number): Finding {
  return finding('DMN_RULES_UNCHECKED', decision, { decision, fault, limit });
}

function example(columns: readonly Column[], values: readonly (Literal | null)[]): string {
  const named = columns.flatMap(({ feel, label }, index) => {
    const value = values[index] ?? null;
    return value === null ? [] : [`${label ?? feel} = ${JSON.stringify(value)}`];
  });
  return named.length === 0 ? 'any input' : named.join(', ');
}
