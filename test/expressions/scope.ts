import { type EvaluationScope, evaluate, type Json } from '../../engine/expressions/index.js';

/** A scope at noon UTC of 1 March 2026 with these variables. */
export const scopeOf = (
  variables: Readonly<Record<string, Json>> = {},
  zone = 'UTC',
): EvaluationScope => ({
  at: '2026-03-01T12:00:00.000Z',
  zone,
  seed: 'instance:1',
  lookup: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
});

/** The value of an expression, or the code that says why there is none. */
export function outcomeOf(source: string, variables: Readonly<Record<string, Json>> = {}): Json {
  const result = evaluate(source, scopeOf(variables));
  return result.ok ? result.value : result.code;
}
