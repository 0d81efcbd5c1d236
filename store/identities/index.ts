/**
 * People who use Jornada: who they are, what they may, what they get in by. It knows hashes alone: secrets are made and
 * compared by whoever asks. Source: docs/identities.md.
 */
import { appendActs } from '../audit/append.js';
import type { Queryable } from '../database.js';
import type { Seals } from '../sealing/index.js';
import { type AccessActs, accessActs } from './access-acts.js';
import { actOf, type By, type Told } from './acts.js';
import { type FactorActs, factorActs } from './factor-acts.js';
import { type PasswordActs, passwordActs } from './password-acts.js';
import { forgetLinks } from './password-links.js';
import { type PersonActs, personActs } from './person-acts.js';
import { type ProviderActs, providerActs } from './provider-acts.js';
import { forgetUses } from './provider-links.js';
import { type ProvisioningActs, provisioningActs } from './provisioning-acts.js';
import { forgetEnded } from './sessions.js';

export type { Opened } from './access-acts.js';
export { type By, ofUser, type Told } from './acts.js';
export { LINK_MS } from './password-links.js';
export type { Credential } from './passwords.js';
export type { Provisioned, ProvisionedNames, WhichProvisioned } from './provisioned.js';
export { IDLE_MS, MOST_SESSIONS, type NewSession, SESSION_MS, type Session } from './sessions.js';
export type { AddedToken, ApiToken } from './tokens.js';
export type { Account, AddedUser, ChangedUser, Standing, User } from './users.js';

/** Each act is in the audit, in the transaction that carries it out; what it refuses is there as well. */
export interface Identities
  extends PersonActs,
    PasswordActs,
    AccessActs,
    ProviderActs,
    FactorActs,
    ProvisioningActs {
  /** Writes down what happened besides what the store did. */
  readonly note: (by: By, told: Told) => Promise<void>;
  /** Writes down what was refused before the store was asked. */
  readonly noteRefusal: (by: By, told: Told, code: string) => Promise<void>;
  /** Forgets sessions and links whose time is over. */
  readonly prune: (at: string) => Promise<void>;
}

/** Makes the group. */
export function createIdentities(db: Queryable, seals: Seals): Identities {
  return {
    ...personActs(db, seals),
    ...passwordActs(db, seals),
    ...accessActs(db),
    ...providerActs(db, seals),
    ...factorActs(db, seals),
    ...provisioningActs(db, seals),
    note: async (by, told) => {
      await appendActs(db, [actOf(by, told, null)]);
    },
    noteRefusal: async (by, told, code) => {
      await appendActs(db, [actOf(by, told, code)]);
    },
    prune: async (at) => {
      await forgetEnded(db, at);
      await forgetLinks(db, at);
      await forgetUses(db, at);
    },
  };
}
