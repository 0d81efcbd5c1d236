/** Every thing of the customer record. */
import { ACCESS_EVIDENCE } from './access-evidence.js';
import { ACCESS_GRANT } from './access-grant.js';
import { COLLECTION_CASE } from './collection-case.js';
import { CONTACT } from './contact.js';
import { CREDIT_NOTE } from './credit-note.js';
import { CUSTOMER } from './customer.js';
import { DELETION_CERTIFICATE } from './deletion-certificate.js';
import { DISPUTE } from './dispute.js';
import { ENROLMENT } from './enrolment.js';
import { ERASURE_LEDGER } from './erasure-ledger.js';
import { ERASURE_REQUEST } from './erasure-request.js';
import { EXPORT } from './export.js';
import { GOAL } from './goal.js';
import { INVOICE } from './invoice.js';
import { LEGAL_HOLD } from './legal-hold.js';
import { MEETING } from './meeting.js';
import { PAYMENT } from './payment.js';
import { PAYMENT_ALLOCATION } from './payment-allocation.js';
import { PROMISE } from './promise.js';
import { SUBSCRIPTION } from './subscription.js';
import { SUPPRESSION } from './suppression.js';
import { TICKET } from './ticket.js';
import { TICKET_EVENT } from './ticket-event.js';
import { TICKET_MESSAGE } from './ticket-message.js';
import { TICKET_SLA_ROW } from './ticket-sla-row.js';
import { TRAINING_CERTIFICATE } from './training-certificate.js';
import { USAGE_EVENT } from './usage-event.js';
import { WRITE_OFF } from './write-off.js';

export {
  ACCESS_EVIDENCE,
  ACCESS_GRANT,
  COLLECTION_CASE,
  CONTACT,
  CREDIT_NOTE,
  CUSTOMER,
  DELETION_CERTIFICATE,
  DISPUTE,
  ENROLMENT,
  ERASURE_LEDGER,
  ERASURE_REQUEST,
  EXPORT,
  GOAL,
  INVOICE,
  LEGAL_HOLD,
  MEETING,
  PAYMENT,
  PAYMENT_ALLOCATION,
  PROMISE,
  SUBSCRIPTION,
  SUPPRESSION,
  TICKET,
  TICKET_EVENT,
  TICKET_MESSAGE,
  TICKET_SLA_ROW,
  TRAINING_CERTIFICATE,
  USAGE_EVENT,
  WRITE_OFF,
};

/** All of them, in the order in which they are documented. */
export const ENTITIES = [
  CUSTOMER,
  CONTACT,
  SUBSCRIPTION,
  INVOICE,
  PAYMENT,
  PAYMENT_ALLOCATION,
  CREDIT_NOTE,
  COLLECTION_CASE,
  PROMISE,
  DISPUTE,
  WRITE_OFF,
  ACCESS_GRANT,
  ACCESS_EVIDENCE,
  ENROLMENT,
  TRAINING_CERTIFICATE,
  MEETING,
  USAGE_EVENT,
  GOAL,
  TICKET,
  TICKET_MESSAGE,
  TICKET_EVENT,
  TICKET_SLA_ROW,
  EXPORT,
  ERASURE_REQUEST,
  ERASURE_LEDGER,
  DELETION_CERTIFICATE,
  LEGAL_HOLD,
  SUPPRESSION,
] as const;
