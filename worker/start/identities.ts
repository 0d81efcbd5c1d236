/** What people get in by, in a running engine. Class: side effect (memory, clock). */
import {
  createAttempts,
  createPasswords,
  createProviderClient,
  type IdentityDeps,
  type Provider,
  type ProviderSettings,
} from '../../api/index.js';
import type { By, Store } from '../../store/index.js';

/** Makes the provider. @param key - signs what browsers keep of a sign-in, the same in every process */
export function createProvider(
  settings: ProviderSettings | null,
  publicUrl: string,
  key: string,
  trouble: (error: unknown) => void,
): Provider | null {
  if (settings === null) return null;
  return {
    settings,
    client: createProviderClient(settings, publicUrl, Date.now),
    cookieKey: Buffer.from(key),
    onBreakGlass: () =>
      trouble(new Error(`'${settings.breakGlass}' signed in by the password for emergencies`)),
  };
}

/** Makes it. @param onDisabled - hears that somebody may get in no more */
export function createIdentityDeps(
  { identities }: Pick<Store, 'identities'>,
  publicUrl: string,
  {
    provider,
    scimTokenHash,
    factorPolicy,
    csmSees,
  }: Pick<IdentityDeps, 'provider' | 'scimTokenHash' | 'factorPolicy' | 'csmSees'>,
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
    provider,
    scimTokenHash,
    factorPolicy,
    csmSees,
    publicUrl,
    now: Date.now,
  };
}

/** What the engine does by itself. */
export function byOfEngine(): By {
  return { actor: null, requestId: null, reason: null, at: new Date().toISOString() };
}
