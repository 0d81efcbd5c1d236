/**
 * Uses an access link up. The process is told first, by a message that a second telling does not repeat; only then is
 * the link used. Killed in between, the person opens it again, and nothing is lost.
 */
import type { PublishInput } from '../../contracts/correlation.js';
import type { Store } from '../../store/index.js';
import { liveLink, useLink } from '../../store/registry/index.js';
import { hashOfToken } from '../token.js';

/** What it leans on. */
export interface AccessDeps {
  readonly store: Pick<Store, 'transaction'>;
  readonly publish: (message: PublishInput) => Promise<unknown>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Makes it. Errors: those of publishing; the link stays as it is then. Class: side effect. */
export function createUseAccess({ store, publish, now }: AccessDeps) {
  return async (token: string): Promise<boolean> => {
    const tokenHash = hashOfToken(token);
    const at = new Date(now()).toISOString();
    const link = await store.transaction((tx) => liveLink(tx, tokenHash, at));
    if (!link) return false;
    await publish({
      name: 'user.first-login',
      key: link.contactId,
      messageId: `first-login.${tokenHash}`,
      timeToLive: 'P7D',
      variables: {},
    });
    await store.transaction((tx) => useLink(tx, tokenHash, at));
    return true;
  };
}
