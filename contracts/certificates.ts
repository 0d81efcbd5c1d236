/** Certificates of deletion as operators see them: every field, so that what is shown can be checked. */
import * as z from 'zod';

/** A certificate in a list. */
export const certificateRow = z.object({
  certificateId: z.string(),
  number: z.number(),
  requestId: z.string(),
  customerId: z.string(),
  subjectPseudonym: z.string(),
  basis: z.string(),
  scope: z.json(),
  systems: z.json(),
  method: z.string(),
  toolVersion: z.string(),
  countsBefore: z.json(),
  countsAfter: z.json(),
  verification: z.json(),
  exceptions: z.json(),
  keysDestroyed: z.json(),
  backupHorizon: z.string(),
  executor: z.string(),
  verifier: z.string(),
  approvers: z.json(),
  startedAt: z.string(),
  endedAt: z.string(),
  previousHash: z.string().nullable(),
  signedBy: z.string(),
  signature: z.string(),
});

/** One that is looked at. `isSound`: its signature is of what it says, by the key that it names. */
export const wholeCertificate = z.object({
  certificate: certificateRow,
  /** SHA-256 of it in hex: what the log tells of it, and the next one names. */
  hash: z.string(),
  isSound: z.boolean(),
});

export type CertificateRow = z.infer<typeof certificateRow>;
