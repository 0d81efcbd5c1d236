/**
 * `/decide`: the link of a mail that tells of a task. The page knows nothing of the task, and scanners of mails that open it, or
 * even look by it, change nothing; a decision is sent by a button, with the secret in its body, which no other site knows.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { linkDecision, linkedTask, linkLook, linkOutcome } from '../../contracts/task-links.js';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { answerOf, inputOf } from '../input.js';
import { type About, answers, FORM, PAGE_ANSWER, sent } from '../openapi/about.js';
import { A_SECRET_TOKEN } from '../openapi/examples.js';
import { localeOf } from '../pages/locale.js';
import { askPage, decidedPage, notDecidedPage, taskPage } from '../pages/task-link-page.js';
import { wantsPage } from '../plugins/problems.js';
import { addRoute } from '../plugins/routes.js';
import { FEW } from '../plugins/security.js';
import { Problem } from '../problem.js';
import { Refused } from '../refused.js';
import { decideByLink, lookByLink } from '../tasks/by-link.js';
import { hashOfToken, tokenIn } from '../token.js';
import { ABOUT } from './task-acts.about.js';

const A_LINKED_TASK = {
  ...{ taskKey: '2251799813685251', title: 'Approve the refund', process: 'Refund' },
  ...{ businessKey: 'R-17', customer: 'Padaria Aurora Ltda', dueAt: null, person: 'cora' },
  says: ['Padaria Aurora Ltda wants its money back.'],
  facts: [{ label: 'Amount', value: '120' }],
  question: null,
  choices: [{ choice: 'action:approve', label: 'Approve' }],
  over: null,
};
const AN_OUTCOME = {
  ...{ taskKey: '2251799813685251', title: 'Approve the refund', label: 'Approve' },
  ...{ message: 'done; now waiting for pay', waitsFor: ['Pay it out'] },
};
const DEAD = [
  ...(['LINK_UNKNOWN', 'LINK_REVOKED', 'TASK_LINK_OVER', 'TASK_LINK_USED'] as const),
  'SIGN_IN_TOO_MANY',
] as const;

const TOLD = {
  taskLinkPage: { summary: "Shows the page of a task's link", answers: PAGE_ANSWER },
  lookByLink: {
    summary: 'Shows the task of a link, and what it may be decided by',
    says: 'It changes nothing. Forms get a page, programs JSON. `choices` is empty where the form asks for more, and `over` says what came first.',
    body: { ...sent(linkLook, { token: A_SECRET_TOKEN }), type: FORM },
    answers: [PAGE_ANSWER, answers(linkedTask, A_LINKED_TASK)],
    errors: DEAD,
  },
  decideByLink: {
    summary: 'Decides a task by a link, as its person',
    says: 'Once. What it came to is told, or what happened instead; the audit keeps that it was by a link.',
    body: {
      ...sent(linkDecision, { token: A_SECRET_TOKEN, choice: 'action:approve' }),
      type: FORM,
    },
    answers: [PAGE_ANSWER, answers(linkOutcome, AN_OUTCOME)],
    errors: [
      ...DEAD,
      ...(['TASK_LINK_CHOICE', 'TASK_ASSIGNED'] as const),
      ...(ABOUT.completeTask.errors ?? []),
    ],
  },
} satisfies Record<string, About>;

/** A reason of 2,000 characters, as forms send it. */
const MOST_BODY = 32_768;
const HTML = 'text/html; charset=utf-8';

/** Adds it. */
export function addTaskLinks(app: FastifyInstance, state: AppState): void {
  const few = { most: FEW, bodyLimit: MOST_BODY };
  addRoute(app, 'taskLinkPage', TOLD.taskLinkPage, (request, reply) =>
    reply.type(HTML).send(askPage(localeIn(request))),
  );
  addRoute(
    app,
    'lookByLink',
    TOLD.lookByLink,
    async (request, reply) => {
      const token = tokenIn(inputOf(linkLook, request.body));
      const locale = localeIn(request);
      const by = byOf(request, depsOf(state).identities);
      const task = await counted(state, request, () =>
        lookByLink(depsOf(state), hashOfToken(token), locale, by),
      );
      if (!wantsPage(request)) return answerOf(linkedTask, task);
      return reply.type(HTML).send(taskPage(task, token, locale));
    },
    few,
  );
  addRoute(
    app,
    'decideByLink',
    TOLD.decideByLink,
    async (request, reply) => {
      const { choice, reason, ...input } = inputOf(linkDecision, request.body);
      const tokenHash = hashOfToken(tokenIn(input));
      const locale = localeIn(request);
      const by = byOf(request, depsOf(state).identities);
      try {
        const outcome = await counted(state, request, () =>
          decideByLink(depsOf(state), tokenHash, { choice, reason, locale }, by),
        );
        if (!wantsPage(request)) return answerOf(linkOutcome, outcome);
        return reply.type(HTML).send(decidedPage(outcome, locale));
      } catch (error) {
        if (!(error instanceof Refused) || !wantsPage(request)) throw error;
        return reply.code(error.status).type(HTML).send(notDecidedPage(error.message, locale));
      }
    },
    few,
  );
}

const localeIn = ({ headers }: FastifyRequest) => localeOf(headers['accept-language']);

/** Whoever shows links that are none waits as who shows wrong passwords does. Errors: `SIGN_IN_TOO_MANY`, those of the work. */
async function counted<T>(
  state: AppState,
  { ip }: FastifyRequest,
  work: () => Promise<T>,
): Promise<T> {
  const { attempts, now } = depsOf(state).identities;
  const address = `address ${ip}`;
  const began = now();
  const until = attempts.begin([address], began);
  if (until > 0) throw new Problem('SIGN_IN_TOO_MANY', {}, Math.ceil((until - began) / 1000));
  const isGuess = (error: unknown): boolean =>
    error instanceof Problem && error.code === 'LINK_UNKNOWN';
  return work().then(
    (done) => {
      attempts.halfway(address);
      return done;
    },
    (error: unknown) => {
      if (!isGuess(error)) attempts.halfway(address);
      throw error;
    },
  );
}
