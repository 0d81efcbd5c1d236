/** Values that stand for all that the entries of a column can tell apart. Class: pure. */

import type { Table } from './input.js';
import { holds, type Literal, type LiteralCell, readLiteralCell } from './literal-cell.js';

/** A column: its entries by rule (null where one is more than literals), and its values. */
export interface Column {
  readonly feel: string;
  /** What people call it; columns of one label are told apart by their expressions. */
  readonly label: string | null;
  readonly cells: readonly (LiteralCell | null)[];
  /** The same entries as they are written. */
  readonly texts: readonly string[];
  /** Empty when the column tells nothing apart. */
  readonly samples: readonly Literal[];
}

/** Reads the columns of a table. */
export function columnsOf({ inputs, rules }: Table): readonly Column[] {
  const isOne = (label: string | null): boolean =>
    inputs.filter((one) => one.label === label).length === 1;
  return inputs.map(({ feel, label, allowed, type }, index) => {
    const texts = rules.map(({ tests }) => tests[index] ?? '-');
    const cells = texts.map(readLiteralCell);
    const domain = allowed === null ? null : readLiteralCell(allowed);
    const all = samplesOf(
      [...cells, domain].filter((cell) => cell !== null),
      type,
    );
    const samples = domain === null ? all : all.filter((value) => holds(domain, value));
    return { feel, label: isOne(label) ? label : null, cells, texts, samples };
  });
}

function samplesOf(cells: readonly LiteralCell[], type: string | null): readonly Literal[] {
  const values = new Set<Literal>();
  const bounds = new Set<number>();
  for (const cell of cells) {
    if (cell.kind === 'any') continue;
    for (const test of cell.tests) {
      const found = 'value' in test ? [test.value] : [test.interval.low, test.interval.high];
      for (const value of found) {
        if (typeof value !== 'number') values.add(value);
        else if (Number.isFinite(value)) bounds.add(value);
      }
    }
  }
  const kinds = new Set([...values].map((value) => typeof value));
  if (kinds.size + (bounds.size > 0 ? 1 : 0) > 1) return []; // of several types: nothing is provable
  if (bounds.size > 0) return numbersAround([...bounds].sort((a, b) => a - b));
  if (kinds.has('boolean') || type === 'boolean') return [true, false];
  return kinds.has('string') ? [...values, otherThan(values)] : [];
}

/** Each bound, and a number between each two, below all and above all. */
function numbersAround(bounds: readonly number[]): readonly number[] {
  const first = bounds[0] ?? 0;
  const between = bounds.map((bound, index) => {
    const next = bounds[index + 1];
    if (next === undefined) return [bound, Math.floor(bound) + 1];
    const whole = Math.floor(bound) + 1;
    return [bound, whole < next ? whole : (bound + next) / 2];
  });
  return [Math.ceil(first) - 1, ...between.flat()];
}

/** A string that no entry names. */
function otherThan(values: ReadonlySet<Literal>): string {
  let other = 'anything else';
  while (values.has(other)) other += ' ';
  return other;
}
