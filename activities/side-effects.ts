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
import { accessVerify } from './access-verify.js';
import { billingCloseAccount } from './billing-close-account.js';
import { billingOpenAccount } from './billing-open-account.js';
import { caseClose } from './case-close.js';
import { caseNote } from './case-note.js';
import { caseOpen } from './case-open.js';
import { contractSend } from './contract-send.js';
import { creditNoteCreate } from './credit-note-create.js';
import { demandSend } from './demand-send.js';
import { disputeClose } from './dispute-close.js';
import { disputeOpen } from './dispute-open.js';
import { entitlementCreate } from './entitlement-create.js';
import { entitlementEnd } from './entitlement-end.js';
import { httpRequest } from './http-request.js';
import { interestCompute } from './interest-compute.js';
import { invoiceIssue } from './invoice-issue.js';
import { ledgerRead } from './ledger-read.js';
import { ledgerSweep } from './ledger-sweep.js';
import { licenceIssue } from './licence-issue.js';
import { licenceRevoke } from './licence-revoke.js';
import { mailSend, notify } from './mail-send.js';
import { orderDedupe } from './order-dedupe.js';
import { orderValidate } from './order-validate.js';
import { paymentAllocate } from './payment-allocate.js';
import { paymentRecord } from './payment-record.js';
import { paymentRetry } from './payment-retry.js';
import { paymentReverse } from './payment-reverse.js';
import { promiseMake } from './promise-make.js';
import { promiseSettle } from './promise-settle.js';
import type { SideEffect, SideEffectDeps } from './side-effect.js';
import { tenantCreate } from './tenant-create.js';
import { tenantDelete } from './tenant-delete.js';
import { writeoffPost } from './writeoff-post.js';

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
  accessVerify,
  accessGrant,
  accessResume,
  accessRevoke,
  accessSuspend,
  billingCloseAccount,
  billingOpenAccount,
  caseClose,
  caseNote,
  caseOpen,
  contractSend,
  creditNoteCreate,
  demandSend,
  disputeClose,
  disputeOpen,
  entitlementCreate,
  entitlementEnd,
  httpRequest,
  interestCompute,
  invoiceIssue,
  ledgerRead,
  ledgerSweep,
  licenceIssue,
  licenceRevoke,
  mailSend,
  notify,
  orderDedupe,
  orderValidate,
  paymentAllocate,
  paymentRecord,
  paymentRetry,
  paymentReverse,
  promiseMake,
  promiseSettle,
  tenantCreate,
  tenantDelete,
  writeoffPost,
];

/** The task types that are served here. */
export const SIDE_EFFECT_TYPES: readonly string[] = ALL.map(({ type }) => type);

/** Makes the service tasks by task type. */
export function createSideEffects(deps: SideEffectDeps): Readonly<Record<string, ServiceTask>> {
  return Object.fromEntries(ALL.map(({ type, create }) => [type, create(deps)]));
}
