/** Work on tasks: each act is answered with what it came to, or with what happened instead. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OperationInput } from '../../contracts/control.js';
import type { Operated } from '../../contracts/operate.js';
import {
  assignment,
  comment,
  completion,
  delegation,
  returning,
  taskChange,
  taskOutcome,
} from '../../contracts/tasks.js';
import type { Variables } from '../../engine/model/index.js';
import {
  type AskedDeps,
  askerOf,
  camundaOf,
  refuseUnseenCustomer,
  versionIn,
} from '../camunda/asking.js';
import { partsOf } from '../camunda/keys.js';
import type { AppState } from '../deps.js';
import { answerOf, inputOf } from '../input.js';
import { localeOf } from '../pages/locale.js';
import { addRoute } from '../plugins/routes.js';
import { outcomeIn, Refused } from '../refused.js';
import { createShaping, etagOf, taskIdIn } from '../tasks/asking.js';
import { formProblems } from '../tasks/form-problems.js';
import type { Shaping } from '../tasks/items.js';
import { isCrossed, meanwhileOf, meanwhileTold } from '../tasks/meanwhile.js';
import { outcomeShown } from '../tasks/outcome.js';
import { actsForIn, inTwoNames } from '../tasks/substitutes.js';
import { ABOUT } from './task-acts.about.js';

/** Variables are of up to 256 KiB. */
const MOST_BODY = 300_000;

type Act =
  | 'completeTask'
  | 'assignTask'
  | 'delegateTask'
  | 'returnTask'
  | 'updateTask'
  | 'commentTask';

/** What is asked for: an operation, what it takes besides the task, and why. */
interface Asked<N extends Act> {
  readonly name: N;
  readonly input: Omit<OperationInput<N>, 'key' | 'ifVersion'>;
  readonly reason: string | null;
}

/** Adds them. */
export function addTaskActs(app: FastifyInstance, state: AppState): void {
  const shapingOf = createShaping(state);
  const addAct = <N extends Act>(
    route: keyof typeof ABOUT,
    read: (body: unknown) => Asked<N>,
  ): void =>
    addRoute(
      app,
      route,
      ABOUT[route],
      async (request, reply) => {
        const { viewer } = camundaOf(state, request);
        return act(await shapingOf(request), request, reply, { read, viewer });
      },
      {
        bodyLimit: MOST_BODY,
      },
    );
  addAct('completeTask', (body) => {
    const { reason, ...input } = inputOf(completion, body ?? {});
    return { name: 'completeTask', input, reason };
  });
  addAct('assignTask', (body) => {
    const { reason, ...input } = inputOf(assignment, body);
    return { name: 'assignTask', input, reason };
  });
  addAct('delegateTask', (body) => {
    const { reason, ...input } = inputOf(delegation, body);
    return { name: 'delegateTask', input, reason };
  });
  addAct('returnTask', (body) => {
    const { reason } = inputOf(returning, body ?? undefined);
    return { name: 'returnTask', input: {}, reason };
  });
  addAct('changeTask', (body) => {
    const changes = inputOf(taskChange, body);
    return { name: 'updateTask', input: { changes }, reason: null };
  });
  addAct('commentTask', (body) => {
    return { name: 'commentTask', input: inputOf(comment, body), reason: null };
  });
}

async function act<N extends Act>(
  shaping: Shaping,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    read,
    viewer,
  }: {
    readonly read: (body: unknown) => Asked<N>;
    readonly viewer: AskedDeps['viewer'];
  },
) {
  const { deps } = shaping;
  const key = await taskIdIn(shaping, request);
  const { name, input, reason } = read(request.body);
  if ('variables' in input) {
    const { store } = deps;
    await refuseUnseenCustomer({ store, viewer }, input.variables as Variables);
  }
  const forWhom = await actsForIn(deps.store, shaping.looking, key);
  const { standing, ...besides } = inTwoNames(forWhom, shaping.looking, name, input);
  const whole = {
    ...{ ...input, key, ...versionIn(request), ...standing },
  } as unknown as OperationInput<N>;
  const operated = await deps.operate(name, whole, { ...askerOf(request), reason, ...besides });
  if (!operated.ok) await refuse(shaping, request, key, operated, input);
  const done = outcomeIn(operated as Operated<Act>);
  // Killed before this, the draft is of a task that is done, and goes with the next round of upkeep.
  if (name === 'completeTask') await dropDrafts(shaping, key);
  const shown = await outcomeShown(shaping, key, done as never);
  if (shown.task) void reply.header('etag', etagOf(shown.task));
  return answerOf(taskOutcome, shown);
}

async function dropDrafts({ deps: { store } }: Shaping, id: string): Promise<void> {
  const { instanceId, rest: taskId } = partsOf(id);
  await store.inbox.drafts.dropAll({ instanceId, taskId });
}

/** What does not fit a form is told field by field; who was first is told with what they did, and when. */
async function refuse(
  shaping: Shaping,
  request: FastifyRequest,
  id: string,
  { code, message }: Extract<Operated<Act>, { readonly ok: false }>,
  input: object,
): Promise<void> {
  if (isCrossed(code)) {
    const seen = versionIn(request).ifVersion ?? null;
    const locale = localeOf(request.headers['accept-language']);
    const meanwhile = await meanwhileOf(shaping, id, seen, locale);
    if (meanwhile.length === 0) return;
    throw new Refused(code, meanwhileTold(message, meanwhile), { meanwhile });
  }
  if (code !== 'FORM_SUBMISSION' || !('variables' in input)) return;
  const problems = await formProblems(shaping, id, input.variables as never);
  throw new Refused(code, message, { problems });
}
