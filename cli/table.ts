/** Tables for people: aligned columns, no lines. Class: pure. */
import { printable } from '../history/index.js';
import type { Terminal } from './terminal.js';

export { printable, several, shownInstance, shownInstant } from '../history/index.js';

/** One column. */
export interface Column<Row> {
  readonly title: string;
  /** The field that it shows; absent where it shows several, or none as it is. */
  readonly field?: string;
  readonly text: (row: Row) => string;
  /** Colour of a cell; the text alone must tell all. */
  readonly color?: (row: Row) => Color | null;
  /** Longest cell, if not the usual. */
  readonly longest?: number;
}

/** The column whose title this is, however people write it: `started`, `business-key`. Class: pure. */
export function columnOf<Row>(
  columns: readonly Column<Row>[],
  name: string,
): Column<Row> | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[ _-]/g, '');
  return columns.find(({ title }) => plain(title) === plain(name));
}

/** A colour that a terminal can paint with. */
export type Color = Parameters<Terminal['paint']>[0];

/** Longest cell; what is longer ends in `…`. */
const LONGEST = 60;

/** Narrowest that a column becomes for want of room. */
const NARROWEST = 8;

/** Lines of a table: a heading, then a line for each row; where the terminal is narrow the widest cells are cut. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { paint, width }: Pick<Terminal, 'paint' | 'width'>,
): readonly string[] {
  const whole = rows.map((row) =>
    columns.map(({ text, longest }) => shortened(text(row), longest)),
  );
  const wanted = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...whole.map((line) => widthOf(line[index] ?? ''))),
  );
  const widths = within(width, wanted);
  const cells = whole.map((line) => line.map((text, index) => shortened(text, widths[index])));
  const last = columns.length - 1;
  const padded = (text: string, index: number): string =>
    index === last ? text : text + ' '.repeat((widths[index] ?? 0) - widthOf(text) + 2);
  const heading = columns.map(({ title }, index) => padded(title, index)).join('');
  const lines = cells.map((line, rowIndex) =>
    line
      .map((text, index) => {
        const row = rows[rowIndex];
        const color = row === undefined ? null : (columns[index]?.color?.(row) ?? null);
        const cell = padded(text, index);
        return color === null ? cell : paint(color, text) + cell.slice(text.length);
      })
      .join('')
      .trimEnd(),
  );
  return [paint('dim', heading.trimEnd()), ...lines];
}

/** Takes from the widest columns until all fit, as far as they go; the first, by which a row is named, stays whole. */
function within(width: number, wanted: readonly number[]): readonly number[] {
  const widths = [...wanted];
  let excess = widths.reduce((sum, one) => sum + one + 2, -2) - width;
  while (excess > 0) {
    const widest = widths.reduce(
      (at, one, index) => (index > 0 && one > (widths[at] ?? 0) ? index : at),
      1,
    );
    if ((widths[widest] ?? 0) <= NARROWEST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

/** One line, not longer than a table bears. Control characters of foreign texts never reach a terminal. Class: pure. */
export function shortened(text: string, longest = LONGEST): string {
  const line = printable(text).replace(/\s+/g, ' ').trim();
  const points = [...line];
  return points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : line;
}

function widthOf(text: string): number {
  return [...text].length;
}

/** The colour of a state; states of trouble and of waiting stand out. Class: pure. */
export function stateColor(state: string): Color | null {
  return STATE_COLORS[state] ?? null;
}

const STATE_COLORS: Readonly<Record<string, Color>> = {
  ACTIVE: 'green',
  CREATED: 'green',
  SUSPENDED: 'yellow',
  COMPLETED: 'dim',
  RESOLVED: 'dim',
  CLOSED: 'dim',
  CANCELLED: 'dim',
  FAILED: 'red',
  REFUSED: 'red',
};
