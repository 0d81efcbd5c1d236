/** Accesses in the customer record: whose they are, what was seen of them, and what shows it. Class: side effect. */
import { createHash } from 'node:crypto';
import type { Json } from '../../engine/model/index.js';
import {
  ACCESS_EVIDENCE,
  ACCESS_GRANT,
  CONTACT,
  CUSTOMER,
  type RecordTables,
  type RowOf,
} from '../../store/index.js';
import { final } from '../failures.js';
import { newId } from '../identifiers.js';
import type { Access, Whose } from '../systems/connector.js';

/** An access of the record that is not erased, with the version of its row. */
export type Grant = RowOf<typeof ACCESS_GRANT> & { readonly version: number };

/** Whose accesses; a null contact means all of the customer's. */
export interface Owner {
  readonly customerId: string;
  readonly contactId: string | null;
}

const isOwned = (contactId: string | null, wanted: string | null): boolean =>
  wanted === null || contactId === wanted;

/** Accesses of a customer or a contact in one system, or in all, revoked ones too. */
export async function grantsOf(
  record: RecordTables,
  { customerId, contactId }: Owner,
  system?: string,
): Promise<readonly Grant[]> {
  const rows = await record.table(ACCESS_GRANT).of([customerId]);
  return rows.flatMap((row) => {
    if (row.isErased) return [];
    const isWanted = system === undefined || row.system === system;
    return isWanted && isOwned(row.contactId, contactId) ? [row] : [];
  });
}

/** One access. Errors: `ACCESS_GRANT_UNKNOWN`. */
export async function grantOf(
  record: RecordTables,
  customerId: string,
  grantId: string,
): Promise<Grant> {
  const row = await record.table(ACCESS_GRANT).get(grantId);
  if (row && !row.isErased && row.customerId === customerId) return row;
  throw final('ACCESS_GRANT_UNKNOWN', { grant: grantId, customer: customerId });
}

/** An access as connectors know it. Class: pure. */
export const accessOf = ({ grantId, customerId, contactId, kind, externalId }: Grant): Access => ({
  grantId,
  customerId,
  contactId,
  kind,
  externalId,
});

/** A contact that is not erased. */
export interface KnownContact {
  readonly contactId: string;
  readonly name: string;
  readonly mail: string;
  readonly locale: string | null;
  readonly isPrimary: boolean;
}

/** The contacts of a customer, or the one that is meant. */
export async function contactsOf(
  record: RecordTables,
  { customerId, contactId }: Owner,
): Promise<readonly KnownContact[]> {
  const rows = await record.table(CONTACT).of([customerId]);
  return rows.flatMap((row) => (row.isErased || !isOwned(row.contactId, contactId) ? [] : [row]));
}

/**
 * That there is somebody to look for: of a misspelt customer nothing would be found, and that would look like proof.
 * Errors: `CUSTOMER_UNKNOWN`, `CUSTOMER_ERASED`, `ACCESS_CONTACT_UNKNOWN`.
 */
export async function checkOwner(record: RecordTables, owner: Owner): Promise<void> {
  const { customerId: customer, contactId: contact } = owner;
  const row = await record.table(CUSTOMER).get(customer);
  if (!row) throw final('CUSTOMER_UNKNOWN', { customer });
  if (row.isErased) throw final('CUSTOMER_ERASED', { customer });
  if (contact === null || (await contactsOf(record, owner)).length > 0) return;
  if ((await grantsOf(record, owner)).length > 0) return;
  throw final('ACCESS_CONTACT_UNKNOWN', { customer, contact });
}

/** What a connector is told to look for. */
export async function whoseOf(
  record: RecordTables,
  owner: Owner,
  system: string,
): Promise<Whose & { readonly rows: readonly Grant[] }> {
  const rows = await grantsOf(record, owner, system);
  return { ...owner, contacts: await contactsOf(record, owner), grants: rows.map(accessOf), rows };
}

/** What shows something. `content` is sealed; its hash is not. */
export interface NewEvidence {
  readonly customerId: string;
  readonly grantId: string | null;
  readonly system: string;
  readonly step: RowOf<typeof ACCESS_EVIDENCE>['step'];
  readonly result: string;
  readonly doneBy: string | null;
  readonly content: Json;
}

/** Adds it. @returns its id, and the SHA-256 of its content as JSON in hex */
export async function addEvidence(
  record: RecordTables,
  evidence: NewEvidence,
  nowMs: number,
): Promise<{ readonly evidenceId: string; readonly hash: string; readonly at: string }> {
  const evidenceId = newId(nowMs);
  const at = new Date(nowMs).toISOString();
  const hash = createHash('sha256').update(JSON.stringify(evidence.content)).digest('hex');
  await record.table(ACCESS_EVIDENCE).add([{ ...evidence, evidenceId, at, hash }]);
  return { evidenceId, hash, at };
}

/** A row of an access that is open. */
export const newGrant = (
  of: Pick<
    Grant,
    'customerId' | 'contactId' | 'system' | 'kind' | 'holder' | 'externalId' | 'grantedAt'
  >,
): RowOf<typeof ACCESS_GRANT> => ({
  ...of,
  grantId: newId(Date.parse(of.grantedAt)),
  secretHash: null,
  method: null,
  evidenceId: null,
  revokedAt: null,
  verifiedAt: null,
});
