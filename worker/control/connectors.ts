/** The operations on outside systems that read. Class: side effect (reads the store). */
import { refusal } from './failure.js';
import type { Operations } from './parts.js';

/** Effects that are told of one system. */
const MOST = 100;

/** Reading. */
export const CONNECTOR_READS: Operations<'getConnectors' | 'getConnector'> = {
  getConnectors: async ({ connectors }) => ({
    since: connectors.since(),
    connectors: [...(await connectors.list())],
  }),
  getConnector: async ({ connectors, store }, { key }) => {
    const connector = await connectors.get(key);
    if (!connector) throw refusal('CONNECTOR_UNKNOWN', { connector: key });
    const since = connectors.since();
    const troubles = await store.connectorEffects.troubles(key, since, MOST);
    return { since, connector, troubles: [...troubles] };
  },
};
