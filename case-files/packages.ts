/** The packages that the instances of a case pin. Class: side effect (reads). */
import type { CaseDefinition } from '../contracts/cases.js';
import type { Store } from '../store/index.js';
import type { InTree } from './gather.js';

const MOST = 1000;

/** One for each process and version, with who deployed it. */
export async function definitionsOf(
  store: Pick<Store, 'definitions' | 'audit'>,
  tree: readonly InTree[],
): Promise<readonly CaseDefinition[]> {
  const pinned = new Map(
    tree.map(({ instance }) => [`${instance.processId}:${instance.definitionVersion}`, instance]),
  );
  return Promise.all(
    [...pinned.values()].map(async (instance) => {
      const { processId, definitionVersion: version, definitionHash: hash } = instance;
      const found = await store.definitions.processes.byVersion(processId, version);
      const files = (await store.definitions.package(hash))?.files ?? {};
      return {
        ...{ hash, processId, version },
        name: found?.name ?? null,
        deployedAt: found?.deployedAt ?? null,
        deployedBy: await deployerOf(store, processId, version),
        paths: Object.keys(files).sort(),
      };
    }),
  );
}

/** Who deployed it, as the audit tells; null: nobody who is known. */
async function deployerOf(
  { audit }: Pick<Store, 'audit'>,
  processId: string,
  version: number,
): Promise<string | null> {
  const object = { $like: `*process:${processId}:${version}*` };
  const filter = { action: 'deploy', outcome: 'done', object } as const;
  const { items } = await audit.query({ filter, limit: MOST });
  const names = items.filter((act) =>
    act.object.split(' ').includes(`process:${processId}:${version}`),
  );
  return names.at(-1)?.actor ?? null;
}
