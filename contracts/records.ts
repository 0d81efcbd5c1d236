/** What the API tells of customers, holds, erasures and acts. Instants are ISO 8601 UTC; amounts in minor units. */
import { z } from 'zod';
import { certificateRow } from './certificates.js';
import { actRow, list } from './control-rows.js';
import { contactRow, customerRow, invoiceRow, subscriptionRow } from './customers.js';
import { exportRow } from './exports.js';
import { ticketRow } from './tickets.js';

const maybe = z.string().nullable();

/** What is owed in one currency. `overdueMinor`: of it, what was due before today. */
const debt = z.object({
  currency: z.string(),
  balanceMinor: z.number(),
  overdueMinor: z.number(),
});

/** A customer in a list. */
/** Who looks after a customer. */
export const lookedAfterBy = z.object({ people: list(z.string()), groups: list(z.string()) });

export const listedCustomer = customerRow.extend({
  /** Login names of people, and names of groups. */
  lookedAfterBy,
  /** Number of the certificate of deletion, of one that was erased. */
  certificateNumber: z.number().nullable(),
  /** When the key of one that was erased was destroyed, and the instance that saw to it: its case file has the certificate. */
  erasure: z.object({ at: z.string(), instanceId: z.string() }).nullable(),
  /** Plans of active subscriptions. */
  plans: list(z.string()),
  /** Empty: nothing, or it was erased. */
  debts: list(debt),
});

/** By what customers may be filtered: plans that there are, stages that those have who are seen. */
export const customerFilters = z.object({
  plans: list(z.object({ planId: z.string(), name: z.string() })),
  stages: list(z.string()),
});

/** What shows something of an access. */
const evidence = z.object({
  evidenceId: z.string(),
  step: z.string(),
  result: z.string(),
  doneBy: maybe,
  at: z.string(),
  hash: z.string(),
});

/** An access, and what shows that it was given and taken. */
const access = z.object({
  grantId: z.string(),
  system: z.string(),
  kind: z.string(),
  holder: z.string(),
  /** As the system calls it; null: it was erased. */
  externalId: maybe,
  method: maybe,
  grantedAt: z.string(),
  revokedAt: maybe,
  verifiedAt: maybe,
  evidence: list(evidence),
});

const enrolment = z.object({
  courseId: z.string(),
  runId: z.string(),
  contactId: z.string(),
  state: z.string(),
  progressPct: z.number().nullable(),
  deadline: maybe,
});

const trainingCertificate = z.object({
  certificateId: z.string(),
  contactId: z.string(),
  programId: z.string(),
  issuedAt: z.string(),
  expiresAt: maybe,
  state: z.string(),
});

/** A legal hold. Null texts: they were erased. */
export const holdRow = z.object({
  holdId: z.string(),
  customerId: z.string(),
  /** Null: the customer was erased. */
  legalName: maybe,
  records: list(z.string()).nullable(),
  reason: maybe,
  placedBy: z.string(),
  placedAt: z.string(),
  releasedBy: maybe,
  releasedAt: maybe,
});

/** A request to erase, and how far it is. */
export const erasureRow = z.object({
  requestId: z.string(),
  customerId: z.string(),
  basis: z.string(),
  state: z.string(),
  instanceId: z.string(),
  country: z.string(),
  requestedBy: z.string(),
  blockedBy: list(z.string()).nullable(),
  verifiedAt: maybe,
  keyDestroyedAt: maybe,
  certificateId: maybe,
  dueDate: maybe,
  createdAt: z.string(),
});

const suppression = z.object({
  list: z.string(),
  reason: z.string(),
  at: z.string(),
  until: maybe,
});

/** All that is known of a customer, but for its processes, which are paged. */
export const wholeCustomer = z.object({
  customer: listedCustomer,
  contacts: list(contactRow),
  subscriptions: list(subscriptionRow),
  invoices: list(invoiceRow),
  accesses: list(access),
  enrolments: list(enrolment),
  trainingCertificates: list(trainingCertificate),
  tickets: list(ticketRow),
  exports: list(exportRow),
  certificates: list(certificateRow),
  holds: list(holdRow),
  erasures: list(erasureRow),
  suppressions: list(suppression),
});

/** An act in a list. `actorName`: who stands behind the id, where it is somebody who signs in here. */
export const listedAct = actRow.extend({ actorName: maybe, sentence: z.string() });

export type ListedCustomer = z.infer<typeof listedCustomer>;
export type CustomerFilters = z.infer<typeof customerFilters>;
export type WholeCustomer = z.infer<typeof wholeCustomer>;
export type HoldRow = z.infer<typeof holdRow>;
export type ErasureRow = z.infer<typeof erasureRow>;
export type ListedAct = z.infer<typeof listedAct>;
