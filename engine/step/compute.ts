/** Values from expressions: every failure is a fault with a code, never a quiet null (D8). */
import { type Fault, fault } from '../errors/index.js';
import { evaluate } from '../expressions/index.js';
import type { Computation, Computed, ElementInstance, Json, Variables } from '../model/index.js';
import { measure } from './payloads.js';
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
  if (result.ok) {
    const problem = tooMuch(run, place, result.value);
    return problem === null ? result : { ok: false, fault: problem };
  }
  return {
    ok: false,
    fault: fault('EXPRESSION_FAILED', { place, detail: `${result.code}: ${result.message}` }),
  };
}

/** Why a value that was computed cannot be kept; null when it can. What is kept is recorded, and that is bounded. */
export function tooMuch(run: Run, place: string, value: Json): Fault | null {
  const limit = run.process.limits.payloadBytes;
  const bytes = measure(value, limit);
  run.weight += bytes;
  if (bytes <= limit) return null;
  return fault('EXPRESSION_FAILED', { place, detail: `it has more than ${limit} bytes` });
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
