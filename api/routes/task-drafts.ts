/** Drafts of forms: saved as one types, unchecked, and kept until the task is done. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { draftSaving, type Happening } from '../../contracts/tasks.js';
import { type DraftOf, StoreFailure } from '../../store/index.js';
import { partsOf } from '../camunda/keys.js';
import type { AppState } from '../deps.js';
import { answerOf, inputOf } from '../input.js';
import { type About, answers, NOTHING_TOLD, sent } from '../openapi/about.js';
import { AN_INSTANT } from '../openapi/examples.js';
import { localeOf } from '../pages/locale.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { createShaping, taskIdIn } from '../tasks/asking.js';
import type { Shaping } from '../tasks/items.js';
import { meanwhileOf } from '../tasks/meanwhile.js';

const SAVED = z.strictObject({ version: z.number(), savedAt: z.string() });

const ABOUT = {
  saveTaskDraft: {
    summary: 'Saves what was typed into the form of a task',
    says: 'It is not checked, and kept until the task is done. `version` is that of the draft that was seen; 0: there was none.',
    body: sent(draftSaving, { data: { decision: 'ticket' }, version: 2 }),
    answers: answers(SAVED, { version: 3, savedAt: AN_INSTANT }),
    errors: ['TASK_DRAFT_CHANGED', 'TASK_OVER'],
  },
  dropTaskDraft: { summary: 'Throws a draft of a task away', answers: NOTHING_TOLD },
} satisfies Record<string, About>;

/** As much as a completion may send. */
const MOST_BODY = 300_000;

/** Adds them. */
export function addTaskDrafts(app: FastifyInstance, state: AppState): void {
  const shapingOf = createShaping(state);
  addRoute(
    app,
    'saveTaskDraft',
    ABOUT.saveTaskDraft,
    async (request) => {
      const shaping = await shapingOf(request);
      const of = await draftIn(shaping, request);
      const { data, version } = inputOf(draftSaving, request.body);
      const at = new Date(shaping.now).toISOString();
      const { drafts } = shaping.deps.store.inbox;
      const saving = drafts.save(of, data, version, at);
      return answerOf(SAVED, await saving.catch((error) => tellFirst(shaping, request, of, error)));
    },
    { bodyLimit: MOST_BODY },
  );
  addRoute(app, 'dropTaskDraft', ABOUT.dropTaskDraft, async (request, reply) => {
    const shaping = await shapingOf(request);
    const isDropped = await shaping.deps.store.inbox.drafts.drop(await draftIn(shaping, request));
    if (!isDropped) throw new Problem('NOT_FOUND');
    return reply.code(204).send();
  });
}

/** Tells who was first: whoever ended the task, or oneself in another tab, with the version that one saved. */
async function tellFirst(
  shaping: Shaping,
  request: FastifyRequest,
  of: DraftOf,
  error: unknown,
): Promise<never> {
  if (!(error instanceof StoreFailure)) throw error;
  const { code, facts } = error;
  if (code === 'TASK_OVER') {
    const locale = localeOf(request.headers['accept-language']);
    const id = `${of.instanceId}/${of.taskId}`;
    const meanwhile = await meanwhileOf(shaping, id, null, locale);
    throw new Problem(code, facts, null, { meanwhile });
  }
  if (code !== 'TASK_DRAFT_CHANGED') throw error;
  const saved = await shaping.deps.store.inbox.drafts.get(of);
  if (saved?.savedAt === undefined) throw error;
  const { savedAt: at, version } = saved;
  const mine: Happening = {
    ...{ at, actor: shaping.looking.user, kind: 'draftSaved', text: null, data: { version } },
  };
  throw new Problem(code, facts, null, { meanwhile: [mine] });
}

/** The caller's draft of the task of the address. */
async function draftIn(shaping: Shaping, request: FastifyRequest): Promise<DraftOf> {
  const { instanceId, rest: taskId } = partsOf(await taskIdIn(shaping, request));
  return { instanceId, taskId, userId: shaping.userId };
}
