/**
 * The task of a mail's link, and deciding it: whoever has the secret of the link acts as its person, upon this task alone, once.
 * Class: side effect.
 */
import type { LinkedTask, LinkOutcome } from '../../contracts/task-links.js';
import type { WholeTask } from '../../contracts/tasks.js';
import { shownInstant, type ToldLocale } from '../../history/index.js';
import type { By, TaskLink, User, UserTaskRow } from '../../store/index.js';
import type { CamundaDeps } from '../deps.js';
import type { IdentityDeps } from '../identities/deps.js';
import { rightsOf, SEES_VALUES } from '../permissions.js';
import { Problem, type ProblemCode } from '../problem.js';
import { outcomeIn, Refused } from '../refused.js';
import { createPersonShaping } from './asking.js';
import { type Choice, choicesOf, factsOf, questionOf } from './choices.js';
import { wholeTask } from './detail.js';
import { formProblems } from './form-problems.js';
import { textsOf } from './form-texts.js';
import { type Shaping, taskId } from './items.js';
import { firstAmong } from './meanwhile.js';
import { outcomeShown } from './outcome.js';
import { actsForIn, inTwoNames, viewerOf } from './substitutes.js';

/** What it leans on. */
export interface ByLinkDeps {
  readonly camunda: CamundaDeps;
  readonly identities: Pick<IdentityDeps, 'people' | 'now'>;
}

/** A link that opens, with whom and what it is about. */
interface Opened {
  readonly person: User;
  readonly row: UserTaskRow;
  readonly whole: WholeTask;
  readonly shaping: Shaping;
  readonly choices: readonly Choice[];
  /** Why nothing is to be decided; null: it is open. */
  readonly over: string | null;
}

/** Whoever decides has the link to themselves for so long: longer than an instance takes to answer. */
const HOLD_MS = 60_000;

const nameOf = ({ instanceId, taskId: task }: Pick<TaskLink, 'instanceId' | 'taskId'>): string =>
  `task:${instanceId}/${task}`;

/** Looks at it; nothing is changed. Errors: `LINK_UNKNOWN`, `LINK_REVOKED`, `TASK_LINK_USED`, `TASK_LINK_OVER`. */
export async function lookByLink(
  deps: ByLinkDeps,
  tokenHash: string,
  locale: ToldLocale,
  by: By,
): Promise<LinkedTask> {
  const { whole, row, person, choices, over } = await open(deps, tokenHash, locale, by);
  const { task } = whole;
  return {
    ...{ taskKey: task.taskKey, title: task.title[locale], process: task.process[locale] },
    ...{ businessKey: task.businessKey, customer: task.customer?.name ?? null, dueAt: row.dueAt },
    says: textsOf(whole, by.at),
    ...{ person: person.loginName, facts: factsOf(whole), question: questionOf(whole), over },
    choices: choices.map(({ choice, label }) => ({ choice, label })),
  };
}

/** Decides by it. Errors: as above; `TASK_LINK_CHOICE`; what the engine refuses, as the inbox tells it. */
export async function decideByLink(
  deps: ByLinkDeps,
  tokenHash: string,
  asked: { readonly choice: string; readonly reason: string | null; readonly locale: ToldLocale },
  by: By,
): Promise<LinkOutcome> {
  const opened = await open(deps, tokenHash, asked.locale, by);
  const { row, shaping, whole, person } = opened;
  const { camunda, identities } = deps;
  const choice = opened.choices.find((one) => one.choice === asked.choice);
  if (!choice) await refuseChoice(deps, by, opened);
  const { mails } = camunda.store.inbox;
  const until = new Date(identities.now() + HOLD_MS).toISOString();
  if (!(await mails.take(tokenHash, by.at, until))) {
    await refuse(deps, by, nameOf(row), 'TASK_LINK_USED');
  }
  let isDone = false;
  try {
    const { action = null, variables = {} } = choice ?? {};
    const input = { key: taskId(row), action, variables };
    // Whom a task is barred to by whom they stand in for, it is barred to by a mail as well.
    const viewer = await viewerOf(camunda.store, person, by.at);
    const forWhom = await actsForIn(camunda.store, viewer, input.key);
    const { besides, standing } = inTwoNames(forWhom, viewer, 'completeTask', input);
    const operated = await camunda.operate(
      'completeTask',
      { ...input, ...standing },
      {
        ...{ actor: person.loginName, requestId: by.requestId ?? tokenHash, reason: asked.reason },
        besides: { by: 'mail link', ...besides },
      },
    );
    const done = outcomeIn(operated);
    isDone = true;
    await mails.use(tokenHash, by.at);
    await camunda.store.inbox.drafts.dropAll(row);
    const shown = await outcomeShown(shaping, taskId(row), done);
    return {
      ...{ taskKey: whole.task.taskKey, title: whole.task.title[asked.locale] },
      ...{ label: choice?.label ?? '', message: shown.message },
      waitsFor: [...new Set(shown.waitsFor.map(({ name }) => name))],
    };
  } finally {
    if (!isDone) await mails.giveBack(tokenHash);
  }
}

async function open(
  deps: ByLinkDeps,
  tokenHash: string,
  locale: ToldLocale,
  by: By,
): Promise<Opened> {
  const { camunda, identities } = deps;
  const { store } = camunda;
  const link = await store.inbox.mails.link(tokenHash, by.at);
  if (!link) return refuse(deps, by, 'task:unknown', 'LINK_UNKNOWN');
  const object = nameOf(link);
  if (link.isUsed) return refuse(deps, by, object, 'TASK_LINK_USED');
  if (link.isOver) return refuse(deps, by, object, 'TASK_LINK_OVER');
  const person = await identities.people.get(link.userId);
  if (!person || !mayDecide(person, link)) return refuse(deps, by, object, 'LINK_REVOKED');
  const row = await store.userTasks.get(link.instanceId, link.taskId);
  if (!row) return refuse(deps, by, object, 'TASK_LINK_OVER');
  if (!isFor(row, person)) return refuse(deps, by, object, 'LINK_REVOKED');
  const shaping = createPersonShaping(camunda, person, identities.now());
  const whole = await wholeTask(shaping, row, locale);
  const over = overOf(row, whole, person, locale);
  const choices = over === null ? await openChoices(shaping, row, whole) : [];
  return { person, row, whole, shaping, over, choices };
}

/** Choices that need nothing besides; where the form asks for more, it is filled in the inbox. */
async function openChoices(
  shaping: Shaping,
  row: UserTaskRow,
  whole: WholeTask,
): Promise<readonly Choice[]> {
  const choices = choicesOf(whole);
  const problems = await Promise.all(
    choices.map(({ variables }) => formProblems(shaping, taskId(row), variables)),
  );
  return choices.filter((_choice, index) => problems[index]?.length === 0);
}

function mayDecide({ isActive, revocationEpoch, roles }: User, { epoch }: TaskLink): boolean {
  const { writes } = rightsOf(roles);
  const works = writes.some((role) => SEES_VALUES.includes(role));
  return isActive && revocationEpoch === epoch && works;
}

/**
 * Whether a task is still somebody's to see: theirs, or one that they or a group of theirs may take, whoever has it by now and
 * whatever became of it. Asked each time, for a mail stays where it is when its reader leaves the group.
 */
function isFor(row: UserTaskRow, { loginName, groups }: User): boolean {
  return (
    row.assignee === loginName ||
    row.completedBy === loginName ||
    row.candidateUsers.includes(loginName) ||
    row.candidateGroups.some((group) => groups.includes(group))
  );
}

const OVER = {
  en: {
    decided: (who: string, when: string) => `${who} has decided already: ${when}.`,
    ended: (when: string, why: string) => `It ended by itself: ${when}. ${why}`.trim(),
    taken: (who: string, when: string) => `${who} has it by now: ${when}.`,
  },
  'pt-BR': {
    decided: (who: string, when: string) => `${who} já decidiu: ${when}.`,
    ended: (when: string, why: string) => `Terminou por si: ${when}. ${why}`.trim(),
    taken: (who: string, when: string) => `Agora está com ${who}: ${when}.`,
  },
} as const;

function overOf(
  row: UserTaskRow,
  whole: WholeTask,
  { loginName }: User,
  locale: ToldLocale,
): string | null {
  const say = OVER[locale];
  const [first] = firstAmong(whole, row);
  const when = shownInstant(first?.at ?? row.endedAt);
  if (row.state === 'COMPLETED') {
    return say.decided(row.completedBy ?? '?', row.action ? `${when} (${row.action})` : when);
  }
  if (row.state === 'CANCELLED') return say.ended(when, first?.text ?? '');
  if (row.assignee !== null && row.assignee !== loginName) return say.taken(row.assignee, when);
  return null;
}

/** There is nothing to decide, or not by that. Errors: `TASK_UNKNOWN`, `TASK_ASSIGNED`, with what came first; `TASK_LINK_CHOICE`. */
async function refuseChoice(
  deps: ByLinkDeps,
  by: By,
  { row, over, whole }: Opened,
): Promise<never> {
  if (over === null) return refuse(deps, by, nameOf(row), 'TASK_LINK_CHOICE');
  const code = row.state === 'CREATED' ? 'TASK_ASSIGNED' : 'TASK_UNKNOWN';
  await deps.identities.people.noteRefusal(
    by,
    { action: 'decideByLink', object: nameOf(row) },
    code,
  );
  throw new Refused(code, over, { meanwhile: firstAmong(whole, row) });
}

/** Nobody is known to have asked: whoever has a link may not be its person. */
async function refuse(
  { identities }: ByLinkDeps,
  by: By,
  object: string,
  code: ProblemCode,
): Promise<never> {
  await identities.people.noteRefusal(by, { action: 'decideByLink', object }, code);
  throw new Problem(code);
}
