/** What people get in by, in a running engine. Class: side effect (memory, clock). */
import { createAttempts, createPasswords, type IdentityDeps } from '../../api/index.js';
import type { By, Store } from '../../store/index.js';

/** Makes it. @param onDisabled - hears that somebody may get in no more */
export function createIdentityDeps(
  { identities }: Pick<Store, 'identities'>,
  publicUrl: string,
  onDisabled: () => void,
): IdentityDeps {
  return {
    people: {
      ...identities,
      change: async (userId, change, by) => {
        const user = await identities.change(userId, change, by);
        if (change.isActive === false) onDisabled();
        return user;
      },
    },
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
