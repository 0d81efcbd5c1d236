import { readFileSync } from 'node:fs';
import { parseDmn } from '../../engine/decisions/parse/index.js';
import type { EvaluationScope } from '../../engine/expressions/index.js';
import { type DecisionPlan, type Json, own } from '../../engine/model/index.js';

/** A scope of these variables, on 2 March 2026 at 9 o'clock UTC. */
export function scopeOf(variables: Readonly<Record<string, Json>>): EvaluationScope {
  const clock = { at: '2026-03-02T09:00:00.000Z', zone: 'UTC', seed: 'test' };
  return { ...clock, lookup: (name) => own(variables, name) };
}

/** The text of a fixture. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/decisions/${name}.dmn`, import.meta.url), 'utf8');

/** Decisions by id, as a process holds them. */
export const byId = (decisions: readonly DecisionPlan[]): Readonly<Record<string, DecisionPlan>> =>
  Object.fromEntries(decisions.map((decision) => [decision.id, decision]));

/** Reads a fixture that has no findings. */
export async function load(name: string): Promise<Readonly<Record<string, DecisionPlan>>> {
  const { decisions, findings } = await parseDmn(fixture(name), `${name}.dmn`);
  if (findings.length > 0) throw new Error(JSON.stringify(findings, null, 1));
  return byId(decisions);
}
