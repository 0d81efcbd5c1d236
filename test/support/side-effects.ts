/** What side effects lean on in tests: a real ledger and record, no way out; what is given of it wins. */
import { createHash } from 'node:crypto';
import type { SideEffectDeps } from '../../activities/side-effects.js';
import type { Store } from '../../store/index.js';
import { createSealer, type KeyProvider } from '../../worker/encryption/index.js';
import { NO_EGRESS } from './egress.js';
import { fixedKeys } from './fixed-keys.js';

/** Makes them for a store. */
export function sideEffectDeps(
  store: Store,
  given: Partial<SideEffectDeps> & { readonly keyProvider?: KeyProvider } = {},
): SideEffectDeps {
  const { keyProvider = fixedKeys(), ...rest } = given;
  const keys = { ensure: keyProvider.createAll };
  return {
    effects: store.effects,
    record: store.customerRecord(createSealer({ keyProvider }), keys),
    packageFiles: async () => ({}),
    egress: NO_EGRESS,
    smtp: { url: '' },
    sender: { name: 'Jornada', mail: 'noreply@jornada.example' },
    publicUrl: 'https://jornada.example',
    fingerprint: async (text) => createHash('sha256').update(`salt ${text}`).digest('hex'),
    now: Date.now,
    ...rest,
  };
}
