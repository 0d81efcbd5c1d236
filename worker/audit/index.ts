/** The audit log of an engine: kept, checked, exported. */
export { type AuditCare, type AuditPlaces, careForAudit, verifyAudit } from './care.js';
export { checkAuditLog, type KeptText } from './check.js';
export { type Exported, exportAuditLog } from './export.js';
export { AuditFailure, auditFailure } from './failure.js';
export { type AuditKeeper, type KeeperOptions, keepAuditLog } from './keeper.js';
export { openSigner, rotateKey } from './signing-keys.js';
export { bundleVerifier } from './verifier.js';
