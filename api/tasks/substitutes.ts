/** For whom somebody acts upon a task, as their substitute. Class: pure, but for reading who is away. */
import type { Account, StandIn, Store, UserTaskRow, Viewer } from '../../store/index.js';

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
export function actsFor({ user, groups, standsFor = [] }: Viewer, task: Held): string | null {
  const { assignee, processId } = task;
  // Whoever took it as a substitute has it as one, also when the days are over.
  if (assignee === user) return task.standsFor;
  const covering = standsFor.filter(
    ({ processIds }) => processIds === null || processIds.includes(processId),
  );
  if (assignee !== null) return covering.find((one) => one.user === assignee)?.user ?? null;
  if (isCandidate({ user, groups }, task)) return null;
  return covering.find((one) => isCandidate(one, task))?.user ?? null;
}

function isCandidate(
  { user, groups }: Pick<StandIn, 'user' | 'groups'>,
  { candidateUsers, candidateGroups }: Held,
): boolean {
  return candidateUsers.includes(user) || candidateGroups.some((group) => groups.includes(group));
}
