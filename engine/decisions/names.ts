/** What rules and columns of a table are called in texts: as whoever edits the table sees them. Class: pure. */
import type { DecisionLogic } from '../model/index.js';

type Table = Extract<DecisionLogic, { readonly kind: 'table' }>;

/** So much of what is written beside a rule, or over a column, tells which it is. */
const MOST = 60;

/** A rule by its row, with what is written beside it: `rule 3 (gold customers)`. @param n - from 0 */
export function ruleName({ annotation }: Table['rules'][number], n: number): string {
  return annotation === null ? `rule ${n + 1}` : `rule ${n + 1} (${clipped(annotation)})`;
}

/** A column by its place, for two may have one label: `condition 2 “Segment”`. @param n - from 0 */
export function columnName(side: 'condition' | 'result', n: number, label = ''): string {
  return label === '' ? `${side} ${n + 1}` : `${side} ${n + 1} “${clipped(label)}”`;
}

const clipped = (text: string): string =>
  text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
