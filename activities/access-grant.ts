/** `access.grant`: a contact may get in. One that was replaced under the same attempt may not any more. */
import type * as z from 'zod';
import { isContext } from '../engine/model/index.js';
import { createResources, killLinks, supersede } from '../store/registry/index.js';
import { newId } from './identifiers.js';
import { PLACE } from './provisioning/make.js';
import { CONTACT, once, sideEffect } from './side-effect.js';

const INPUT = PLACE.extend({ adminContact: CONTACT });

/** `access.grant`: → `{accessId, adminContact}`, whose `contactId` is given if it had none. */
export const accessGrant = sideEffect({
  type: 'access.grant',
  input: INPUT,
  run: async ({ customerId, attempt, adminContact }, job, deps) => {
    const { accessId, contactId } = await once(deps, job, 'access', { attempt }, async (tx) => {
      const granted = { accessId: newId(deps.now()), contactId: contactIdOf(adminContact, deps) };
      await supersede(tx, attempt, 'access');
      await killLinks(tx, { attempt });
      const detail = { role: adminContact.role ?? 'admin', contactId: granted.contactId };
      const { effectKey } = job;
      const kind = 'access' as const;
      const row = { resourceId: granted.accessId, kind, customerId, attempt, detail, effectKey };
      await createResources(tx, [row]);
      return granted;
    });
    const given = isContext(job.variables.adminContact) ? job.variables.adminContact : {};
    return { accessId, adminContact: { ...given, contactId } };
  },
});

const contactIdOf = (
  { contactId }: z.infer<typeof CONTACT>,
  { now }: { readonly now: () => number },
): string => contactId ?? newId(now());
