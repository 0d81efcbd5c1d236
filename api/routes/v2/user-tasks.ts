/** Work on user tasks by Camunda's API. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { TaskChanges } from '../../../engine/model/index.js';
import {
  askerOf,
  camundaOf,
  keyIn,
  refuseUnseenCustomer,
  versionIn,
} from '../../camunda/asking.js';
import { formIn } from '../../camunda/forms.js';
import { idOfKey, partsOf } from '../../camunda/keys.js';
import { outcomeOf } from '../../camunda/refusals.js';
import { type AppState, depsOf } from '../../deps.js';
import { callerOf } from '../../identities/principal.js';
import { inputOf } from '../../input.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';
import { actsForIn, inTwoNames, viewerOf } from '../../tasks/substitutes.js';
import { ABOUT, ASSIGN, COMPLETE, UPDATE } from './user-tasks.about.js';

/** Variables are of up to 256 KiB. */
const MOST_BODY = 300_000;
const DEFAULT_PRIORITY = 50;

/** Adds them. */
export function addUserTasks(app: FastifyInstance, state: AppState): void {
  /** The task of the address, as an operation names it. */
  const taskIn = (request: FastifyRequest): Promise<string> =>
    idOfKey(camundaOf(state, request).store, 'userTask', keyIn(request));
  /** Who acts, and for whom: whoever stands in for somebody acts in two names, as on our own pages. */
  const standingIn = async (
    request: FastifyRequest,
    name: string,
    input: { readonly key: string },
  ) => {
    const { store } = camundaOf(state, request);
    const at = new Date(depsOf(state).identities.now()).toISOString();
    const { account } = callerOf(request);
    const forWhom = await actsForIn(store, viewerOf(store, account, at), input.key);
    const { standing, ...besides } = inTwoNames(forWhom, { user: account.loginName }, name, input);
    return { asker: { ...askerOf(request), ...besides }, standing };
  };
  addRoute(
    app,
    'completeUserTask',
    ABOUT.completeUserTask,
    async (request, reply) => {
      const { operate } = camundaOf(state, request);
      const key = await taskIn(request);
      const given = inputOf(COMPLETE, request.body ?? undefined);
      await refuseUnseenCustomer(camundaOf(state, request), given.variables ?? {});
      const input = {
        ...{ key, ...versionIn(request), action: buttonOf(given.action) },
        variables: given.variables ?? {},
      };
      const { asker, standing } = await standingIn(request, 'completeTask', input);
      outcomeOf(await operate('completeTask', { ...input, ...standing }, asker));
      return reply.code(204).send();
    },
    { bodyLimit: MOST_BODY },
  );
  addRoute(app, 'assignUserTask', ABOUT.assignUserTask, async (request, reply) => {
    const { operate } = camundaOf(state, request);
    const key = await taskIn(request);
    const { assignee, allowOverride } = inputOf(ASSIGN, request.body);
    const input = { key, ...versionIn(request), assignee, mayReassign: allowOverride ?? true };
    const { asker, standing } = await standingIn(request, 'assignTask', input);
    outcomeOf(await operate('assignTask', { ...input, ...standing }, asker));
    return reply.code(204).send();
  });
  addRoute(app, 'unassignUserTask', ABOUT.unassignUserTask, async (request, reply) => {
    const { operate } = camundaOf(state, request);
    const key = await taskIn(request);
    const input = { key, ...versionIn(request), assignee: null, mayReassign: true };
    const { asker } = await standingIn(request, 'assignTask', input);
    outcomeOf(await operate('assignTask', input, asker));
    return reply.code(204).send();
  });
  addRoute(app, 'updateUserTask', ABOUT.updateUserTask, async (request, reply) => {
    const { operate } = camundaOf(state, request);
    const key = await taskIn(request);
    const { changeset } = inputOf(UPDATE, request.body);
    const changes = changesOf(changeset ?? {});
    if (Object.keys(changes).length > 0) {
      const input = { key, ...versionIn(request), changes };
      const { asker } = await standingIn(request, 'updateTask', input);
      outcomeOf(await operate('updateTask', input, asker));
    }
    return reply.code(204).send();
  });
  addRoute(app, 'getUserTaskForm', ABOUT.getUserTaskForm, async (request, reply) => {
    const { store } = camundaOf(state, request);
    const { instanceId, rest: taskId } = partsOf(await taskIn(request));
    const task = await store.userTasks.get(instanceId, taskId);
    const instance = await store.processInstances.get(instanceId);
    if (task === null || instance === null) throw new Problem('NOT_FOUND');
    const form = await formIn(store, task.formId, instance.definitionHash);
    return form ?? reply.code(204).send();
  });
}

/** Clients send `complete` where no button is meant. */
const buttonOf = (given: string | null | undefined): string | null =>
  given === undefined || given === null || given === 'complete' ? null : given;

/** An empty text or list, and null, take a value away. */
const changesOf = ({
  dueDate,
  followUpDate,
  candidateUsers,
  candidateGroups,
  priority,
}: NonNullable<z.output<typeof UPDATE>['changeset']>): TaskChanges => ({
  ...(dueDate !== undefined && { dueAt: dueDate || null }),
  ...(followUpDate !== undefined && { followUpAt: followUpDate || null }),
  ...(candidateUsers !== undefined && { candidateUsers: candidateUsers ?? [] }),
  ...(candidateGroups !== undefined && { candidateGroups: candidateGroups ?? [] }),
  ...(priority !== undefined && { priority: priority ?? DEFAULT_PRIORITY }),
});
