/** The register of side effects by BPMN task type. A new one is one file and one line here. */
import type { ServiceTask } from '../contracts/job.js';
import { accessDeliverLink } from './access-deliver-link.js';
import { accessDiscover } from './access-discover.js';
import { accessExcept } from './access-except.js';
import { accessFreeze } from './access-freeze.js';
import { accessGrant } from './access-grant.js';
import { accessReport } from './access-report.js';
import { accessRestore } from './access-restore.js';
import { accessResume } from './access-resume.js';
import { accessDelete, accessRevoke } from './access-revoke.js';
import { accessSuspend } from './access-suspend.js';
import { accessSystems } from './access-systems.js';
import { accessTell } from './access-tell.js';
import { accessVerify } from './access-verify.js';
import { addressForget } from './address-forget.js';
import { addressKeep } from './address-keep.js';
import { backupExpiry } from './backup-expiry.js';
import { billingCloseAccount } from './billing-close-account.js';
import { billingOpenAccount } from './billing-open-account.js';
import { calendarInvite } from './calendar-invite.js';
import { calendarProposeSlots } from './calendar-propose-slots.js';
import { caseClose } from './case-close.js';
import { caseNote } from './case-note.js';
import { caseOpen } from './case-open.js';
import { certificateIssue } from './certificate-issue.js';
import { certificateSign } from './certificate-sign.js';
import { contactIdentify } from './contact-identify.js';
import { contactNext } from './contact-next.js';
import { contactRecord } from './contact-record.js';
import { contractSend } from './contract-send.js';
import { contractTerms } from './contract-terms.js';
import { creditNoteCreate } from './credit-note-create.js';
import { customerRead } from './customer-read.js';
import { customerRecord } from './customer-record.js';
import { customerSetState } from './customer-set-state.js';
import { customerWithdraw } from './customer-withdraw.js';
import { demandSend } from './demand-send.js';
import { disputeClose } from './dispute-close.js';
import { disputeOpen } from './dispute-open.js';
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
import { goalMeasure } from './goal-measure.js';
import { goalRecord } from './goal-record.js';
import { goalSettle } from './goal-settle.js';
import { holdCheck } from './hold-check.js';
import { holdPlace } from './hold-place.js';
import { holdRelease } from './hold-release.js';
import { httpRequest } from './http-request.js';
import { identityChallenge } from './identity-challenge.js';
import { identityVerify } from './identity-verify.js';
import { instancesEnd } from './instances-end.js';
import { interestCompute } from './interest-compute.js';
import { invoiceFinal } from './invoice-final.js';
import { invoiceIssue } from './invoice-issue.js';
import { journeysSuppress } from './journeys-suppress.js';
import { keyDestroy } from './key-destroy.js';
import { ledgerRead } from './ledger-read.js';
import { ledgerSweep } from './ledger-sweep.js';
import { licenceIssue } from './licence-issue.js';
import { licenceRevoke } from './licence-revoke.js';
import { lifecycleSetStage } from './lifecycle-set-stage.js';
import { lmsEnrol } from './lms-enrol.js';
import { lmsProgress } from './lms-progress.js';
import { mailSend, notify } from './mail-send.js';
import { meetingRecord } from './meeting-record.js';
import { orderDedupe } from './order-dedupe.js';
import { orderValidate } from './order-validate.js';
import { paymentAllocate } from './payment-allocate.js';
import { paymentRecord } from './payment-record.js';
import { paymentRetry } from './payment-retry.js';
import { paymentReverse } from './payment-reverse.js';
import { promiseMake } from './promise-make.js';
import { promiseSettle } from './promise-settle.js';
import { segmentRecord } from './segment-record.js';
import type { SideEffect, SideEffectDeps } from './side-effect.js';
import { tenantCreate } from './tenant-create.js';
import { tenantDelete } from './tenant-delete.js';
import { ticketAssign } from './ticket-assign.js';
import { ticketClose } from './ticket-close.js';
import { ticketJoin } from './ticket-join.js';
import { ticketOpen } from './ticket-open.js';
import { ticketRecord } from './ticket-record.js';
import { usageRead } from './usage-read.js';
import { usageRecord } from './usage-record.js';
import { writeoffPost } from './writeoff-post.js';

export type { SideEffectDeps } from './side-effect.js';

const ALL: readonly SideEffect[] = [
  accessDelete,
  accessDeliverLink,
  accessDiscover,
  accessExcept,
  accessFreeze,
  accessGrant,
  accessReport,
  accessRestore,
  accessResume,
  accessRevoke,
  accessSuspend,
  accessSystems,
  accessTell,
  accessVerify,
  addressForget,
  addressKeep,
  backupExpiry,
  billingCloseAccount,
  billingOpenAccount,
  calendarInvite,
  calendarProposeSlots,
  caseClose,
  caseNote,
  caseOpen,
  certificateIssue,
  certificateSign,
  contactIdentify,
  contactNext,
  contactRecord,
  contractSend,
  contractTerms,
  creditNoteCreate,
  customerRead,
  customerRecord,
  customerSetState,
  customerWithdraw,
  demandSend,
  disputeClose,
  disputeOpen,
  entitlementCreate,
  entitlementEnd,
  eraseDue,
  eraseExecute,
  erasePlan,
  eraseRequest,
  eraseSettle,
  eraseStatus,
  eraseVerify,
  exportBegin,
  exportClose,
  exportDownloads,
  exportExtract,
  exportLink,
  exportOpen,
  exportPackage,
  exportRecipients,
  goalMeasure,
  goalRecord,
  goalSettle,
  holdCheck,
  holdPlace,
  holdRelease,
  httpRequest,
  identityChallenge,
  identityVerify,
  instancesEnd,
  interestCompute,
  invoiceFinal,
  invoiceIssue,
  journeysSuppress,
  keyDestroy,
  ledgerRead,
  ledgerSweep,
  licenceIssue,
  licenceRevoke,
  lifecycleSetStage,
  lmsEnrol,
  lmsProgress,
  mailSend,
  meetingRecord,
  notify,
  orderDedupe,
  orderValidate,
  paymentAllocate,
  paymentRecord,
  paymentRetry,
  paymentReverse,
  promiseMake,
  promiseSettle,
  segmentRecord,
  tenantCreate,
  tenantDelete,
  ticketAssign,
  ticketClose,
  ticketJoin,
  ticketOpen,
  ticketRecord,
  usageRead,
  usageRecord,
  writeoffPost,
];

/** All side effects, in the order of their types. */
export const SIDE_EFFECTS: readonly SideEffect[] = ALL.toSorted((a, b) =>
  a.type < b.type ? -1 : 1,
);

/** The task types that are served here. */
export const SIDE_EFFECT_TYPES: readonly string[] = ALL.map(({ type }) => type);

/** Makes the service tasks by task type. */
export function createSideEffects(deps: SideEffectDeps): Readonly<Record<string, ServiceTask>> {
  return Object.fromEntries(ALL.map(({ type, create }) => [type, create(deps)]));
}
