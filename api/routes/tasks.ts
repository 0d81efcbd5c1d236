/** The inbox: tasks as people look for them, how many there are, and one of them with all that it needs. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import {
  type TaskQuery,
  taskContext,
  taskCounts,
  taskList,
  taskPage,
  VIEWS,
  wholeTask as wholeTaskShape,
} from '../../contracts/tasks.js';
import type { UserTaskRow, UserTaskSearch } from '../../store/index.js';
import { keysFor } from '../camunda/keys.js';
import { opened, sealed, signerOf } from '../camunda/search.js';
import { type AppState, depsOf } from '../deps.js';
import { answerOf, inputOf } from '../input.js';
import { addRoute } from '../plugins/routes.js';
import { noteCustomerBeside } from '../records/deps.js';
import { createShaping, etagOf, taskIn } from '../tasks/asking.js';
import { contextOf } from '../tasks/context.js';
import { wholeTask } from '../tasks/detail.js';
import { itemsOf, type Shaping, surrounded } from '../tasks/items.js';
import { lateOf } from '../tasks/late.js';
import { orderOf, searchOf, viewOf } from '../tasks/query.js';
import { ABOUT, IN_LANGUAGE, NOTHING, PEOPLE } from './tasks.about.js';

/** Views that are counted: what is open. */
const COUNTED = VIEWS.filter((view) => view !== 'completed');
const NO_TASKS = { count: 0, isExact: true };
/** Of a company that is larger, others are given tasks by their login names. */
const MOST_PEOPLE = 1_000;

/** Adds them. */
export function addTasks(app: FastifyInstance, state: AppState): void {
  const shapingOf = createShaping(state);
  addRoute(app, 'tasks', ABOUT.tasks, async (request) => {
    const { limit, after, ...query } = inputOf(taskPage, request.query);
    return answerOf(taskList, await page(await shapingOf(request), query, limit, after));
  });
  addRoute(app, 'taskCounts', ABOUT.taskCounts, async (request) => {
    inputOf(NOTHING, request.query);
    return answerOf(taskCounts, await counts(await shapingOf(request)));
  });
  addRoute(app, 'task', ABOUT.task, async (request, reply) => {
    const { locale } = inputOf(IN_LANGUAGE, request.query);
    const shaping = await shapingOf(request);
    const row = await taskIn(shaping, request);
    void reply.header('etag', etagOf(row));
    request.valuesOf = await instanceKeyOf(shaping, row);
    return answerOf(wholeTaskShape, await wholeTask(shaping, row, locale));
  });
  addRoute(app, 'taskContext', ABOUT.taskContext, async (request) => {
    inputOf(NOTHING, request.query);
    const shaping = await shapingOf(request);
    const known = await contextOf(shaping, await taskIn(shaping, request));
    if (known.customer) await noteCustomerBeside(state, request, known.customer.customerId);
    return answerOf(taskContext, known);
  });
  addRoute(app, 'colleagues', ABOUT.colleagues, async (request) => {
    inputOf(NOTHING, request.query);
    const filter = { isActive: true, roles: { $in: ['csm', 'admin'] } };
    const found = await depsOf(state).identities.people.search({ filter, limit: MOST_PEOPLE });
    const items = found.items.map(({ loginName, displayName, groups }) => ({
      ...{ loginName, displayName, groups },
    }));
    return answerOf(PEOPLE, { items });
  });
}

/** Of the instance that a task is in. */
async function instanceKeyOf({ deps }: Shaping, { instanceId }: UserTaskRow): Promise<string> {
  const keyOf = await keysFor(deps.store, [['processInstance', instanceId]]);
  return keyOf('processInstance', instanceId);
}

async function page(
  shaping: Shaping,
  query: TaskQuery,
  limit: number,
  after: string | undefined,
): Promise<z.input<typeof taskList>> {
  const { deps, looking, userId } = shaping;
  const sign = signerOf({ userId, secret: deps.cursorSecret }, ['tasks', query]);
  const search = await searchOf(deps, query, looking);
  if (search === null) return { items: [], next: null, total: NO_TASKS };
  const found = await deps.store.userTasks.search({
    ...search,
    ...{ sort: orderOf(query), limit, withTotal: true },
    ...(after !== undefined && { after: opened(sign, 'after', after) }),
  });
  const { items, endCursor } = found;
  const hasMore = items.length === limit && endCursor !== null;
  return {
    items: await itemsOf(shaping, await surrounded(shaping, items)),
    next: hasMore ? sealed(sign, endCursor) : null,
    total: found.total ?? NO_TASKS,
  };
}

async function counts(shaping: Shaping) {
  const { deps, looking } = shaping;
  const { store } = deps;
  const count = async (search: UserTaskSearch) =>
    (await store.userTasks.search({ ...search, limit: 1, withTotal: true })).total ?? NO_TASKS;
  const [mine, groups, unassigned, all] = await Promise.all(
    COUNTED.map((view) => count(viewOf(view, looking))),
  );
  const mineLate = await lateOf(shaping, viewOf('mine', looking));
  return {
    ...{ mine: mine ?? NO_TASKS, groups: groups ?? NO_TASKS },
    ...{ unassigned: unassigned ?? NO_TASKS, all: all ?? NO_TASKS, mineLate },
  };
}
