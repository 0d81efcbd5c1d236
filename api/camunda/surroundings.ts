/** What rows of one page have around them: their instances, and the definitions that these run. Class: side effect (store). */
import type { ListedProcess, ProcessInstance, Store } from '../../store/index.js';
import type { KeyOf } from './keys.js';

/** Looks up what was read before. */
export interface Surroundings {
  readonly instance: (instanceId: string) => ProcessInstance | null;
  readonly definition: (processId: string, version: number) => ListedProcess | null;
}

const MOST = 10_000;

/** A row of something in an instance. */
interface InInstance {
  readonly instanceId: string;
}

/** Reads the instances of rows, and their definitions. */
export async function surroundingsOf(
  store: Store,
  rows: readonly InInstance[],
): Promise<Surroundings> {
  const ids = [...new Set(rows.map(({ instanceId }) => instanceId))];
  const page =
    ids.length === 0
      ? { items: [] }
      : await store.processInstances.search({ filter: { instanceId: { $in: ids } }, limit: MOST });
  const instances = new Map(page.items.map((row) => [row.instanceId, row]));
  return {
    instance: (id) => instances.get(id) ?? null,
    ...(await definitionsOf(store, page.items)),
  };
}

/** Reads the definitions that instances run. */
export async function definitionsOf(
  store: Store,
  instances: readonly Pick<ProcessInstance, 'processId' | 'definitionVersion'>[],
): Promise<Pick<Surroundings, 'definition'>> {
  const ids = [...new Set(instances.map(({ processId }) => processId))];
  const versions = [...new Set(instances.map(({ definitionVersion }) => definitionVersion))];
  const filter = { processId: { $in: ids }, version: { $in: versions } };
  const found =
    ids.length === 0
      ? { items: [] }
      : await store.definitions.processes.search({ filter, limit: MOST });
  const named = new Map(found.items.map((row) => [definitionId(row.processId, row.version), row]));
  return { definition: (id, version) => named.get(definitionId(id, version)) ?? null };
}

/** How a version of a process is named among keys. Class: pure. */
export const definitionId = (processId: string, version: number): string =>
  `${processId}/${version}`;

/** What every row in an instance tells of that, as the wire has it. Class: pure. */
export const inTree = (
  { instanceId }: InInstance,
  { instance }: Pick<Surroundings, 'instance'>,
  keyOf: KeyOf,
) => ({
  processInstanceKey: keyOf('processInstance', instanceId),
  rootProcessInstanceKey: keyOf(
    'processInstance',
    instance(instanceId)?.rootInstanceId ?? instanceId,
  ),
});

/** The same of one that knows its process, with the version that the instance runs. Class: pure. */
export const inProcess = (
  row: InInstance & { readonly processId: string },
  around: Pick<Surroundings, 'instance'>,
  keyOf: KeyOf,
) => {
  const version = around.instance(row.instanceId)?.definitionVersion ?? 1;
  return {
    processDefinitionId: row.processId,
    processDefinitionKey: keyOf('processDefinition', definitionId(row.processId, version)),
    ...inTree(row, around, keyOf),
  };
};
