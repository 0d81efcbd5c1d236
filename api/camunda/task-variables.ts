/** Variables as a user task sees them: its own, and those of the scopes around it. */
import { InvariantError } from '../../engine/errors/index.js';
import type { Store, UserTaskRow, VariableRow } from '../../store/index.js';
import { invalid } from './fields.js';
import { rootOf } from './keys.js';
import type { Searched } from './search.js';
import { variablesCut } from './variables.js';

/** Scopes within each other; more is a circle that cannot be. */
const DEEPEST = 100;

/** Scopes that a task sees, its own first, that of its process last. Class: side effect (store). */
export async function scopesOf(
  { elementInstances }: Store,
  { instanceId, taskId, processId }: UserTaskRow,
): Promise<readonly string[]> {
  const scopes: string[] = [];
  for (let next: string | null = taskId; next !== null; ) {
    scopes.push(next);
    if (scopes.length > DEEPEST) throw new InvariantError(`scopes of ${instanceId} are a circle`);
    const filter = { instanceId, elementInstanceId: next };
    const { items } = await elementInstances.search({ filter, limit: 1 });
    next = items[0]?.scopeId ?? null;
  }
  const root = rootOf(processId);
  return scopes.includes(root) ? scopes : [...scopes, root];
}

const NAMED = {
  name: { type: 'text', field: 'name' },
} as const;

/** All that the scopes hold: which ones is asked for besides. */
export const taskVariables = (isWhole: boolean): Searched<VariableRow> => ({
  ...variablesCut(isWhole),
  ...{ name: 'task-variables', fields: NAMED },
});

const MOST = 10_000;

/** Of each name the one of the innermost scope that has it. Pages go by offset: what they are made of is read as a whole. */
export const effectiveVariables = (
  isWhole: boolean,
  scopes: readonly string[],
): Searched<VariableRow> => ({
  ...variablesCut(isWhole),
  ...{ name: 'effective-variables', fields: NAMED },
  search: async ({ variables }, query) => {
    const { from = 0, limit = MOST, after, before, withTotal: _, ...asked } = query;
    if (after || before) throw invalid('page', 'it goes by `from` and `limit` here');
    const sort = asked.sort ?? [{ field: 'name', order: 'ASC' as const }];
    const { items } = await variables.search({ ...asked, sort, limit: MOST } as never);
    const innermost = new Map<string, VariableRow>();
    for (const row of items) {
      const held = innermost.get(row.name);
      const isInner = held && scopes.indexOf(held.scopeId) <= scopes.indexOf(row.scopeId);
      if (!isInner) innermost.set(row.name, row);
    }
    const seen = items.filter((row) => innermost.get(row.name) === row);
    return {
      items: seen.slice(from, from + limit),
      ...{ startCursor: null, endCursor: null },
      total: { count: seen.length, isExact: items.length < MOST },
    };
  },
});
