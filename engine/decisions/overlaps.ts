/** Searches a table for rules that match the same inputs. Class: pure. */
import { holds, type Literal } from './literal-cell.js';
import type { Column } from './samples.js';

/** Two rules by index, and values that both match; null stands for any value. */
export interface Overlap {
  readonly rules: readonly [number, number];
  readonly values: readonly (Literal | null)[];
}

/** What was found. */
export interface Overlaps {
  readonly found: readonly Overlap[];
  /** False when the search gave up. */
  readonly isComplete: boolean;
}

/** Which samples of a column an entry passes, one bit each. */
type Bits = Uint32Array;

interface ColumnBits {
  readonly column: Column;
  /** By rule; null where an entry is more than literals. */
  readonly rules: readonly (Bits | null)[];
}

/**
 * Compares every two rules. Entries that are more than literals hold together only when their texts are
 * the same, so every overlap is certain.
 *
 * @param most - overlaps to find
 * @param steps - comparisons to spend, of 32 values each
 */
export function findOverlaps(columns: readonly Column[], most: number, steps: number): Overlaps {
  const rules = columns[0]?.cells.length ?? 0;
  const width = columns.reduce((sum, { samples }) => sum + samples.length, 0);
  if (rules * width > steps) return { found: [], isComplete: false };
  const bits = columns.map((column) => ({ column, rules: column.cells.map(bitsOf(column)) }));
  const found: Overlap[] = [];
  let left = steps;
  for (let first = 0; first < rules; first += 1) {
    for (let second = first + 1; second < rules; second += 1) {
      const values: (Literal | null)[] = [];
      for (const one of bits) {
        const sample = firstCommon(one, first, second);
        left -= 1 + (one.column.samples.length >> 5);
        if (sample === NONE) break;
        values.push(sample === ANY ? null : (one.column.samples[sample] ?? null));
      }
      if (values.length === columns.length) found.push({ rules: [first, second], values });
      if (found.length === most || left < 0) return { found, isComplete: left >= 0 };
    }
  }
  return { found, isComplete: true };
}

const bitsOf =
  ({ samples, cells }: Column) =>
  (_cell: unknown, rule: number): Bits | null => {
    const cell = cells[rule];
    if (!cell) return null;
    const bits = new Uint32Array((samples.length + 31) >> 5);
    for (const [index, value] of samples.entries()) {
      if (holds(cell, value)) bits[index >> 5] = (bits[index >> 5] ?? 0) | (1 << (index & 31));
    }
    return bits;
  };

const NONE = -1;
const ANY = -2;

/** The first sample that the entries of two rules pass; `ANY` when both pass whatever comes. */
function firstCommon({ column, rules }: ColumnBits, first: number, second: number): number {
  const [a, b] = [rules[first], rules[second]];
  if (!a || !b) return column.texts[first] === column.texts[second] ? ANY : NONE;
  if (column.cells[first]?.kind === 'any' && column.cells[second]?.kind === 'any') return ANY;
  for (let word = 0; word < a.length; word += 1) {
    const common = (a[word] ?? 0) & (b[word] ?? 0);
    if (common !== 0) return word * 32 + 31 - Math.clz32(common & -common);
  }
  return NONE;
}
