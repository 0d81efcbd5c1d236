/** The register of systems that hold data of customers. A new one is one file and one line here. */
import type { CustomerRecord, Store } from '../../../store/index.js';
import type { Source } from '../source.js';
import { historySource } from './history.js';
import { recordSource } from './record.js';
import { setUpSource } from './set-up.js';

/** Makes all of them, in the order in which a package holds them. */
export function createSources(store: Store, record: CustomerRecord): readonly Source[] {
  return [recordSource(record), historySource(store), setUpSource(store)];
}
