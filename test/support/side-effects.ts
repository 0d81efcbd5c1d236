/** What side effects lean on in tests: a real ledger and record, no way out; what is given of it wins. */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSources } from '../../activities/export/sources/index.js';
import type { SideEffectDeps } from '../../activities/side-effects.js';
import { createExportFiles, type Store } from '../../store/index.js';
import { createFileKeys, createSealer, type KeyProvider } from '../../worker/encryption/index.js';
import { createErasurePorts } from '../../worker/erasure/index.js';
import { NO_EGRESS } from './egress.js';
import { fixedKeys } from './fixed-keys.js';

const NOWHERE = join(tmpdir(), 'jornada-test-nowhere');

/** Makes them for a store. */
export function sideEffectDeps(
  store: Store,
  given: Partial<SideEffectDeps> & { readonly keyProvider?: KeyProvider } = {},
): SideEffectDeps {
  const { keyProvider = fixedKeys(), ...rest } = given;
  const keys = { ensure: keyProvider.createAll };
  const sealer = createSealer({ keyProvider });
  const record = store.customerRecord(sealer, keys);
  return {
    effects: store.effects,
    record,
    erasure: createErasurePorts({
      ...{ store, keyProvider, sealer, mailbox: null, version: 'test' },
      ...{ auditKeys: NOWHERE, exportsFolder: NOWHERE, running: new Promise(() => {}) },
    }),
    exports: {
      // Made by the first file in it.
      files: createExportFiles({
        folder: join(tmpdir(), `jornada-test-exports-${process.pid}`),
        keys: createFileKeys(keyProvider),
      }),
      sources: createSources(store, record),
      generatorVersion: '0.0.0',
      isOver: async (instanceId) =>
        ((await store.processInstances.get(instanceId))?.endedAt ?? null) !== null,
    },
    packageFiles: async () => ({}),
    systems: [],
    egress: NO_EGRESS,
    smtp: { url: '' },
    sender: { name: 'Jornada', mail: 'noreply@jornada.example' },
    publicUrl: 'https://jornada.example',
    fingerprint: async (text) => createHash('sha256').update(`salt ${text}`).digest('hex'),
    now: Date.now,
    ...rest,
  };
}
