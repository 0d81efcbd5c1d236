/** People are added and given links by which they set their own password: nobody else ever knows it. Class: side effect. */
import { randomUUID } from 'node:crypto';
import type { NewUser } from '../../contracts/identities.js';
import type { By, User } from '../../store/index.js';
import { Problem } from '../problem.js';
import type { IdentityDeps } from './deps.js';
import { passwordFault } from './password-rules.js';
import { newSecret } from './secrets.js';

/** A link that was just made. */
export interface PasswordLink {
  readonly url: string;
  readonly expiresAt: string;
}

type Making = Pick<IdentityDeps, 'people' | 'publicUrl'>;

/** Adds a person. Errors: `LOGIN_NAME_TAKEN`. */
export async function addUser(
  deps: Making,
  user: NewUser,
  by: By,
): Promise<{ readonly user: User; readonly link: PasswordLink }> {
  const added = await deps.people.add({ ...user, userId: randomUUID(), isDemo: false }, null, by);
  return { user: added, link: await makePasswordLink(deps, added.userId, by) };
}

/** Makes a link by which a person sets a password. */
export async function makePasswordLink(
  { people, publicUrl }: Making,
  userId: string,
  by: By,
): Promise<PasswordLink> {
  const { secret, tokenHash } = newSecret();
  const expiresAt = await people.addLink(userId, tokenHash, by);
  return { url: `${publicUrl}/password#${secret}`, expiresAt };
}

/** Makes the link by which the first admin comes to be. @returns null: there is an admin who can sign in */
export async function makeSetUpLink(
  { people, publicUrl }: Making,
  by: By,
): Promise<PasswordLink | null> {
  const { secret, tokenHash } = newSecret();
  const expiresAt = await people.addFirstLink(tokenHash, by);
  return expiresAt === null ? null : { url: `${publicUrl}/set-up#${secret}`, expiresAt };
}

/** Refuses a password that will not do. Errors: `PASSWORD_LENGTH`, `PASSWORD_COMMON`. Class: pure. */
export function refusePoor(password: string, loginName: string): void {
  const fault = passwordFault(password, loginName);
  if (fault) throw new Problem(fault);
}
