/**
 * Values of inputs. JSON has no dates: a value that is a date, time or duration travels as a string with
 * its type, and the tests of its column read it back. Class: pure. Source: DMN 1.3 §8.3.2.
 */
import { type EvaluationScope, evaluate, evaluateUnaryTests } from '../expressions/index.js';
import type { DecisionLogic, DecisionType, Json } from '../model/index.js';
import { isAny, replaceInput, splitCell } from './cell-text.js';
import { compute, resultOf, type Spot, shown, stop } from './fault.js';

/** A decision table. */
export type Table = Extract<DecisionLogic, { readonly kind: 'table' }>;

type InputClause = Table['inputs'][number];

/** The value of an input, and which temporal type its string stands for. */
export interface InputValue {
  readonly value: Json;
  readonly temporal: TemporalType | null;
}

/** Types whose values JSON has not. */
export type TemporalType = Extract<DecisionType, 'date' | 'time' | 'date and time' | 'duration'>;

const TEMPORAL: readonly string[] = ['date', 'time', 'date and time', 'duration'];

const isTemporalType = (type: Json): type is TemporalType =>
  typeof type === 'string' && TEMPORAL.includes(type);

/** A name or a path: its value is a variable, which is JSON already. */
const PATH = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

/** An expression that gives a value with its type; it ends a comment by its line. */
const typed = (feel: string): string => `{value: (${feel}
), type: if value instance of date then "date" else if value instance of time then "time"
 else if value instance of date and time then "date and time"
 else if value instance of days and time duration or value instance of years and months duration
 then "duration" else null}`;

/**
 * Computes an input, and checks it against its type and its allowed values.
 * Errors: `DECISION_FAILED`, `DECISION_INPUT_INVALID`.
 */
export function inputValue(
  input: InputClause,
  scope: EvaluationScope,
  decision: string,
): InputValue {
  const spot = { decision, place: `input '${input.feel}'` };
  const found = PATH.test(input.feel)
    ? { value: compute(input.feel, scope, spot), temporal: null }
    : typedValue(compute(typed(input.feel), scope, spot));
  const given = converted(input, found, scope, decision);
  checkAllowed(input, given, scope, spot);
  return given;
}

function typedValue(context: Json): InputValue {
  const { value = null, type = null } = context as { readonly value?: Json; readonly type?: Json };
  return { value, temporal: isTemporalType(type) ? type : null };
}

function converted(
  { type, feel }: InputClause,
  found: InputValue,
  scope: EvaluationScope,
  decision: string,
): InputValue {
  const { value, temporal } = found;
  if (type === null || value === null || temporal === type) return found;
  if (temporal === null && typeof value === type) return found;
  if (isTemporalType(type) && isReadable(type, found, scope)) return { value, temporal: type };
  return stop('DECISION_INPUT_INVALID', {
    decision,
    input: feel,
    expected: `a ${type}`,
    value: shown(value),
  });
}

/** Whether a value, as JSON, is of a type; null is of each. */
export function isOfType(type: DecisionType, value: Json, scope: EvaluationScope): boolean {
  if (value === null) return true;
  if (isTemporalType(type)) return isReadable(type, { value, temporal: null }, scope);
  return typeof value === type;
}

/** Whether a string is what a temporal type expects. */
function isReadable(type: TemporalType, found: InputValue, scope: EvaluationScope): boolean {
  const { value, temporal } = found;
  if (temporal !== null || typeof value !== 'string') return false;
  const { at, zone, seed } = scope;
  const read = evaluate(`${type}(value)`, { at, zone, seed, lookup: () => value });
  return read.ok && read.value !== null;
}

function checkAllowed(
  { allowed, feel }: InputClause,
  given: InputValue,
  scope: EvaluationScope,
  spot: Spot,
): void {
  if (
    allowed === null ||
    passes(allowed, given, scope, { ...spot, place: `the values of '${feel}'` })
  ) {
    return;
  }
  stop('DECISION_INPUT_INVALID', {
    decision: spot.decision,
    input: feel,
    expected: `one of ${allowed}`,
    value: shown(given.value),
  });
}

/** Whether an input passes the tests of an entry. Errors: `DECISION_FAILED`. */
export function passes(
  tests: string,
  { value, temporal }: InputValue,
  scope: EvaluationScope,
  spot: Spot,
): boolean {
  if (isAny(tests)) return true;
  const source = temporal === null || value === null ? tests : temporalTests(tests, temporal);
  return resultOf(evaluateUnaryTests(source, value, scope), spot) === true;
}

/** The same tests of a string that stands for a temporal value. */
export function temporalTests(text: string, type: TemporalType): string {
  const { isNegated, tests } = splitCell(text);
  const input = `${type}(?)`;
  const conditions = tests.map((test) => {
    const replaced = replaceInput(test, input);
    return replaced === test ? `${input} in (${test}\n)` : replaced;
  });
  return isNegated ? `not(${conditions.join(', ')})` : conditions.join(', ');
}
