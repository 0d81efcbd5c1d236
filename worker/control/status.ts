/** How a running engine is. Class: side effect. */
import type { Operation } from './parts.js';

/** Process, data folder, and the health of what the engine stands on. */
export const readStatus: Operation<'status'> = async (parts) => {
  const { store, keyProvider, temporalHealth, version, folder, startedAt } = parts;
  const [database, keys, temporal] = await Promise.all([
    store.health(),
    keyProvider.health(),
    temporalHealth(),
  ]);
  const name = `${database.engine} ${database.version ?? ''}`.trim();
  return {
    version,
    pid: process.pid,
    folder,
    startedAt,
    database: {
      isWell: database.isWell,
      detail: database.detail ?? `${name}, answered in ${database.answeredInMs} ms`,
    },
    keyring: {
      isWell: keys.ok,
      detail: keys.ok
        ? `keys: ${keys.keys}, destroyed: ${keys.shredded}`
        : keys.problems.join('; '),
    },
    temporal,
    openIncidents: database.isWell ? await countOpenIncidents(parts) : 0,
  };
};

async function countOpenIncidents({ store }: Parameters<typeof readStatus>[0]): Promise<number> {
  const query = { filter: { state: 'ACTIVE' }, limit: 1, withTotal: true };
  return (await store.incidents.search(query)).total?.count ?? 0;
}
