/** The register of side effects by BPMN task type. A new one is one file and one line here. */
import type { ServiceTask } from '../contracts/job.js';
import { accessDeliverLink } from './access-deliver-link.js';
import { accessDiscover } from './access-discover.js';
import { accessExcept } from './access-except.js';
import { accessFreeze } from './access-freeze.js';
import { accessGrant } from './access-grant.js';
import { accessReport } from './access-report.js';
import { accessRestore } from './access-restore.js';
import { accessDelete, accessRevoke } from './access-revoke.js';
import { accessSystems } from './access-systems.js';
import { accessTell } from './access-tell.js';
import { accessVerify } from './access-verify.js';
import { addressForget } from './address-forget.js';
import { addressKeep } from './address-keep.js';
import { backupExpiry } from './backup-expiry.js';
import { billingCloseAccount } from './billing-close-account.js';
import { billingOpenAccount } from './billing-open-account.js';
import { certificateSign } from './certificate-sign.js';
import { contactIdentify } from './contact-identify.js';
import { contractSend } from './contract-send.js';
import { entitlementCreate } from './entitlement-create.js';
import { entitlementEnd } from './entitlement-end.js';
import { eraseDue } from './erase-due.js';
import { eraseExecute } from './erase-execute.js';
import { erasePlan } from './erase-plan.js';
import { eraseRequest } from './erase-request.js';
import { eraseSettle } from './erase-settle.js';
import { eraseStatus } from './erase-status.js';
import { eraseVerify } from './erase-verify.js';
import { exportBegin } from './export-begin.js';
import { exportClose } from './export-close.js';
import { exportDownloads } from './export-downloads.js';
import { exportExtract } from './export-extract.js';
import { exportLink } from './export-link.js';
import { exportOpen } from './export-open.js';
import { exportPackage } from './export-package.js';
import { exportRecipients } from './export-recipients.js';
import { holdCheck } from './hold-check.js';
import { holdPlace } from './hold-place.js';
import { holdRelease } from './hold-release.js';
import { httpRequest } from './http-request.js';
import { identityChallenge } from './identity-challenge.js';
import { identityVerify } from './identity-verify.js';
import { instancesEnd } from './instances-end.js';
import { journeysSuppress } from './journeys-suppress.js';
import { keyDestroy } from './key-destroy.js';
import { licenceIssue } from './licence-issue.js';
import { licenceRevoke } from './licence-revoke.js';
import { mailSend, notify } from './mail-send.js';
import { orderDedupe } from './order-dedupe.js';
import { orderValidate } from './order-validate.js';
import type { SideEffect, SideEffectDeps } from './side-effect.js';
import { tenantCreate } from './tenant-create.js';
import { tenantDelete } from './tenant-delete.js';
import { ticketAssign } from './ticket-assign.js';
import { ticketClose } from './ticket-close.js';
import { ticketJoin } from './ticket-join.js';
import { ticketOpen } from './ticket-open.js';
import { ticketRecord } from './ticket-record.js';

export type { SideEffectDeps } from './side-effect.js';

const ALL: readonly SideEffect[] = [
  accessDelete,
  accessDeliverLink,
  accessDiscover,
  accessExcept,
  accessFreeze,
  accessReport,
  accessRestore,
  accessSystems,
  accessTell,
  accessVerify,
  accessGrant,
  accessRevoke,
  addressForget,
  addressKeep,
  backupExpiry,
  billingCloseAccount,
  billingOpenAccount,
  contactIdentify,
  certificateSign,
  contractSend,
  entitlementCreate,
  entitlementEnd,
  eraseDue,
  eraseExecute,
  erasePlan,
  eraseRequest,
  eraseSettle,
  eraseStatus,
  eraseVerify,
  holdCheck,
  holdPlace,
  holdRelease,
  httpRequest,
  instancesEnd,
  journeysSuppress,
  keyDestroy,
  exportBegin,
  exportClose,
  exportDownloads,
  exportExtract,
  exportLink,
  exportOpen,
  exportPackage,
  exportRecipients,
  identityChallenge,
  identityVerify,
  licenceIssue,
  licenceRevoke,
  mailSend,
  notify,
  orderDedupe,
  orderValidate,
  tenantCreate,
  tenantDelete,
  ticketAssign,
  ticketClose,
  ticketJoin,
  ticketOpen,
  ticketRecord,
];

/** The task types that are served here. */
export const SIDE_EFFECT_TYPES: readonly string[] = ALL.map(({ type }) => type);

/** Makes the service tasks by task type. */
export function createSideEffects(deps: SideEffectDeps): Readonly<Record<string, ServiceTask>> {
  return Object.fromEntries(ALL.map(({ type, create }) => [type, create(deps)]));
}
