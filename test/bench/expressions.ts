/**
 * Evaluations per second of the expressions that processes are made of, beside feelin's own evaluator.
 * Run: `node --import tsx test/bench/expressions.ts`. Class: side effect (prints).
 */
import { evaluate as feelin } from 'feelin';
import { type EvaluationScope, evaluate, type Json } from '../../engine/expressions/index.js';

const VARIABLES: Readonly<Record<string, Json>> = {
  i: 7,
  name: 'Ada',
  order: { total: 120, lines: [{ price: 5 }, { price: 50 }, { price: 500 }] },
  status: 'gold',
  tags: ['a', 'b', 'c'],
};

const SCOPE: EvaluationScope = {
  at: '2026-03-01T12:00:00.000Z',
  zone: 'UTC',
  seed: 'bench:1',
  lookup: (name) => VARIABLES[name],
};

const EXPRESSIONS = [
  'i < 1000',
  'i + 1',
  '{i: i + 1}',
  'order.total > 100 and status = "gold"',
  'if i > 5 then "many" else "few"',
  '"Dear " + name',
  '[i, i * 2, i ** 2]',
  'count(tags) + string length(name)',
  'some line in order.lines satisfies line.price > 100',
  'for line in order.lines return line.price * 2',
  'order.lines[price > 10]',
  'status in ("gold", "silver") and i in [1..10]',
] as const;

/** Evaluations per second, measured for about `ms` milliseconds after a warm-up. */
function rate(run: () => unknown, ms: number): number {
  const batch = 50;
  for (let round = 0; round < 20 * batch; round += 1) run();
  const start = performance.now();
  let count = 0;
  for (let now = start; now - start < ms; now = performance.now()) {
    for (let round = 0; round < batch; round += 1) run();
    count += batch;
  }
  return (count / (performance.now() - start)) * 1000;
}

for (const source of EXPRESSIONS) {
  const ours = rate(() => evaluate(source, SCOPE), 300);
  const theirs = rate(() => feelin(source, VARIABLES), 300);
  const figures = [ours, theirs].map((figure) => Math.round(figure).toLocaleString('en'));
  console.log(
    `${source.padEnd(54)}${figures[0]?.padStart(12)}/s ${figures[1]?.padStart(9)}/s  ×${Math.round(ours / theirs)}`,
  );
}
