/** People as somebody else's system provisions them: added, changed, removed. Class: side effect. */
import { randomUUID } from 'node:crypto';
import { type By, type Provisioned, StoreFailure } from '../../store/index.js';
import type { IdentityDeps } from '../identities/deps.js';
import { identityHash, loginNamesFrom } from '../identities/provider/mapping.js';
import { ScimRefusal, type WantedPerson } from './resource.js';

/** Adds somebody. Errors: `ScimRefusal` 409 when somebody is known by that name. */
export async function addProvisioned(
  deps: Pick<IdentityDeps, 'people' | 'provider'>,
  wanted: WantedPerson,
  by: By,
): Promise<Provisioned> {
  const { people, provider } = deps;
  const { names, isActive, ...person } = wanted;
  if ((await people.provisioned({ userName: names.userName })).length > 0) {
    throw new ScimRefusal(409, 'uniqueness', 'somebody has that userName');
  }
  const userId = randomUUID();
  const identity =
    provider && names.externalId !== null
      ? identityHash('person', provider.settings.issuer, names.externalId)
      : null;
  const [first] = await namedFirst(names.userName, userId, (loginName) =>
    people.addProvisioned({ ...person, userId, loginName, isDemo: false }, names, identity, by),
  );
  if (!isActive) await people.change(userId, { isActive }, by);
  return isActive && first ? first : one(await people.provisioned({ userId }));
}

/** Tries one login name after the other. */
async function namedFirst<T>(
  userName: string,
  userId: string,
  add: (loginName: string) => Promise<T>,
): Promise<readonly T[]> {
  for (const loginName of loginNamesFrom(userName, userId.slice(0, 8))) {
    try {
      return [await add(loginName)];
    } catch (error) {
      if (!(error instanceof StoreFailure && error.code === 'LOGIN_NAME_TAKEN')) throw error;
    }
  }
  throw new ScimRefusal(409, 'uniqueness', 'somebody has that userName or externalId');
}

/** Changes somebody to what is wanted. Errors: `LAST_ADMIN`; `ScimRefusal` 409. */
export async function changeProvisioned(
  { people }: Pick<IdentityDeps, 'people'>,
  { user, names: before }: Provisioned,
  { names, ...person }: WantedPerson,
  by: By,
): Promise<Provisioned> {
  // Whoever is the last admin stays, with all else as it was.
  await people.change(user.userId, person, by);
  if (JSON.stringify(before) !== JSON.stringify(names)) {
    await people.renameProvisioned(user.userId, names, by);
  }
  return one(await people.provisioned({ userId: user.userId }));
}

/** Removes somebody: they are disabled, and the other system's no more. Errors: `LAST_ADMIN`. */
export async function removeProvisioned(
  { people }: Pick<IdentityDeps, 'people'>,
  { user }: Provisioned,
  by: By,
): Promise<void> {
  await people.change(user.userId, { isActive: false }, by);
  await people.forgetProvisioned(user.userId, by);
}

/** The one that there is. Errors: `ScimRefusal` 404. */
export function one([found]: readonly Provisioned[]): Provisioned {
  if (!found) throw new ScimRefusal(404, null, 'there is nobody of that id');
  return found;
}
