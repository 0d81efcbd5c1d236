/** What is looked for in the inbox, as the store is asked. Class: side effect (reads keys of customers). */
import type { TaskQuery } from '../../contracts/tasks.js';
import type { Filter, Order, UserTaskRow, UserTaskSearch, Viewer } from '../../store/index.js';
import { invalid } from '../camunda/fields.js';
import { idsOf, partsOf } from '../camunda/keys.js';
import type { CamundaDeps } from '../deps.js';

/** Who looks, and how they are known to tasks. */
export interface Looking extends Viewer {
  readonly asker: { readonly actor: string; readonly requestId: string; readonly reason: null };
}

type Field = keyof UserTaskRow;
type Query = Pick<UserTaskSearch, 'filter' | 'heldBy' | 'claimableBy' | 'text'>;

/** The tasks of a view. Class: pure. */
export function viewOf(view: TaskQuery['view'], looking: Viewer): Query {
  const open: Filter<Field> = { state: 'CREATED' };
  if (view === 'mine') {
    // By the index alone where they stand in for nobody.
    return (looking.standsFor ?? []).length > 0
      ? { filter: open, heldBy: looking }
      : { filter: { ...open, assignee: looking.user } };
  }
  if (view === 'groups') return { filter: open, claimableBy: looking };
  if (view === 'unassigned') return { filter: { ...open, assignee: null } };
  return { filter: view === 'all' ? open : { state: 'COMPLETED' } };
}

/** All that a query asks for; null: nothing fits. Errors: `INPUT_INVALID`. */
export async function searchOf(
  deps: CamundaDeps,
  query: TaskQuery,
  looking: Looking,
): Promise<Query | null> {
  const { view, processId, elementId, group, customerId, breachBefore, leastPriority } = query;
  const base = viewOf(view, looking);
  const keys = customerId === undefined ? null : await deps.store.customerKeys.all(customerId);
  if (keys?.length === 0) return null;
  const filter: Filter<Field> = {
    ...base.filter,
    ...(processId !== undefined && { processId }),
    ...(elementId !== undefined && { elementId }),
    ...(group !== undefined && { candidateGroups: group }),
    ...holderOf(query),
    ...(keys && { customerKeyId: { $in: keys } }),
    ...(breachBefore !== undefined && {
      nextBreachAt: { $lt: new Date(breachBefore).toISOString() },
    }),
    ...(leastPriority !== undefined && { priority: { $gte: leastPriority } }),
  };
  if (query.text === undefined) return { ...base, filter };
  const found = await named(deps, query.text, looking);
  return { ...base, ...found, filter: { ...filter, ...found.filter } };
}

/** Of done tasks it is who did them; of views that say whose tasks they are it cannot be asked for. */
function holderOf({ view, assignee }: TaskQuery): Filter<Field> {
  if (assignee === undefined) return {};
  if (view === 'all') return { assignee };
  if (view === 'completed') return { completedBy: assignee };
  throw invalid('assignee', `the view '${view}' says whose tasks it has`);
}

const MAIL = /^[^\s@]+@[^\s@]+$/;
const TAX_ID = /^[0-9A-Za-z./-]{8,25}$/;

/** What a text names: a task by its key, a customer by what only it has; else it is part of a name. */
async function named(deps: CamundaDeps, text: string, { asker }: Looking): Promise<Query> {
  const [id] = /^\d{1,18}$/.test(text) ? await idsOf(deps.store, 'userTask', [text]) : [];
  if (id) {
    const { instanceId, rest: taskId } = partsOf(id);
    return { filter: { instanceId, taskId } };
  }
  const look = MAIL.test(text) ? { mail: text } : TAX_ID.test(text) ? { taxId: text } : null;
  const found = look && (await deps.operate('searchCustomers', { ...look, limit: 20 }, asker));
  const customers = found?.ok ? found.output.items : [];
  const keys = await Promise.all(
    customers.map(({ customerId }) => deps.store.customerKeys.all(customerId)),
  );
  // A customer whom they do not see has no keys here: then the text is looked for as if it were nobody's, and tells nothing.
  return keys.flat().length > 0 ? { filter: { customerKeyId: { $in: keys.flat() } } } : { text };
}

const FIELDS = {
  breach: 'nextBreachAt',
  due: 'dueAt',
  followUp: 'followUpAt',
  priority: 'priority',
  created: 'openedAt',
  ended: 'endedAt',
} as const;

/** What comes first where nobody says: what is missed next, what is urgent, what is new. */
const DESCENDING: readonly TaskQuery['sort'][] = ['priority', 'created', 'ended'];

/** The order of a query. Class: pure. */
export function orderOf({ view, sort, order }: TaskQuery): readonly Order<Field>[] {
  const by = sort ?? (view === 'completed' ? 'ended' : 'breach');
  const way = order ?? (DESCENDING.includes(by) ? 'desc' : 'asc');
  return [{ field: FIELDS[by], order: way === 'desc' ? 'DESC' : 'ASC' }];
}
