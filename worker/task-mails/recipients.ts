/** Whom a mail tells of a task: whoever has it, or may take it, works here and has an address. Class: side effect (store). */
import { hasChoices } from '../../api/index.js';
import { own } from '../../engine/model/index.js';
import type { Registry } from '../../registry/index.js';
import type { EventRow, Store, TaskMailOf, User, UserTaskRow } from '../../store/index.js';

/** What it leans on. */
export interface RecipientParts {
  readonly store: Pick<Store, 'userTasks' | 'processInstances' | 'identities'>;
  readonly registry: Pick<Registry, 'process'>;
}

/** A task that has stood open longer when its opening is heard of, as after a stop, is told by the inbox alone. */
const FRESH_MS = 60 * 60 * 1000;
/** People who are looked through; a larger company reads its inbox. */
const MOST_PEOPLE = 1_000;

/** Whom to tell of tasks that were opened: those that can be decided by a press. */
export async function recipientsOf(
  parts: RecipientParts,
  events: readonly EventRow[],
  now: number,
): Promise<readonly TaskMailOf[]> {
  const rows = await openedOf(parts, events, now);
  if (rows.length === 0) return [];
  const people = await reachable(parts);
  return rows.flatMap((row) =>
    people
      .filter((person) => concerns(row, person))
      .map(({ userId }) => ({ instanceId: row.instanceId, taskId: row.taskId, userId })),
  );
}

async function openedOf(
  parts: RecipientParts,
  events: readonly EventRow[],
  now: number,
): Promise<readonly UserTaskRow[]> {
  const found: UserTaskRow[] = [];
  for (const { type, instanceId, subject } of events) {
    if (type !== 'user_task.created' || instanceId === null || subject === null) continue;
    const row = await parts.store.userTasks.get(instanceId, subject);
    if (row?.state !== 'CREATED' || Date.parse(row.openedAt) < now - FRESH_MS) continue;
    if (await isDecidable(parts, row)) found.push(row);
  }
  return found;
}

async function isDecidable(
  { store, registry }: RecipientParts,
  { instanceId, formId }: UserTaskRow,
): Promise<boolean> {
  if (formId === null) return false;
  const instance = await store.processInstances.get(instanceId);
  if (!instance) return false;
  const { processId, definitionVersion: version, definitionHash: hash } = instance;
  const { forms } = await registry.process({ processId, version, hash });
  const form = own(forms, formId);
  return form !== undefined && hasChoices(form);
}

async function reachable({ store }: RecipientParts): Promise<readonly User[]> {
  const filter = { isActive: true, roles: { $in: ['csm', 'admin'] } };
  const { items } = await store.identities.search({ filter, limit: MOST_PEOPLE });
  return items.filter(({ mail }) => mail !== null);
}

/** Whether a task is somebody's, or may become it. Class: pure. */
export function concerns(
  { assignee, candidateUsers, candidateGroups }: UserTaskRow,
  { loginName, groups }: Pick<User, 'loginName' | 'groups'>,
): boolean {
  if (assignee !== null) return assignee === loginName;
  return (
    candidateUsers.includes(loginName) || candidateGroups.some((group) => groups.includes(group))
  );
}
