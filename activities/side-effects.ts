/** The register of side effects by BPMN task type. A new one is one file and one line here. */
import type { ServiceTask } from '../contracts/job.js';
import { accessDeliverLink } from './access-deliver-link.js';
import { accessGrant } from './access-grant.js';
import { accessRevoke } from './access-revoke.js';
import { billingCloseAccount } from './billing-close-account.js';
import { billingOpenAccount } from './billing-open-account.js';
import { contactIdentify } from './contact-identify.js';
import { contractSend } from './contract-send.js';
import { entitlementCreate } from './entitlement-create.js';
import { entitlementEnd } from './entitlement-end.js';
import { httpRequest } from './http-request.js';
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
  accessDeliverLink,
  accessGrant,
  accessRevoke,
  billingCloseAccount,
  billingOpenAccount,
  contactIdentify,
  contractSend,
  entitlementCreate,
  entitlementEnd,
  httpRequest,
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
