/** Erasing a customer from the store. Every function works in the transaction, or on the database, that it is given. */
export {
  addressesBefore,
  forgetAddress,
  type KeptAddress,
  keepAddress,
  keptAddress,
  keyOfAddress,
} from './addresses.js';
export {
  type AuditSubject,
  auditNumbers,
  eraseAuditParts,
  openAuditNumbers,
} from './audit-parts.js';
export { certificatesOfInstances, searchCertificates } from './certificate-search.js';
export {
  addCertificate,
  type Certificate,
  type CertificateBody,
  type CertificateSigner,
  plainOf,
  readCertificates,
} from './certificates.js';
export {
  countProjections,
  countRegistry,
  effectsAmong,
  eraseProjections,
  eraseRegistry,
  instancesOf,
  openInstances,
} from './elsewhere.js';
export {
  areAllHeld,
  type Hold,
  type HoldSelector,
  isHeld,
  lockHolds,
  openHolds,
} from './holds.js';
export { type Kept, keptOf, unusedKeys } from './kept-keys.js';
export { addToLedger, type LedgerEntry, ledgerOf } from './ledger.js';
export { erasableTables, methodOf } from './methods.js';
export { makeProbe, openingProbe } from './probes.js';
export { reappearedCustomers } from './reappeared.js';
export { type Counts, countRecord, eraseTable, type RecordErasing } from './record.js';
export { searchHolds, searchRequests } from './record-search.js';
export {
  abandonedRequest,
  type HeldRow,
  heldRows,
  markGone,
  openCustomers,
  type RequestRow,
  requestsDue,
  requestsIn,
} from './requests.js';
export { detailResidue, namedResidue, type Residue, recordResidue } from './residue.js';
export { listsOf, suppress } from './suppressions.js';
