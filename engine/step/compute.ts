/** Values from expressions: every failure is a fault with a code, never a quiet null (D8). */
import { fault } from '../errors/index.js';
import { evaluate } from '../expressions/index.js';
import type { Computation, Computed, ElementInstance, Variables } from '../model/index.js';
import type { Run } from './run.js';
import { ScopeView } from './variables.js';

/** Evaluates FEEL as an element instance sees the world. `place` names the text for the fault. */
export function evaluateIn(
  run: Run,
  from: ElementInstance,
  feel: string,
  place: string,
  extra: Variables | null = null,
): Computation {
  const result = evaluate(feel, new ScopeView(run, from, extra));
  if (result.ok) return result;
  return {
    ok: false,
    fault: fault('EXPRESSION_FAILED', { place, detail: `${result.code}: ${result.message}` }),
  };
}

/** The value of a text that may be computed. */
export function compute(
  run: Run,
  from: ElementInstance,
  source: Computed,
  place: string,
  extra: Variables | null = null,
): Computation {
  if ('value' in source) return { ok: true, value: source.value };
  return evaluateIn(run, from, source.feel, place, extra);
}

/** A condition: true, false, or the fault that makes it an incident: an unknown variable is neither (S24, D8). */
export function condition(
  run: Run,
  from: ElementInstance,
  feel: string,
  place: string,
): Computation<boolean> {
  const result = evaluate(feel, new ScopeView(run, from));
  if (result.ok && typeof result.value === 'boolean') return { ok: true, value: result.value };
  const detail = result.ok
    ? `it is ${JSON.stringify(result.value).slice(0, 80)}`
    : `${result.code}: ${result.message}`;
  return { ok: false, fault: fault('CONDITION_NOT_BOOLEAN', { place, detail }) };
}
