/** Every thing of the customer record. */
import { ACCESS_EVIDENCE } from './access-evidence.js';
import { ACCESS_GRANT } from './access-grant.js';
import { CONTACT } from './contact.js';
import { CUSTOMER } from './customer.js';
import { DELETION_CERTIFICATE } from './deletion-certificate.js';
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
import { SUBSCRIPTION } from './subscription.js';
import { SUPPRESSION } from './suppression.js';
import { TICKET } from './ticket.js';
import { TICKET_EVENT } from './ticket-event.js';
import { TICKET_MESSAGE } from './ticket-message.js';
import { TRAINING_CERTIFICATE } from './training-certificate.js';
import { USAGE_EVENT } from './usage-event.js';

export {
  ACCESS_EVIDENCE,
  ACCESS_GRANT,
  CONTACT,
  CUSTOMER,
  DELETION_CERTIFICATE,
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
  SUBSCRIPTION,
  SUPPRESSION,
  TICKET,
  TICKET_EVENT,
  TICKET_MESSAGE,
  TRAINING_CERTIFICATE,
  USAGE_EVENT,
};

/** All of them, in the order in which they are documented. */
export const ENTITIES = [
  CUSTOMER,
  CONTACT,
  SUBSCRIPTION,
  INVOICE,
  PAYMENT,
  PAYMENT_ALLOCATION,
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
  EXPORT,
  ERASURE_REQUEST,
  ERASURE_LEDGER,
  DELETION_CERTIFICATE,
  LEGAL_HOLD,
  SUPPRESSION,
] as const;
