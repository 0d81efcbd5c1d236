/**
 * `access.grant`: a contact may get in; one that was replaced under the same attempt may not any more. Where systems are
 * connected for it, the contact gets an account there: each is written down before it is made.
 */
import type * as z from 'zod';
import { isContext } from '../engine/model/index.js';
import { ACCESS_GRANT, CUSTOMER, type RecordTables } from '../store/index.js';
import { createResources, killLinks, refuseFrozen, supersede } from '../store/registry/index.js';
import { grantOf, newGrant } from './access/record.js';
import { withdraw } from './access/withdraw.js';
import { newId } from './identifiers.js';
import { PLACE } from './provisioning/make.js';
import {
  CONTACT,
  type EffectOf,
  once,
  partOf,
  type SideEffectDeps,
  sideEffect,
} from './side-effect.js';
import { OWN_SYSTEM } from './systems/declaration.js';
import { connectorOfId, connectorsOf } from './systems/index.js';
import { accessIdIn } from './systems/local.js';

const INPUT = PLACE.extend({ adminContact: CONTACT });

/**
 * `access.grant`: → `{accessId, adminContact}`, whose `contactId` is given if it had none.
 * Errors: `ACCESS_FROZEN`, `PROVISIONING_BARRED`, those of the connectors.
 */
export const accessGrant = sideEffect({
  type: 'access.grant',
  describes: {
    title: 'Grant access',
    says: 'Lets the administrator of a new customer in.',
    output: {
      accessId: 'the access',
      adminContact: 'the administrator, with the id of the contact',
    },
  },
  input: INPUT,
  run: async ({ customerId, attempt, adminContact }, job, deps) => {
    const granted = await once(deps, job, 'access', { attempt }, async (tx) => {
      const made = { accessId: newId(deps.now()), contactId: contactIdOf(adminContact, deps) };
      const superseded = await supersede(tx, attempt, 'access');
      await killLinks(tx, { attempt });
      const detail = { role: adminContact.role ?? 'admin', contactId: made.contactId };
      const { effectKey } = job;
      const kind = 'access' as const;
      const row = { resourceId: made.accessId, kind, customerId, attempt, detail, effectKey };
      await createResources(tx, [row]);
      const record = deps.record.within(tx);
      const accounts = await writeDown(record, customerId, made, deps);
      return { ...made, superseded: [...superseded], accounts };
    });
    const { accessId, contactId, superseded, accounts } = granted;
    const fresh = accounts.map(({ grantId }) => grantId);
    const ended = { customerId, accessIds: superseded, fresh };
    await withdraw(deps, partOf(job, 'superseded'), ended);
    const { name, mail } = adminContact;
    for (const account of accounts) {
      const holder = { customerId, contactId, name, mail };
      await makeAccount(deps, job, account, holder);
    }
    const given = isContext(job.variables.adminContact) ? job.variables.adminContact : {};
    return { accessId, adminContact: { ...given, contactId } };
  },
});

const contactIdOf = (
  { contactId }: z.infer<typeof CONTACT>,
  { now }: { readonly now: () => number },
): string => contactId ?? newId(now());

/** Rows of what is granted and of what is about to be. Nothing is made elsewhere for whom the record does not know. */
async function writeDown(
  record: RecordTables,
  customerId: string,
  { accessId, contactId }: { readonly accessId: string; readonly contactId: string },
  deps: SideEffectDeps,
): Promise<{ grantId: string; system: string }[]> {
  if (!(await record.table(CUSTOMER).get(customerId))) return [];
  const grantedAt = new Date(deps.now()).toISOString();
  const of = { customerId, contactId, kind: 'account', holder: 'contact' as const, grantedAt };
  const own = newGrant({ ...of, system: OWN_SYSTEM, externalId: accessIdIn(accessId) });
  const elsewhere = connectorsOf(deps)
    .filter(({ grants }) => grants)
    // until the system has given its own id, the contact's stands for it
    .map(({ system }) => newGrant({ ...of, system, externalId: contactId }));
  await record.table(ACCESS_GRANT).add([own, ...elsewhere]);
  return elsewhere.map(({ grantId, system }) => ({ grantId, system }));
}

async function makeAccount(
  deps: SideEffectDeps,
  job: EffectOf,
  { grantId, system }: { readonly grantId: string; readonly system: string },
  holder: Parameters<ReturnType<typeof connectorOfId>['grant']>[0],
): Promise<void> {
  const effect = partOf(job, system);
  const { customerId, contactId } = holder;
  // frozen since it was written down: it is not made, and the row is there to be found; asked anew at each attempt
  await deps.erasure.reading((db) =>
    db.transaction((tx) => refuseFrozen(tx, customerId, contactId)),
  );
  const externalId = await connectorOfId(deps, system).grant(holder, effect);
  await once(deps, partOf(effect, 'id'), 'access.id', system, async (tx) => {
    const record = deps.record.within(tx);
    const { version } = await grantOf(record, customerId, grantId);
    await record.table(ACCESS_GRANT).change([grantId], version, { externalId });
    return null;
  });
}
