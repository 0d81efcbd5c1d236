/**
 * Input entries of a table at work: literals are compared without FEEL, which decides them no other way;
 * other tests are compiled when they are first needed, and kept with their table. Class: pure but for that.
 */
import {
  type EvaluationScope,
  type PreparedTests,
  prepareUnaryTests,
} from '../expressions/index.js';
import { isAny } from './cell-text.js';
import { resultOf, type Spot } from './fault.js';
import { type InputValue, type TemporalType, temporalTests } from './input.js';
import { type LiteralCell, readLiteralCell } from './literal-cell.js';

/** One entry. */
export interface Entry {
  readonly tests: string;
  /** Null when it is more than literals. */
  readonly literal: LiteralCell | null;
  /** Its tests by what they are held against: a value, or a string that stands for a temporal one. */
  readonly prepared: Map<TemporalType | 'value', PreparedTests>;
}

/** Reads an entry. */
export const readEntry = (tests: string): Entry => ({
  tests,
  literal: readLiteralCell(tests),
  prepared: new Map(),
});

const preparedFor = ({ tests, prepared }: Entry, kind: TemporalType | 'value'): PreparedTests => {
  const known = prepared.get(kind);
  if (known !== undefined) return known;
  const ready = prepareUnaryTests(kind === 'value' ? tests : temporalTests(tests, kind));
  prepared.set(kind, ready);
  return ready;
};

/** Whether an input passes an entry. Errors: `DECISION_FAILED`, at the spot of its tests. */
export function entryPasses(
  entry: Entry,
  { value, temporal }: InputValue,
  scope: EvaluationScope,
  spotOf: (tests: string) => Spot,
): boolean {
  if (isAny(entry.tests)) return true;
  const kind = temporal === null || value === null ? 'value' : temporal;
  const evaluation = preparedFor(entry, kind)(value, scope);
  if (evaluation.ok) return evaluation.value === true;
  return resultOf(evaluation, spotOf(entry.tests)) === true;
}
