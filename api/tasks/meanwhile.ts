/** Who was first: what was done to a task that somebody had not seen who is refused for it. Class: side effect (store). */
import type { Happening, WholeTask } from '../../contracts/tasks.js';
import type { ToldLocale } from '../../history/index.js';
import type { JournalRow, UserTaskRow } from '../../store/index.js';
import { partsOf } from '../camunda/keys.js';
import { happened } from './history.js';
import { type Shaping, surrounded } from './items.js';

/** Refusals because the task, or its instance, is not as whoever asked thought. */
const CROSSED: ReadonlySet<string> = new Set([
  ...['TASK_ASSIGNED', 'TASK_CHANGED', 'TASK_DELEGATED', 'TASK_NOT_ASSIGNED'],
  ...['TASK_NOT_DELEGATED', 'TASK_OVER', 'TASK_UNKNOWN'],
  ...['INSTANCE_CLOSED', 'INSTANCE_ENDED', 'INSTANCE_UNKNOWN'],
]);

/** Whether somebody else may have been first. Class: pure. */
export const isCrossed = (code: string): boolean => CROSSED.has(code);

const MOST = 1_000;
const ENDS: readonly string[] = ['taskCompleted', 'taskCancelled'];
/** What puts a task into other hands. */
const HANDS: readonly string[] = ['taskAssigned', 'taskDelegated', 'taskReturned'];

/**
 * What came first, the oldest first; nothing of a task that the caller does not see.
 *
 * @param id - of the task, as an operation names it
 * @param seen - the version that was seen; null: it was not said, and the last that ended the task or gave it to somebody is told
 */
export async function meanwhileOf(
  shaping: Shaping,
  id: string,
  seen: number | null,
  locale: ToldLocale,
): Promise<readonly Happening[]> {
  const { store } = shaping.deps;
  const { instanceId, rest: elementInstanceId } = partsOf(id);
  const row = await store.userTasks.get(instanceId, elementInstanceId);
  if (row === null) return [];
  const filter = { instanceId, elementInstanceId };
  const { items } = await store.journal.search({ filter, limit: MOST });
  const unseen = unseenOf(items, row, seen);
  if (unseen.length === 0) return [];
  const [found] = await surrounded(shaping, [row]);
  return happened(store, row, unseen, { plan: found?.running.plan ?? null, locale });
}

type Row = Pick<UserTaskRow, 'state'>;

/** Of a history: what ended the task or gave it to somebody last, if anything did. Class: pure. */
export function firstAmong(
  { history }: Pick<WholeTask, 'history'>,
  row: Row,
): readonly Happening[] {
  return history.filter(({ kind }) => decisive(row).includes(kind)).slice(-1);
}

/** The entries that tell what was not seen. Class: pure. */
export function unseenOf(
  entries: readonly JournalRow[],
  row: Row,
  seen: number | null,
): readonly JournalRow[] {
  if (seen === null) return entries.filter(({ kind }) => decisive(row).includes(kind)).slice(-1);
  return entries.filter(({ kind, data }) => ENDS.includes(kind) || Number(data?.version) > seen);
}

const decisive = ({ state }: Row): readonly string[] => (state === 'CREATED' ? HANDS : ENDS);

/** The same in a sentence, behind what a problem says. Instants are UTC. Class: pure. */
export function meanwhileTold(detail: string, meanwhile: readonly Happening[]): string {
  if (meanwhile.length === 0) return detail;
  return `${detail} Meanwhile: ${meanwhile.map(sentence).join('; ')}.`;
}

const DID: Readonly<Record<string, string>> = {
  taskAssigned: 'gave it to',
  taskCompleted: 'completed it',
  taskDelegated: 'delegated it to',
  taskReturned: 'returned it to',
  taskUpdated: 'changed it',
};

function sentence({ kind, actor, at, text, data }: Happening): string {
  if (kind === 'taskCancelled') return `it ended by itself at ${at}${text ? `, ${text}` : ''}`;
  const { assignee, action, standsFor } = data;
  const isHanded = HANDS.includes(kind);
  const isClaimed = kind === 'taskAssigned' && assignee === actor;
  const did = isClaimed ? 'claimed it' : isHanded && !assignee ? 'gave it back' : DID[kind];
  const to = isHanded && assignee && !isClaimed ? ` ${assignee}` : '';
  const by = action ? ` (${action})` : '';
  const forWhom = standsFor ? ` for ${standsFor}` : '';
  return `${actor ?? 'the engine'} ${did}${to}${by}${forWhom} at ${at}`;
}
