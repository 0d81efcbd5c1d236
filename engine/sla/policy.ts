/** Which policy counts for a ticket. Class: pure. */
import type { FieldValue, Policy, PolicyList } from './types.js';

/** What a ticket is, by field. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** Whether a unary test holds for a value; `at` is ISO 8601. A test that cannot be evaluated fits nothing. */
export type HoldsTest = (test: string, value: FieldValue, fields: Fields, at: string) => boolean;

/**
 * The first policy that fits, of the list that was in force; null: none does.
 *
 * @param at - milliseconds
 * @param holds - judges what stands after `=`; without it such a test fits nothing
 */
export function policyFor(
  lists: readonly PolicyList[],
  fields: Fields,
  at: number,
  holds: HoldsTest = () => false,
): Policy | null {
  const inForce = lists.findLast(({ validFrom }) => Date.parse(validFrom) <= at) ?? lists[0];
  const fits = ({ when }: Policy): boolean =>
    Object.entries(when).every(([name, wanted]) => {
      const value = fields[name] ?? null;
      return typeof wanted === 'string' && wanted.startsWith('=')
        ? holds(wanted.slice(1), value, fields, new Date(at).toISOString())
        : value === wanted;
    });
  return inForce?.policies.find(fits) ?? null;
}
