/** What people get in by, in a running engine. Class: side effect (memory, clock). */
import { createAttempts, createPasswords, type IdentityDeps } from '../../api/index.js';
import type { By, Store } from '../../store/index.js';

/** Makes it. */
export function createIdentityDeps(store: Store, publicUrl: string): IdentityDeps {
  return {
    people: store.identities,
    passwords: createPasswords(),
    attempts: createAttempts(),
    publicUrl,
    now: Date.now,
  };
}

/** What the engine does by itself. */
export function byOfEngine(): By {
  return { actor: null, requestId: null, reason: null, at: new Date().toISOString() };
}
