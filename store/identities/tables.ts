/** The tables of people and of what they get in by. */
import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import type { LOCALES, Role, Scope } from '../../contracts/identities.js';
import { bytes, count, instant } from '../columns.js';

/** A language of people. */
export type Locale = (typeof LOCALES)[number];

export const users = pgTable('users', {
  userId: text('user_id').primaryKey(),
  loginName: text('login_name').notNull(),
  locale: text('locale').$type<Locale>().notNull(),
  roles: text('roles').array().$type<readonly Role[]>().notNull(),
  groups: text('groups').array().$type<readonly string[]>().notNull(),
  isActive: boolean('is_active').notNull(),
  isDemo: boolean('is_demo').notNull(),
  revocationEpoch: count('revocation_epoch').notNull(),
  sealedContact: bytes('sealed_contact').notNull(),
  createdAt: instant('created_at').notNull(),
});

export const userPasswords = pgTable('user_passwords', {
  userId: text('user_id').primaryKey(),
  hash: text('hash').notNull(),
  setAt: instant('set_at').notNull(),
});

export const userSessions = pgTable('user_sessions', {
  sessionId: text('session_id').primaryKey(),
  tokenHash: text('token_hash').notNull(),
  userId: text('user_id').notNull(),
  epoch: count('epoch').notNull(),
  startedAt: instant('started_at').notNull(),
  seenAt: instant('seen_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  providerSession: text('provider_session'),
  factorAt: instant('factor_at'),
  isOfProvider: boolean('is_of_provider').notNull(),
});

export const userFactors = pgTable('user_factors', {
  userId: text('user_id').primaryKey(),
  sealedSecret: bytes('sealed_secret').notNull(),
  confirmedAt: instant('confirmed_at'),
  lastStep: count('last_step').notNull(),
});

export const recoveryCodes = pgTable('recovery_codes', {
  codeHash: text('code_hash').primaryKey(),
  userId: text('user_id').notNull(),
  usedAt: instant('used_at'),
});

export const userIdentities = pgTable('user_identities', {
  identityHash: text('identity_hash').primaryKey(),
  userId: text('user_id').notNull(),
  linkedAt: instant('linked_at').notNull(),
});

export const provisionedUsers = pgTable('provisioned_users', {
  userId: text('user_id').primaryKey(),
  userNameHash: text('user_name_hash').notNull(),
  externalIdHash: text('external_id_hash'),
  sealedNames: bytes('sealed_names').notNull(),
  changedAt: instant('changed_at').notNull(),
});

export const usedOnce = pgTable('used_once', {
  useHash: text('use_hash').primaryKey(),
  expiresAt: instant('expires_at').notNull(),
});

export const apiTokens = pgTable('api_tokens', {
  tokenId: text('token_id').primaryKey(),
  tokenHash: text('token_hash').notNull(),
  userId: text('user_id').notNull(),
  epoch: count('epoch').notNull(),
  name: text('name').notNull(),
  scopes: text('scopes').array().$type<readonly Scope[]>().notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
});

export const passwordLinks = pgTable('password_links', {
  tokenHash: text('token_hash').primaryKey(),
  userId: text('user_id'),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});
