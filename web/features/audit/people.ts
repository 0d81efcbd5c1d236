/** Who stands behind the names and ids of a case. Class: pure. */
import type { WholeCase } from '../../../contracts/cases.js';

/** Says a name; null is the engine. */
export function namesIn({ people }: WholeCase, engine: string): (name: string | null) => string {
  const known = new Map(
    people.map(({ id, loginName, displayName }) => [id, displayName ?? loginName]),
  );
  return (name) => (name === null ? engine : (known.get(name) ?? name));
}
