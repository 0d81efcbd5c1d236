/**
 * The expressions that processes are made of, beside feelin's own evaluator; and what one costs among many
 * variables that it does not name.
 */
import { evaluate as feelin } from 'feelin';
import { type EvaluationScope, evaluate, type Json } from '../../engine/expressions/index.js';
import { runInstance } from './instances.js';
import { loadModel } from './models.js';
import { aSecond, compare, figure, table } from './timing.js';

const VARIABLES: Readonly<Record<string, Json>> = {
  i: 7,
  name: 'Ada',
  order: { total: 120, lines: [{ price: 5 }, { price: 50 }, { price: 500 }] },
  status: 'gold',
  tags: ['a', 'b', 'c'],
};

const scopeOf = (variables: Readonly<Record<string, Json>>): EvaluationScope => ({
  at: '2026-03-01T12:00:00.000Z',
  zone: 'UTC',
  seed: 'bench:1',
  lookup: (name) => variables[name],
});

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

const TURNS = { turns: 3, forMs: 40 };
const BATCH = 100;

const often = (work: () => unknown) => (): void => {
  for (let round = 0; round < BATCH; round += 1) work();
};

const besideFeelin = async (source: string): Promise<readonly string[]> => {
  const scope = scopeOf(VARIABLES);
  const works = [() => evaluate(source, scope), () => feelin(source, VARIABLES)].map(often);
  const [ours, theirs] = await compare(works, TURNS);
  const of = (cost = ours) => aSecond((cost?.ms ?? 0) / BATCH);
  return [source, of(), of(theirs), `${figure(ours?.timesLast ?? 0)}×`];
};

/** Variables that no expression names. */
const others = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`other${index}`, index]));

const COUNTS = [500, 50, 0] as const;

/** A loop of a thousand conditions and scripts among other variables of its process. */
const amongOthers = async (): Promise<readonly (readonly string[])[]> => {
  const process = await loadModel('exclusive-loop');
  const works = COUNTS.map((count) => {
    const variables = { ...others(count), i: 0 };
    return () => runInstance(process, variables);
  });
  const costs = await compare(works);
  return costs.map(({ ms, timesLast }, index) => [
    `${COUNTS[index]}`,
    aSecond(ms),
    `${figure(timesLast)}×`,
  ]);
};

/** Prints the figures of expressions. */
export async function benchExpressions(): Promise<void> {
  const rows = [];
  for (const source of EXPRESSIONS) rows.push(await besideFeelin(source));
  const head = ['evaluations a second of CPU', 'here', 'feelin', 'ratio'];
  console.log(`${table([head, ...rows])}\n`);
  const loops = ['loops of 1,000 rounds among other variables', 'loops/s', 'of none'];
  console.log(`${table([loops, ...(await amongOthers())])}\n`);
}
