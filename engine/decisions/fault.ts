import { type ErrorCode, type Facts, type Fault, fault } from '../errors/index.js';
import { type Evaluation, type EvaluationScope, evaluate } from '../expressions/index.js';
import type { Json } from '../model/index.js';

/** How an evaluation stops: thrown inside this folder, turned into a result at its door. */
export class DecisionFault {
  constructor(readonly fault: Fault) {}
}

/** Stops the evaluation with a code of the catalogue. @throws DecisionFault always. Class: pure. */
export function stop<C extends ErrorCode>(code: C, facts: Facts<C>): never {
  throw new DecisionFault(fault(code, facts));
}

/** Where an expression stands: its decision, and a phrase such as `rule 'r1'`. */
export interface Spot {
  readonly decision: string;
  readonly place: string;
}

/** The value of an evaluation. Errors: `DECISION_FAILED`. Class: pure. */
export function resultOf(evaluation: Evaluation, { decision, place }: Spot): Json {
  if (evaluation.ok) return evaluation.value;
  const { code, message } = evaluation;
  return stop('DECISION_FAILED', { decision, place, detail: `${message} (${code})` });
}

/** Evaluates an expression at a spot. Errors: `DECISION_FAILED`. Class: pure. */
export function compute(feel: string, scope: EvaluationScope, spot: Spot): Json {
  return resultOf(evaluate(feel, scope), spot);
}

/** A value as it is shown in a message. Class: pure. */
export function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
