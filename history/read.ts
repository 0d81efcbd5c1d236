/** Reads the history of an instance: its journal, the acts of people upon it, and how its elements are called. */
import type { HistoryRow, OperationOutput } from '../contracts/control.js';
import type { ExecutableProcess } from '../engine/model/index.js';
import type { Registry } from '../registry/index.js';
import type { ProcessInstance, Store } from '../store/index.js';

const PAGE = 5000;
const MOST_ACTS = 10_000;

/** Reads all of it. Class: side effect. */
export async function readHistoryOf(
  { store, registry }: { readonly store: Store; readonly registry: Pick<Registry, 'process'> },
  instance: ProcessInstance,
): Promise<OperationOutput<'history'>> {
  const { instanceId, processId, definitionVersion: version, definitionHash: hash } = instance;
  const filter = { object: { $like: `*${instanceId}*` } };
  const sort = [{ field: 'at', order: 'ASC' }] as const;
  const [entries, acts, plan] = await Promise.all([
    readJournal(store, instanceId),
    store.audit.query({ filter, sort, limit: MOST_ACTS }),
    registry.process({ processId, version, hash }),
  ]);
  return { instance, entries, acts: acts.items, names: namesOf(plan) };
}

async function readJournal(store: Store, instanceId: string): Promise<HistoryRow[]> {
  const rows: HistoryRow[] = [];
  for (let after: string | null = null; ; ) {
    const { items, endCursor } = await store.journal.search({
      filter: { instanceId },
      limit: PAGE,
      after,
    });
    rows.push(...items);
    if (items.length < PAGE) return rows;
    after = endCursor;
  }
}

/** Element → its name, or its id without one; a flow that is one of several → its condition. Class: pure. */
export function namesOf({ id, name, nodes }: ExecutableProcess): Record<string, string> {
  const all = Object.values(nodes);
  const elements = all.map((node) => [node.id, node.name ?? node.id] as const);
  const flows = all
    .filter(({ outgoing }) => outgoing.length > 1)
    .flatMap(({ outgoing }) =>
      outgoing.map(
        (flow) => [flow.id, flow.isDefault ? 'default' : (flow.condition ?? flow.id)] as const,
      ),
    );
  return Object.fromEntries([...elements, ...flows, [id, name ?? id] as const]);
}
