/** What routes of people lean on. */
import type { Identities } from '../../store/index.js';
import type { Attempts } from './attempts.js';
import type { Passwords } from './passwords.js';

/** All of it. */
export interface IdentityDeps {
  readonly people: Identities;
  readonly passwords: Passwords;
  readonly attempts: Attempts;
  /** What links begin with, without a slash at its end. */
  readonly publicUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
