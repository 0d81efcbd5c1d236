import { describe, expect, test } from 'vitest';
import {
  checkExpression,
  type EvaluationScope,
  evaluate,
  evaluateUnaryTests,
  type Json,
  namesIn,
} from '../../engine/expressions/index.js';

const scope = (variables: Record<string, Json> = {}): EvaluationScope => ({
  at: '2026-03-01T12:00:00.000Z',
  zone: 'UTC',
  seed: 'instance:1',
  lookup: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
});

describe('the door', () => {
  test('gives values, and codes for what has none', () => {
    expect(evaluate('{i: i + 1}', scope({ i: 1 }))).toEqual({ ok: true, value: { i: 2 } });
    expect(evaluate('missing > 5', scope())).toMatchObject({
      ok: false,
      code: 'FEEL_UNKNOWN_VARIABLE',
    });
    expect(evaluate('is defined(missing)', scope())).toEqual({ ok: true, value: false });
    expect(evaluate('now()', scope())).toEqual({ ok: true, value: '2026-03-01T12:00:00Z' });
    expect(evaluate('today()', scope())).toEqual({ ok: true, value: '2026-03-01' });
    expect(evaluate('x = null', scope({ x: null }))).toEqual({ ok: true, value: true });
  });

  test('evaluates unary tests', () => {
    expect(evaluateUnaryTests('< 5, [10..20]', 12, scope())).toEqual({ ok: true, value: true });
    expect(evaluateUnaryTests('-', 12, scope())).toEqual({ ok: true, value: true });
  });

  test('finds syntax errors and names', () => {
    expect(checkExpression('1 +')).toMatchObject([{ code: 'FEEL_SYNTAX' }]);
    expect(checkExpression('1 + x')).toEqual([]);
    expect(namesIn('order.total > limit')).toEqual(['order', 'limit']);
  });
});
