/** What side effects lean on in tests: a real ledger and record, no way out; what is given of it wins. */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SideEffectDeps } from '../../activities/side-effects.js';
import type { Store } from '../../store/index.js';
import { createSealer, type KeyProvider } from '../../worker/encryption/index.js';
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
  return {
    effects: store.effects,
    record: store.customerRecord(sealer, keys),
    erasure: createErasurePorts({
      ...{ store, keyProvider, sealer, mailbox: null, version: 'test' },
      ...{ auditKeys: NOWHERE, exportsFolder: NOWHERE, running: new Promise(() => {}) },
    }),
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
