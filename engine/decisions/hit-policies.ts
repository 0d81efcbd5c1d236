/** What a table makes of the rules that match. Class: pure. Source: DMN 1.3 §8.2.10, §8.2.11. */
import { type EvaluationScope, evaluate } from '../expressions/index.js';
import type { Json } from '../model/index.js';
import { isEqual } from './equality.js';
import { resultOf as resultOfEvaluation, shown, stop } from './fault.js';
import type { Table } from './input.js';

/** A rule that matches; its outputs are computed when they are asked for. */
export interface Hit {
  readonly rule: Table['rules'][number];
  /** What it is called in texts. */
  readonly name: string;
  /** What was computed of its outputs so far, in the order of the table. */
  readonly computed: readonly Json[];
  outputs(): readonly Json[];
}

/** A table at work. */
export interface TableRun {
  readonly decision: string;
  readonly table: Table;
  readonly scope: EvaluationScope;
  /** The rules that match, in table order; at least one. */
  readonly hits: readonly [Hit, ...Hit[]];
  /** Where an output stands in the list of its values; the number of values when it is not in it. */
  rank(output: number, value: Json): number;
}

type HitPolicy = Table['hitPolicy'];

/** The result of the outputs of one rule: the only one, or a context by name. */
export function combine({ outputs }: Table, values: readonly Json[]): Json {
  if (outputs.length === 1) return values[0] ?? null;
  return Object.fromEntries(outputs.map(({ name }, index) => [name, values[index] ?? null]));
}

const resultOf = ({ table }: TableRun, hit: Hit): Json => combine(table, hit.outputs());

const named = (hits: readonly Hit[]): string => hits.map(({ name }) => name).join(', ');

function unique(run: TableRun): Json {
  const { decision, hits } = run;
  if (hits.length > 1) stop('DECISION_NOT_UNIQUE', { decision, rules: named(hits) });
  return resultOf(run, hits[0]);
}

function any(run: TableRun): Json {
  const { decision, hits } = run;
  const first = resultOf(run, hits[0]);
  const other = hits.find((hit) => !isEqual(resultOf(run, hit), first));
  if (other) stop('DECISION_ANY_DIFFERS', { decision, rules: named([hits[0], other]) });
  return first;
}

/** Hits by the priority of their outputs, the leftmost output first; equal ones keep the table order. */
function byPriority(run: TableRun): readonly Hit[] {
  const ranked = run.hits.map((hit) => ({
    hit,
    ranks: hit.outputs().map((value, index) => run.rank(index, value)),
  }));
  const order = ranked.sort((a, b) => {
    const differing = a.ranks.findIndex((rank, index) => rank !== b.ranks[index]);
    return differing === -1 ? 0 : (a.ranks[differing] ?? 0) - (b.ranks[differing] ?? 0);
  });
  return order.map(({ hit }) => hit);
}

function collect(run: TableRun): Json {
  const { aggregation } = run.table;
  if (aggregation === 'COUNT') return run.hits.length;
  if (aggregation === null) return run.hits.map((hit) => resultOf(run, hit));
  const numbers = run.hits.map((hit) => numberOf(run, hit));
  if (aggregation === 'SUM') return sumOf(run, numbers);
  const better = aggregation === 'MIN' ? Math.min : Math.max;
  return numbers.reduce((best, one) => better(best, one));
}

function numberOf(run: TableRun, hit: Hit): number {
  const value = resultOf(run, hit);
  if (typeof value === 'number') return value;
  const { decision, table } = run;
  return stop('DECISION_OUTPUT_INVALID', {
    decision,
    output: table.outputs[0]?.name ?? '',
    expected: `a number to aggregate (${table.aggregation})`,
    place: hit.name,
    value: shown(value),
  });
}

/** The sum as FEEL has it: of decimals, and never a number that is not exact. */
function sumOf({ decision, scope }: TableRun, numbers: readonly number[]): Json {
  const { at, zone, seed } = scope;
  const sum = evaluate('sum(numbers)', { at, zone, seed, lookup: () => numbers });
  return resultOfEvaluation(sum, { decision, place: 'the sum of the hits' });
}

/** The result of a table by its hit policy, given that at least one rule matches. */
export const HIT_POLICIES: Readonly<Record<HitPolicy, (run: TableRun) => Json>> = {
  UNIQUE: unique,
  FIRST: (run) => resultOf(run, run.hits[0]),
  ANY: any,
  PRIORITY: (run) => resultOf(run, byPriority(run)[0] ?? run.hits[0]),
  COLLECT: collect,
  'RULE ORDER': (run) => run.hits.map((hit) => resultOf(run, hit)),
  'OUTPUT ORDER': (run) => byPriority(run).map((hit) => resultOf(run, hit)),
};
