/** People who use Jornada, as the API and the control socket speak of them. Instants are ISO 8601 UTC. */
import { z } from 'zod';

/** What somebody may be; several at a time. What each may do: `api/permissions.ts`. */
export const ROLES = ['designer', 'csm', 'admin', 'auditor'] as const;

/** One of them. */
export type Role = (typeof ROLES)[number];

/**
 * What an API token may be used for: a role of its owner, or what that role reads. An auditor writes nothing, so there
 * is one scope of it.
 */
export const SCOPES = [
  'designer',
  'designer:read',
  'csm',
  'csm:read',
  'admin',
  'admin:read',
  'auditor',
] as const;

/** One of them. */
export type Scope = (typeof SCOPES)[number];

/** Languages of people. */
export const LOCALES = ['en', 'pt-BR'] as const;

/** A text on one line. */
const line = z.string().regex(/^\P{Cc}*$/u, 'no control characters, line ends included');

/** By which a person signs in, and by which tasks and journals know them: it stands in the open. */
export const loginName = z
  .string()
  .regex(/^[a-z][a-z0-9._-]{1,63}$/, 'lower-case letters, digits, dot, dash, underscore; 2 to 64');

const groupName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'the name of a group');
const mail = line.regex(/^[^\s@]+@[^\s@]+$/, 'a mail address').max(254);
const displayName = line.min(1).max(200);
const roles = z.array(z.enum(ROLES)).max(ROLES.length);
const groups = z.array(groupName).max(50);

/** Of a new person. */
export const newUser = z.strictObject({
  loginName,
  displayName,
  mail: mail.nullable().default(null),
  locale: z.enum(LOCALES).default('en'),
  roles: roles.default([]),
  groups: groups.default([]),
});

/** What is changed of a person; what is left out stays. */
export const userChange = z.strictObject({
  displayName: displayName.exactOptional(),
  mail: mail.nullable().exactOptional(),
  locale: z.enum(LOCALES).exactOptional(),
  roles: roles.exactOptional(),
  groups: groups.exactOptional(),
  isActive: z.boolean().exactOptional(),
});

/** A person. */
export const userRow = z.strictObject({
  userId: z.string(),
  loginName: z.string(),
  displayName: z.string(),
  mail: z.string().nullable(),
  locale: z.enum(LOCALES),
  roles: z.array(z.enum(ROLES)).readonly(),
  groups: z.array(z.string()).readonly(),
  isActive: z.boolean(),
  isDemo: z.boolean(),
  createdAt: z.string(),
});

/** A person in the list: with how they show who they are. */
export const listedUser = userRow.extend({
  /** They have a second factor here that counts. */
  hasFactor: z.boolean(),
  /** A provider of identities vouches for them, and asks for a second factor by its own rules. */
  isOfProvider: z.boolean(),
});

/** A session of a person, by an id that opens nothing. */
export const sessionRow = z.strictObject({
  sessionId: z.string(),
  startedAt: z.string(),
  seenAt: z.string(),
  expiresAt: z.string(),
});

/** An API token, without what it is made of. */
export const tokenRow = z.strictObject({
  tokenId: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)).readonly(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  /** Whether it opens anything still: neither revoked nor expired, and of its owner's present epoch. */
  isLive: z.boolean(),
});

/** Of a new token. `expiresAt`: a year from now at most. */
export const newToken = z.strictObject({
  name: line.min(1).max(100),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  expiresAt: z.iso.datetime({ offset: true }),
});

export type NewUser = z.output<typeof newUser>;
export type UserRow = z.infer<typeof userRow>;
export type ListedUser = z.infer<typeof listedUser>;
export type SessionRow = z.infer<typeof sessionRow>;
export type TokenRow = z.infer<typeof tokenRow>;
export type NewToken = z.output<typeof newToken>;
