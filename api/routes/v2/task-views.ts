/** What a user task sees and what was done to it, by Camunda's API. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { camundaOf, keyIn, searcherOf } from '../../camunda/asking.js';
import { TASK_AUDIT_LOGS, TASK_OBJECT } from '../../camunda/audit-logs.js';
import { A_TASK_AUDIT_LOG, A_VARIABLE } from '../../camunda/examples.js';
import { idOfKey, partsOf } from '../../camunda/keys.js';
import { answerSearch } from '../../camunda/search.js';
import { effectiveVariables, scopesOf, taskVariables } from '../../camunda/task-variables.js';
import type { AppState } from '../../deps.js';
import { inputOf } from '../../input.js';
import type { About } from '../../openapi/about.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';
import { aboutSearch } from './searches.js';

const CUT = z.strictObject({
  truncateValues: z
    .enum(['true', 'false'])
    .default('true')
    .describe('Whether long values are cut.'),
});
const LISTED = { ...A_VARIABLE, isTruncated: false };
const ABOUT = {
  searchUserTaskVariables: {
    ...aboutSearch(taskVariables(false), 'variables that a user task sees', LISTED),
    says: 'Those of its own scope and of all around it: a name may be there more than once.',
    query: CUT,
  },
  searchUserTaskEffectiveVariables: {
    ...aboutSearch(effectiveVariables(false, []), 'variables that hold for a user task', LISTED),
    says: 'Each name once, of the innermost scope that has it. Pages go by `from`.',
    query: CUT,
  },
  searchUserTaskAuditLogs: {
    ...aboutSearch(TASK_AUDIT_LOGS, 'what was done to a user task', A_TASK_AUDIT_LOG),
    says: 'Acts and refusals of the audit, the newest first.',
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addTaskViews(app: FastifyInstance, state: AppState): void {
  const taskIn = async (request: FastifyRequest) => {
    const { store } = camundaOf(state, request);
    const { instanceId, rest } = partsOf(await idOfKey(store, 'userTask', keyIn(request)));
    const task = await store.userTasks.get(instanceId, rest);
    if (task === null) throw new Problem('NOT_FOUND');
    return task;
  };
  const searchIn = async (request: FastifyRequest, isEffective: boolean): Promise<object> => {
    const deps = camundaOf(state, request);
    const task = await taskIn(request);
    const isWhole = inputOf(CUT, request.query).truncateValues === 'false';
    const scopes = await scopesOf(deps.store, task);
    const searched = isEffective ? effectiveVariables(isWhole, scopes) : taskVariables(isWhole);
    const within = { instanceId: task.instanceId, scopeId: { $in: scopes } };
    return answerSearch(deps.store, searched, searcherOf(request, deps), request.body, within);
  };
  addRoute(app, 'searchUserTaskVariables', ABOUT.searchUserTaskVariables, (request) =>
    searchIn(request, false),
  );
  addRoute(
    app,
    'searchUserTaskEffectiveVariables',
    ABOUT.searchUserTaskEffectiveVariables,
    (request) => searchIn(request, true),
  );
  addRoute(app, 'searchUserTaskAuditLogs', ABOUT.searchUserTaskAuditLogs, async (request) => {
    const deps = camundaOf(state, request);
    const { instanceId, taskId } = await taskIn(request);
    const searcher = searcherOf(request, deps);
    const object = `${TASK_OBJECT}${instanceId}/${taskId}`;
    return answerSearch(deps.store, TASK_AUDIT_LOGS, searcher, request.body, { object });
  });
}
