/** The file that `JORNADA_SIGN_IN` names: the provider of identities by which people sign in. Class: pure. */
import { z } from 'zod';
import { loginName, ROLES } from '../../../contracts/identities.js';

const groupName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be the name of a group');

/** Where people are known, and what their groups there are here. */
export const SIGN_IN_FILE = z.strictObject({
  /** As its discovery document says it. Plain HTTP on this machine alone. */
  issuer: z
    .url()
    .refine(
      (url) => /^https:\/\//.test(url) || /^http:\/\/(localhost|127\.0\.0\.1)(:|\/|$)/.test(url),
      'must be https://…',
    ),
  clientId: z.string().min(1).max(300),
  /** Where its secret is. */
  clientSecret: z.union([
    z.strictObject({ env: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must name a variable') }),
    z.strictObject({ file: z.string().min(1) }),
  ]),
  /** What the button of the sign-in says. */
  title: z.string().min(1).max(80).default('Company account'),
  scopes: z.array(z.string().regex(/^\S{1,80}$/)).default(['openid', 'profile', 'email']),
  groupsClaim: z.string().min(1).max(200).default('groups'),
  loginNameClaim: z.string().min(1).max(200).default('preferred_username'),
  /** Roles and groups here, by the name of a group there. */
  groups: z.record(
    z.string().min(1).max(300),
    z.strictObject({
      roles: z.array(z.enum(ROLES)).default([]),
      groups: z.array(groupName).default([]),
    }),
  ),
  /** The admin who may still sign in by a password, when the provider is out of reach. */
  breakGlass: loginName,
});

/** It, read. */
export type SignInFile = z.output<typeof SIGN_IN_FILE>;

/** It, with its secret. */
export interface ProviderSettings extends Omit<SignInFile, 'clientSecret'> {
  readonly clientSecret: string;
}
