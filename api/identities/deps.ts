/** What routes of people lean on. */
import type { Identities } from '../../store/index.js';
import type { Attempts } from './attempts.js';
import type { FactorPolicy } from './factor.js';
import type { Passwords } from './passwords.js';
import type { CsmSees } from './portfolio.js';
import type { Provider } from './provider/index.js';

/** All of it. */
export interface IdentityDeps {
  readonly people: Identities;
  readonly passwords: Passwords;
  readonly attempts: Attempts;
  /** Of whom a second factor is asked. */
  readonly factorPolicy: FactorPolicy;
  /** Whose customers and tasks a csm sees. */
  readonly csmSees: CsmSees;
  /** By which people sign in; null: by passwords of ours. */
  readonly provider: Provider | null;
  /** Hash of the token by which a system provisions people; null: none does. */
  readonly scimTokenHash: string | null;
  /** What links begin with, without a slash at its end. */
  readonly publicUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
