/** What the side effects of accesses read. Class: pure. */
import * as z from 'zod';
import type { Owner } from './record.js';

/** Whose accesses: all of a customer's, or those of one contact. */
export const OWNER = z
  .object({
    customerId: z.string().min(1),
    scope: z.enum(['customer', 'contact']).default('customer'),
    contactId: z.string().min(1).nullish(),
  })
  .refine(({ scope, contactId }) => scope === 'customer' || Boolean(contactId), {
    path: ['contactId'],
    message: 'is needed where scope is contact',
  });

/** The owner that an input names. */
export const ownerOf = ({ customerId, scope, contactId }: z.infer<typeof OWNER>): Owner => ({
  customerId,
  contactId: scope === 'contact' ? (contactId ?? null) : null,
});

/**
 * One line of a list, as `access.discover` gives it: an access, or many of one sort (`batchId`). One that a person added
 * has neither id yet.
 */
export const ITEM = z.object({
  grantId: z.string().min(1).nullable(),
  batchId: z.string().min(1).nullish(),
  system: z.string().min(1).max(200),
  kind: z.string().min(1).max(100),
  label: z.string().max(500).nullish(),
});

/** One line of a list. */
export type Item = z.infer<typeof ITEM>;
