/** For whom somebody acts upon a task, as their substitute. Class: pure, but for reading who is away. */
import { isSamePerson } from '../../engine/model/index.js';
import type { Account, StandIn, Store, UserTaskRow, Viewer } from '../../store/index.js';
import { partsOf } from '../camunda/keys.js';

/** Somebody as tasks know them, with those whom they stand in for now. */
export async function viewerOf(
  { inbox }: Pick<Store, 'inbox'>,
  { userId, loginName: user, groups }: Pick<Account, 'userId' | 'loginName' | 'groups'>,
  at: string,
): Promise<Viewer> {
  return { user, groups, standsFor: await inbox.substitutes.activeOf(userId, at) };
}

type Held = Pick<
  UserTaskRow,
  'assignee' | 'candidateUsers' | 'candidateGroups' | 'processId' | 'standsFor'
>;

/** The login name of who is away, for whom somebody acts; null: for themselves. Class: pure. */
export function actsFor(viewer: Viewer, task: Held): string | null {
  const { user, groups } = viewer;
  const { assignee } = task;
  // Whoever took it as a substitute has it as one, also when the days are over.
  if (assignee === user) return task.standsFor;
  const covering = coveredBy(viewer, task);
  if (assignee !== null) return covering.find((one) => one.user === assignee)?.user ?? null;
  if (isCandidate({ user, groups }, task)) return null;
  return covering.find((one) => isCandidate(one, task))?.user ?? null;
}

/**
 * The same of a task by its id, for whoever is about to act upon it; null too where it is open no more. Whoever stands in for a
 * person to whom the task is barred acts for that person, however they got it: the engine then bars it to them as well.
 */
export async function actsForIn(
  { userTasks, journal }: Pick<Store, 'userTasks' | 'journal'>,
  asking: Viewer | Promise<Viewer>,
  id: string,
): Promise<string | null> {
  const { instanceId, rest: taskId } = partsOf(id);
  const [viewer, row] = await Promise.all([asking, userTasks.get(instanceId, taskId)]);
  if (row?.state !== 'CREATED') return null;
  const forWhom = actsFor(viewer, row);
  const covering = coveredBy(viewer, row);
  if (forWhom !== null || covering.length === 0) return forWhom;
  const filter = { instanceId, elementInstanceId: taskId, kind: 'taskOpened' };
  const { items } = await journal.search({ filter, limit: 1 });
  const barred = (items[0]?.data?.notBy ?? []) as readonly string[];
  return covering.find(({ user }) => barred.some((one) => isSamePerson(one, user)))?.user ?? null;
}

/** What an act carries that is done for somebody who is away: the audit tells of both, and the journal where it makes the caller have the task, or end it. Class: pure. */
export function inTwoNames(
  forWhom: string | null,
  { user }: Pick<Viewer, 'user'>,
  name: string,
  input: object,
): { readonly besides?: { readonly for: string }; readonly standing: { standsFor?: string } } {
  if (forWhom === null) return { standing: {} };
  const isTheirs =
    name === 'completeTask' ||
    (name === 'assignTask' && 'assignee' in input && input.assignee === user);
  return { besides: { for: forWhom }, standing: isTheirs ? { standsFor: forWhom } : {} };
}

/** Whom somebody stands in for upon a process. */
const coveredBy = (
  { standsFor = [] }: Viewer,
  { processId }: Pick<Held, 'processId'>,
): readonly StandIn[] =>
  standsFor.filter(({ processIds }) => processIds === null || processIds.includes(processId));

function isCandidate(
  { user, groups }: Pick<StandIn, 'user' | 'groups'>,
  { candidateUsers, candidateGroups }: Held,
): boolean {
  return candidateUsers.includes(user) || candidateGroups.some((group) => groups.includes(group));
}
