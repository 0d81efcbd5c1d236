/** Searches a table for inputs that no rule matches. Class: pure. */
import { holds, type Literal } from './literal-cell.js';
import type { Column } from './samples.js';

/** Inputs that no rule matches; null stands for any value. */
export interface Gaps {
  readonly examples: readonly (readonly (Literal | null)[])[];
  /** False when the search gave up. */
  readonly isComplete: boolean;
}

interface Search extends Record<'most' | 'steps', number> {
  readonly columns: readonly Column[];
  readonly examples: (readonly (Literal | null)[])[];
  /** Rules that were seen to leave nothing out, by column. */
  readonly covered: Set<string>;
}

/**
 * Divides the inputs column by column and follows the rules that are left. An entry that is more than
 * literals counts as matching, so every example is a gap for certain.
 *
 * @param most - examples to find
 * @param steps - comparisons to spend
 */
export function findGaps(
  columns: readonly Column[],
  rules: number,
  most: number,
  steps: number,
): Gaps {
  const search: Search = { columns, most, steps, examples: [], covered: new Set() };
  const all = Array.from({ length: rules }, (_, index) => index);
  follow(search, all, []);
  return { examples: search.examples, isComplete: search.steps > 0 };
}

function follow(
  search: Search,
  rules: readonly number[],
  values: readonly (Literal | null)[],
): void {
  const { columns, examples, covered } = search;
  const column = columns[values.length];
  if (rules.length === 0) examples.push(values);
  if (rules.length === 0 || column === undefined) return;
  const key = `${values.length}:${rules.join()}`;
  if (covered.has(key)) return;
  const before = examples.length;
  const samples = column.samples.length === 0 ? [null] : column.samples;
  const seen = new Set<string>();
  for (const value of samples) {
    search.steps -= rules.length;
    if (search.steps <= 0 || examples.length >= search.most) return;
    const left = rules.filter((rule) => matches(column, rule, value));
    const group = left.join();
    if (seen.has(group)) continue; // another value tells the same rules apart
    seen.add(group);
    follow(search, left, [...values, value]);
  }
  if (examples.length === before) covered.add(key);
}

function matches({ cells }: Column, rule: number, value: Literal | null): boolean {
  const cell = cells[rule];
  return !cell || value === null || holds(cell, value);
}
