/** How instances ended: what people call it, else where. Class: side effect (reads the store). */
import type { ProcessInstance, Store } from '../store/index.js';

/** Rows that are read at most. */
const MOST = 10_000;

/** The scope of the process itself: the first thing that an instance makes. */
const rootOf = ({ processId }: Pick<ProcessInstance, 'processId'>): string => `${processId}:1`;

type Ended = Pick<ProcessInstance, 'instanceId' | 'processId' | 'state'>;

/**
 * Of those that completed: the variable `outcome` of the process, else the end events of its own level that were
 * reached, by their names.
 */
export async function outcomesOf(
  { variables, elementInstances }: Pick<Store, 'variables' | 'elementInstances'>,
  instances: readonly Ended[],
): Promise<ReadonlyMap<string, string>> {
  const completed = instances.filter(({ state }) => state === 'COMPLETED');
  if (completed.length === 0) return new Map();
  const ids = { instanceId: { $in: completed.map(({ instanceId }) => instanceId) } };
  const roots = { scopeId: { $in: [...new Set(completed.map(rootOf))] } };
  const written = await variables.search({
    filter: { ...ids, ...roots, name: 'outcome' },
    limit: MOST,
  });
  const reached = await elementInstances.search({
    filter: { ...ids, ...roots, kind: 'endEvent', state: 'COMPLETED' },
    limit: MOST,
  });
  const outcomes = new Map<string, string>();
  for (const { instanceId, name, elementId } of reached.items) {
    const before = outcomes.get(instanceId);
    const end = name ?? elementId;
    outcomes.set(instanceId, before === undefined ? end : `${before}, ${end}`);
  }
  for (const { instanceId, value } of written.items) {
    if (typeof value === 'string' && value !== '') outcomes.set(instanceId, value);
  }
  return outcomes;
}
