/** Which messages somebody may wait for. Class: side effect (reads the store). */
import type { Computed, ExecutableProcess, MessageTrigger } from '../../engine/model/index.js';
import { meant, type Registry } from '../../registry/index.js';
import type { Store } from '../../store/index.js';

/** Processes and subscriptions that are looked at. */
const MOST = 1000;

/** What throws a message does not wait for it. */
const THROWS: readonly string[] = ['intermediateThrowEvent', 'endEvent', 'sendTask'];

/** The names that a process waits for; null: one is computed, and may be any. */
export function messagesOf({ nodes, starts }: ExecutableProcess): readonly string[] | null {
  const names: string[] = starts.flatMap(({ trigger, name }) =>
    trigger === 'message' && name !== null ? [name] : [],
  );
  for (const node of Object.values(nodes)) {
    const { trigger } = node as { readonly trigger?: MessageTrigger | { readonly kind: string } };
    if (THROWS.includes(node.kind) || trigger?.kind !== 'message') continue;
    const name = textOf((trigger as MessageTrigger).name);
    if (name === null) return null;
    names.push(name);
  }
  return names;
}

const textOf = (computed: Computed): string | null =>
  'value' in computed && typeof computed.value === 'string' ? computed.value : null;

/** That no process of the latest versions and no running instance waits for a message of this name; null: one may. */
export async function unawaited(
  { store, registry }: { readonly store: Store; readonly registry: Registry },
  name: string,
): Promise<string | null> {
  const open = { kind: 'message', name, closedAt: null } as const;
  const waiting = await store.subscriptions.search({ filter: open, limit: 1 });
  if (waiting.items.length > 0) return null;
  const latest = await store.definitions.processes.search({
    filter: { isLatest: true },
    limit: MOST,
  });
  const all: string[] = [];
  for (const { processId, version, packageHash: hash } of latest.items) {
    const names = messagesOf(await registry.process({ processId, version, hash }));
    if (names === null || names.includes(name)) return null;
    all.push(...names);
  }
  return `no deployed process waits for '${name}'${meant(name, [...new Set(all)])}`;
}
