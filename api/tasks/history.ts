/** Who did what to a task: of the journal, with what people said of it, which the audit keeps. Class: side effect (store). */
import type { OperationOutput } from '../../contracts/control.js';
import type { Happening } from '../../contracts/tasks.js';
import type { ExecutableProcess, Json } from '../../engine/model/index.js';
import { namesOf, type ToldLocale, toldCauses } from '../../history/index.js';
import type { AuditRow, JournalRow, Store, UserTaskRow } from '../../store/index.js';
import { type Shaping, taskId } from './items.js';

/** What the journal tells of a task, and the act that it comes from. A comment is told with its words. */
const KINDS: Readonly<Record<string, string | null>> = {
  taskOpened: null,
  taskAssigned: 'assignTask',
  taskDelegated: 'delegateTask',
  taskReturned: 'returnTask',
  taskUpdated: 'updateTask',
  taskCompleted: 'completeTask',
  taskCancelled: null,
};

/** What of an entry is told: whose it was made, and what was changed. */
const TOLD = [
  'assignee',
  'owner',
  'standsFor',
  'action',
  'reason',
  'dueAt',
  'followUpAt',
  'priority',
] as const;

const MOST_ACTS = 1_000;

/** In which words it is told. */
export interface Telling {
  readonly plan: ExecutableProcess | null;
  readonly locale: ToldLocale;
}

/** All of it, the oldest first. */
export async function historyOf(
  { deps: { store } }: Shaping,
  row: UserTaskRow,
  entries: readonly JournalRow[],
  comments: OperationOutput<'getTask'>['comments'],
  telling: Telling,
): Promise<readonly Happening[]> {
  const told = await happened(store, row, entries, telling);
  const said = comments.map(
    ({ at, actor, text }): Happening => ({ at, actor, text, kind: 'comment', data: {} }),
  );
  return [...told, ...said].toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

/** What entries of the journal tell of a task, in their order. */
export async function happened(
  store: Store,
  row: UserTaskRow,
  entries: readonly JournalRow[],
  { plan, locale }: Telling,
): Promise<readonly Happening[]> {
  const ended = entries.find(({ kind }) => kind === 'taskCancelled');
  const why = ended && plan && (await whyEnded(store, ended, plan, locale));
  const filter = { object: `task:${taskId(row)}`, outcome: 'done' };
  const { items: acts } = await store.audit.query({ filter, limit: MOST_ACTS });
  return entries
    .filter(({ kind }) => Object.hasOwn(KINDS, kind))
    .map(
      (entry): Happening => ({
        ...{ at: entry.at, actor: entry.actor, kind: entry.kind },
        text: entry === ended ? (why ?? null) : reasonOf(entry, acts),
        data: toldOf(entry),
      }),
    );
}

/** Causes that are looked at until one is a reason. */
const FAR = 20;

/** Why it ended though nobody completed it. */
async function whyEnded(
  store: Store,
  ended: JournalRow,
  plan: ExecutableProcess,
  locale: ToldLocale,
): Promise<string | null> {
  const { instanceId, sequence } = ended;
  const chain: JournalRow[] = [];
  for (let next: JournalRow | undefined = ended; next && chain.length < FAR; ) {
    chain.push(next);
    if (next.cause === null) break;
    const { items } = await store.journal.search({ filter: { instanceId, sequence: next.cause } });
    next = items[0];
  }
  const [told] = toldCauses({ entries: chain, names: namesOf(plan) }, sequence, locale);
  return told?.why ?? null;
}

const toldOf = ({ data }: JournalRow): Record<string, Json> =>
  Object.fromEntries(
    TOLD.flatMap((name): readonly (readonly [string, Json])[] => {
      const value = data?.[name];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );

/** An act is written down within this time after what it did. */
const WITHIN_MS = 60_000;

/** Why somebody did it: of the nearest act of that person which did such a thing. */
function reasonOf({ kind, actor, at }: JournalRow, acts: readonly AuditRow[]): string | null {
  const afterMs = (act: AuditRow): number => Math.abs(Date.parse(act.at) - Date.parse(at));
  const fitting = acts
    .filter((act) => act.action === KINDS[kind] && act.actor === actor)
    .filter((act) => afterMs(act) < WITHIN_MS)
    .toSorted((one, other) => afterMs(one) - afterMs(other));
  return fitting[0]?.reason ?? null;
}
