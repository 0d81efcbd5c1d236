/** The service tasks of this engine: every side effect, with what it leans on. Class: side effect. */
import { lookup } from 'node:dns/promises';
import type { Fingerprint } from '../../activities/order/marks.js';
import { createSideEffects } from '../../activities/side-effects.js';
import type { ServiceTask } from '../../contracts/job.js';
import { InvariantError } from '../../engine/errors/index.js';
import type { CustomerRecord, Store } from '../../store/index.js';
import type { StartConfig } from './environment.js';

/** Makes them by task type. */
export function createServices(
  { publicUrl, sender, httpAllow }: StartConfig,
  store: Store,
  record: CustomerRecord,
  fingerprint: Fingerprint,
  smtpUrl: string,
): ReadonlyMap<string, ServiceTask> {
  const services = createSideEffects({
    effects: store.effects,
    record,
    packageFiles: ({ instanceId }) => filesOf(store, instanceId),
    egress: { allowed: httpAllow, resolve: addressesOf },
    smtp: { url: smtpUrl },
    sender,
    publicUrl,
    fingerprint,
    now: Date.now,
  });
  return new Map(Object.entries(services));
}

/** As the system resolves names, its hosts file included. */
async function addressesOf(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
}

/** The files that an instance pins. An instance that the store does not know yet is asked for again. */
async function filesOf({ processInstances, definitions }: Store, instanceId: string) {
  const instance = await processInstances.get(instanceId);
  if (!instance) throw new Error(`the store does not have instance ${instanceId} yet`);
  const found = await definitions.package(instance.definitionHash);
  if (!found) throw new InvariantError(`the store has no package ${instance.definitionHash}`);
  return found.files;
}
