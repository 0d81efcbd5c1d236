/** What is done about people whom somebody else's system provisions: each act in the audit, in the transaction that carries it out. Class: side effect. */
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import { acting, type By, ofUser } from './acts.js';
import { insertIdentity } from './provider-links.js';
import {
  forgetProvisioned,
  listProvisioned,
  type Provisioned,
  type ProvisionedNames,
  putProvisioned,
  type WhichProvisioned,
} from './provisioned.js';
import { type AddedUser, insertUser, mayOf, sealContact } from './users.js';

/** People whom somebody else's system provisions. */
export interface ProvisioningActs {
  /** Whom somebody else's system provisions. */
  readonly provisioned: (which: WhichProvisioned) => Promise<readonly Provisioned[]>;
  /** Adds somebody whom it provisions. Errors: `LOGIN_NAME_TAKEN`. @param identityHash - at a provider of identities */
  readonly addProvisioned: (
    user: AddedUser,
    names: ProvisionedNames,
    identityHash: string | null,
    by: By,
  ) => Promise<Provisioned>;
  /** Changes what it knows somebody by. Errors: `LOGIN_NAME_TAKEN`. */
  readonly renameProvisioned: (userId: string, names: ProvisionedNames, by: By) => Promise<void>;
  /** It provisions them no more. */
  readonly forgetProvisioned: (userId: string, by: By) => Promise<void>;
}

/** Makes them. */
export function provisioningActs(db: Queryable, seals: Seals): ProvisioningActs {
  return {
    provisioned: (which) => listProvisioned(db, seals, which),
    addProvisioned: async (user, names, identityHash, by) => {
      const { userId } = user;
      const sealed = await sealContact(seals, userId, user);
      const told = { action: 'addUser', object: ofUser(userId), data: mayOf(user) };
      await acting(db, by, told, async (tx) => {
        await insertUser(tx, user, sealed);
        await putProvisioned(tx, seals, userId, names);
        if (identityHash !== null) await insertIdentity(tx, userId, identityHash);
      });
      const [added] = await listProvisioned(db, seals, { userId });
      if (!added) throw storeFailure('LOGIN_NAME_TAKEN', {});
      return added;
    },
    renameProvisioned: (userId, names, by) =>
      acting(db, by, { action: 'changeUser', object: ofUser(userId) }, (tx) =>
        putProvisioned(tx, seals, userId, names),
      ),
    forgetProvisioned: (userId, by) =>
      acting(db, by, { action: 'forgetProvisioned', object: ofUser(userId) }, (tx) =>
        forgetProvisioned(tx, userId),
      ),
  };
}
