/** What the life of a customer leans on where its worker is killed: everything real, and outside of the worker but itself. */
import { join } from 'node:path';
import { createSources } from '../../../activities/export/sources/index.js';
import { createPackageFiles } from '../../../activities/package-files.js';
import type { SideEffectDeps } from '../../../activities/side-effects.js';
import type { System } from '../../../activities/systems/declaration.js';
import { createExportFiles, type Effects, type Store } from '../../../store/index.js';
import {
  createFileKeys,
  createSealing,
  type KeyProvider,
} from '../../../worker/encryption/index.js';
import { createErasurePorts } from '../../../worker/erasure/index.js';
import type { RunningEngine } from '../../../worker/index.js';
import { toLoopback } from '../egress.js';

/** Where a worker finds it all; JSON, for it is handed to a process. */
export interface LifePlaces {
  readonly address: string;
  readonly taskQueue: string;
  readonly databaseUrl: string;
  /** Keys, exports and signing keys lie in it. */
  readonly folder: string;
  /** Folder of the bundle. */
  readonly bundles: string;
  readonly smtpUrl: string;
  readonly systems: readonly System[];
}

/** Where the keys of a life lie. */
export const keysOf = (folder: string): string => join(folder, 'keys');
/** Where packages of exports lie. */
export const exportsOf = (folder: string): string => join(folder, 'exports');

/** Longer than an attempt that is hurried. A killed one holds its effect so long. */
const HOLD_MS = 12_000;

/** Makes what side effects lean on. */
export function lifeDeps(
  { folder, smtpUrl, systems }: Pick<LifePlaces, 'folder' | 'smtpUrl' | 'systems'>,
  store: Store,
  keyProvider: KeyProvider,
  running: Promise<Pick<RunningEngine, 'engine' | 'client'>>,
): SideEffectDeps {
  const { sealer, fingerprint } = createSealing(keyProvider);
  const record = store.customerRecord(sealer, { ensure: keyProvider.createAll });
  const exportsFolder = exportsOf(folder);
  const auditKeys = join(folder, 'audit');
  return {
    effects: hurried(store.effects),
    record,
    erasure: createErasurePorts({
      ...{ store, keyProvider, sealer, auditKeys, exportsFolder, running },
      ...{ mailbox: null, version: 'test' },
    }),
    exports: {
      files: createExportFiles({ folder: exportsFolder, keys: createFileKeys(keyProvider) }),
      sources: createSources(store, record),
      generatorVersion: '0.0.0',
      isOver: async (instanceId) =>
        ((await store.processInstances.get(instanceId))?.endedAt ?? null) !== null,
    },
    packageFiles: createPackageFiles(store),
    systems,
    egress: toLoopback,
    smtp: { url: smtpUrl },
    sender: { name: 'Jornada', mail: 'noreply@jornada.example' },
    publicUrl: 'https://jornada.example',
    fingerprint,
    now: Date.now,
  };
}

const hurried = (effects: Effects): Effects => ({
  ...effects,
  lease: (key, holdMs) => effects.lease(key, Math.min(holdMs, HOLD_MS)),
});
