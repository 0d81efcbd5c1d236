import type { Fault } from '../errors/index.js';
import type { EvaluationScope } from '../expressions/index.js';
import { type DecisionPlan, type DecisionTrace, type Json, own } from '../model/index.js';
import { contextExpression } from './boxed.js';
import { compute, DecisionFault, stop } from './fault.js';
import { evaluateTable, type TableResult } from './table.js';

/** What a decision gives: its value with a trace in the order of evaluation, or the fault that stopped it. */
export type DecisionResult =
  | { readonly ok: true; readonly value: Json; readonly trace: readonly DecisionTrace[] }
  | { readonly ok: false; readonly fault: Fault };

/** Who is told how a decision came about, for whoever tries it out; the journal keeps `DecisionTrace`. */
export interface DecisionWatch {
  /** In the order of evaluation, what is required first. */
  readonly evaluated: (account: DecisionAccount) => void;
  /** The decision in which the evaluation stopped. */
  readonly failed: (decisionId: string) => void;
}

/** How one decision came about. Inputs and rules are those of a table; other logic has none. */
export interface DecisionAccount {
  readonly plan: DecisionPlan;
  readonly value: Json;
  /** In the order of the table. */
  readonly inputs: readonly Json[];
  /** Rules that matched, with the outputs that the hit policy asked of them. */
  readonly rules: readonly { readonly ruleId: string; readonly outputs: readonly Json[] }[];
}

/**
 * Evaluates a decision; the decisions that it requires come first, each once, and it sees their results
 * under their variable names (and ids), ahead of the scope.
 *
 * @param decisions - compiled decisions by id
 * @param id - of the decision to make
 * @param scope - variables and the clock
 * @param watch - who is told each step
 * Errors: `DECISION_UNKNOWN`, `DECISION_FAILED` (with decision, rule and entry), `DECISION_NOT_UNIQUE`,
 * `DECISION_ANY_DIFFERS`, `DECISION_INPUT_INVALID`, `DECISION_OUTPUT_INVALID`, `DECISION_CYCLE`; never
 * throws for a fault of model or data. Class: pure. Source: DMN 1.3 §6, §8, §10.4.
 */
export function evaluateDecision(
  decisions: Readonly<Record<string, DecisionPlan>>,
  id: string,
  scope: EvaluationScope,
  watch: DecisionWatch | null = null,
): DecisionResult {
  const run: GraphRun = { decisions, scope, watch, results: new Map(), open: new Set(), trace: [] };
  try {
    return { ok: true, value: decide(run, id), trace: run.trace };
  } catch (error) {
    if (!(error instanceof DecisionFault)) throw error;
    watch?.failed(unfinished(run) ?? id);
    return { ok: false, fault: error.fault };
  }
}

/** The innermost decision that was begun and has no result. */
const unfinished = ({ open, results }: GraphRun): string | undefined =>
  [...open].findLast((id) => !results.has(id));

interface GraphRun {
  readonly decisions: Readonly<Record<string, DecisionPlan>>;
  readonly scope: EvaluationScope;
  readonly watch: DecisionWatch | null;
  readonly results: Map<string, Json>;
  /** Decisions that are being evaluated: one that comes again requires itself. */
  readonly open: Set<string>;
  readonly trace: DecisionTrace[];
}

function decide(run: GraphRun, id: string): Json {
  const known = run.results.get(id);
  if (known !== undefined) return known;
  const plan = own(run.decisions, id);
  if (plan === undefined) return stop('DECISION_UNKNOWN', { decision: id });
  if (run.open.has(id)) stop('DECISION_CYCLE', { decision: id });
  run.open.add(id);
  const { value, matchedRules, inputs, hits } = evaluateLogic(plan, scopeOf(run, plan));
  run.results.set(id, value);
  run.trace.push({ decisionId: id, matchedRules });
  const rules = hits.map(({ rule, computed }) => ({ ruleId: rule.id, outputs: computed }));
  run.watch?.evaluated({ plan, value, inputs, rules });
  return value;
}

/** The scope with the results of the required decisions. */
function scopeOf(run: GraphRun, { requires }: DecisionPlan): EvaluationScope {
  if (requires.length === 0) return run.scope;
  const visible = new Map<string, Json>();
  for (const id of requires) visible.set(id, decide(run, id));
  for (const id of requires) {
    visible.set(own(run.decisions, id)?.variable ?? id, visible.get(id) ?? null);
  }
  const { at, zone, seed, calendars = {} } = run.scope;
  const lookup = (name: string) => (visible.has(name) ? visible.get(name) : run.scope.lookup(name));
  return { at, zone, seed, calendars, lookup };
}

function evaluateLogic({ id, logic }: DecisionPlan, scope: EvaluationScope): TableResult {
  if (logic.kind === 'table') return evaluateTable(logic, scope, id);
  const feel = logic.kind === 'literal' ? logic.feel : contextExpression(logic.entries);
  const value = compute(feel, scope, { decision: id, place: `its ${logic.kind}` });
  return { value, matchedRules: [], inputs: [], hits: [] };
}
