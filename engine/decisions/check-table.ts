/** Static checks of decision tables: rules that overlap, inputs that no rule matches. Class: pure. */
import { type Finding, finding } from '../errors/index.js';
import type { DecisionPlan } from '../model/index.js';
import { findGaps } from './gaps.js';
import type { Table } from './input.js';
import { holds, type Literal } from './literal-cell.js';
import { type Column, columnsOf } from './samples.js';

/** Findings of a kind that one table may have; more would hide the others. */
const MOST_FINDINGS = 5;
/** Comparisons of entries with values, after which a check gives up. */
const MOST_STEPS = 200_000;
/** Pairs of rules that are compared at most. */
const MOST_PAIRS = 500_000;

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
  const { rules, hitPolicy } = table;
  if (hitPolicy !== 'UNIQUE') return [];
  if ((rules.length * (rules.length - 1)) / 2 > MOST_PAIRS)
    return [unchecked(decision, MOST_PAIRS)];
  const found: Finding[] = [];
  for (const [first, { id }] of rules.entries()) {
    for (let second = first + 1; second < rules.length; second += 1) {
      const values = commonValues(columns, table, first, second);
      if (values === null) continue;
      const facts = {
        rules: `'${id}' and '${rules[second]?.id}'`,
        example: example(columns, values),
      };
      found.push(finding('DMN_RULES_OVERLAP', id, { decision, ...facts }));
      if (found.length === MOST_FINDINGS) return found;
    }
  }
  return found;
}

type Example = readonly (Literal | null)[];

/** Values that two rules both match, or null when there are none for certain. */
function commonValues(
  columns: readonly Column[],
  { rules }: Table,
  first: number,
  second: number,
): Example | null {
  const values: (Literal | null)[] = [];
  for (const [index, { cells, samples }] of columns.entries()) {
    const [a, b] = [cells[first], cells[second]];
    if (!a || !b) {
      // Entries that are not understood hold together only when they are the same.
      if (rules[first]?.tests[index] !== rules[second]?.tests[index]) return null;
      values.push(null);
      continue;
    }
    const isAnything = a.kind === 'any' && b.kind === 'any';
    const common = samples.find((value) => holds(a, value) && holds(b, value));
    if (common === undefined && !isAnything) return null;
    values.push(isAnything ? null : (common ?? null));
  }
  return values;
}

const SINGLE_HIT: ReadonlySet<string> = new Set(['UNIQUE', 'FIRST', 'ANY', 'PRIORITY']);

function gaps(decision: string, table: Table, columns: readonly Column[]): readonly Finding[] {
  const hasDefault = table.outputs.some(({ defaultFeel }) => defaultFeel !== null);
  if (hasDefault || !SINGLE_HIT.has(table.hitPolicy) || table.rules.length === 0) return [];
  const { examples, isComplete } = findGaps(columns, table.rules.length, MOST_FINDINGS, MOST_STEPS);
  const found = examples.map((values) =>
    finding('DMN_RULES_GAP', decision, { decision, example: example(columns, values) }),
  );
  return isComplete ? found : [...found, unchecked(decision, MOST_STEPS)];
}

function unchecked(decision: string, limit: number): Finding {
  return finding('DMN_RULES_UNCHECKED', decision, { decision, limit });
}

function example(columns: readonly Column[], values: Example): string {
  const named = columns.flatMap(({ feel }, index) => {
    const value = values[index] ?? null;
    return value === null ? [] : [`${feel} = ${JSON.stringify(value)}`];
  });
  return named.length === 0 ? 'any input' : named.join(', ');
}
