/** Which policy counts for a ticket. Class: pure. */
import { evaluateUnaryTests } from '../expressions/index.js';
import type { FieldValue, Policy, PolicyList } from './types.js';

/** What a ticket is, by field. */
export type Fields = Readonly<Record<string, FieldValue>>;

/**
 * The first policy that fits, of the list that was in force; null: none does.
 *
 * @param at - milliseconds
 */
export function policyFor(lists: readonly PolicyList[], fields: Fields, at: number): Policy | null {
  const inForce = lists.findLast(({ validFrom }) => Date.parse(validFrom) <= at) ?? lists[0];
  return inForce?.policies.find(({ when }) => fits(when, fields, at)) ?? null;
}

function fits(when: Policy['when'], fields: Fields, at: number): boolean {
  return Object.entries(when).every(([name, wanted]) => {
    const value = fields[name] ?? null;
    return typeof wanted === 'string' && wanted.startsWith('=')
      ? holds(wanted.slice(1), value, fields, at)
      : value === wanted;
  });
}

/** A test that cannot be evaluated fits nothing: policies are tried when they are published. */
function holds(test: string, value: FieldValue, fields: Fields, at: number): boolean {
  const scope = {
    at: new Date(at).toISOString(),
    zone: 'UTC',
    seed: 'sla',
    lookup: (name: string) => fields[name],
  };
  const verdict = evaluateUnaryTests(test, value, scope);
  return 'value' in verdict && verdict.value === true;
}
