/** The service tasks of this engine: every side effect, with what it leans on. Class: side effect. */
import { lookup } from 'node:dns/promises';
import type { ErasurePorts } from '../../activities/erasure/ports.js';
import { createSources } from '../../activities/export/sources/index.js';
import type { Egress } from '../../activities/http/egress.js';
import type { Fingerprint } from '../../activities/order/marks.js';
import { createPackageFiles } from '../../activities/package-files.js';
import { createSideEffects } from '../../activities/side-effects.js';
import type { ServiceTask } from '../../contracts/job.js';
import type { CustomerRecord, ExportFiles, Store } from '../../store/index.js';
import type { StartConfig } from './environment.js';

/** What they share with the rest of the engine. */
export interface Shared {
  readonly store: Store;
  readonly record: CustomerRecord;
  readonly erasure: ErasurePorts;
  readonly fingerprint: Fingerprint;
  readonly exportFiles: ExportFiles;
  readonly smtpUrl: string;
  /** What links in mails begin with. */
  readonly publicUrl: string;
  /** Of this engine. */
  readonly version: string;
}

/** Makes them by task type. */
export function createServices(
  { sender, httpAllow, systems }: StartConfig,
  { store, record, erasure, fingerprint, exportFiles, smtpUrl, publicUrl, version }: Shared,
): ReadonlyMap<string, ServiceTask> {
  const services = createSideEffects({
    effects: store.effects,
    record,
    erasure,
    exports: {
      files: exportFiles,
      sources: createSources(store, record),
      generatorVersion: version,
      isOver: async (instanceId) =>
        ((await store.processInstances.get(instanceId))?.endedAt ?? null) !== null,
    },
    packageFiles: createPackageFiles(store),
    systems,
    egress: egressOf(httpAllow),
    smtp: { url: smtpUrl },
    sender,
    publicUrl,
    fingerprint,
    now: Date.now,
  });
  return new Map(Object.entries(services));
}

/** Where requests of this engine may go. */
export const egressOf = (allowed: readonly string[]): Egress => ({ allowed, resolve: addressesOf });

/** As the system resolves names, its hosts file included. */
async function addressesOf(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
}
