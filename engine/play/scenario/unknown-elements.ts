/**
 * Elements that a scenario names and no model of its run has: what is never there is never entered, and a
 * misspelt name in `never` would hold for ever. Class: pure.
 */
import { meant } from '../../model/index.js';
import type { Mismatch } from './mismatch.js';
import type { Deployment } from './run.js';
import type { Expectation } from './schema.js';

/** The fields that name elements. */
const FIELDS = ['waitingAt', 'completed', 'completedCounts', 'never'] as const;

/** Ids of all elements of a deployment; null where a process that is called may be none of it. */
export function elementsOf({ processes, findings }: Deployment): ReadonlySet<string> | null {
  // Where the name of a called process is written out, a missing one refuses the deployment.
  if (findings.some(({ code }) => code === 'BPMN_CALL_TARGET_UNKNOWN')) return null;
  return new Set(processes.flatMap(({ id, nodes }) => [id, ...Object.keys(nodes)]));
}

/** One mismatch for each name that is none of the elements. */
export function unknownElements(
  expectation: Expectation,
  elements: ReadonlySet<string> | null,
  at: string,
): readonly Mismatch[] {
  if (elements === null) return [];
  return FIELDS.flatMap((field) =>
    [...new Set(namesIn(expectation[field]))]
      .filter((name) => !elements.has(name))
      .map((name) => ({
        at: `${at}.${field}`,
        expected: 'an element',
        actual: `no model has '${name}'${meant(name, [...elements])}`,
      })),
  );
}

const namesIn = (
  given: readonly string[] | Readonly<Record<string, number>> | undefined,
): readonly string[] => (Array.isArray(given) ? given : Object.keys(given ?? {}));
