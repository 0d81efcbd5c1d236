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
import { INVOICE } from './invoice.js';
import { LEGAL_HOLD } from './legal-hold.js';
import { PAYMENT } from './payment.js';
import { PAYMENT_ALLOCATION } from './payment-allocation.js';
import { SUBSCRIPTION } from './subscription.js';
import { SUPPRESSION } from './suppression.js';
import { TICKET } from './ticket.js';
import { TICKET_EVENT } from './ticket-event.js';
import { TICKET_MESSAGE } from './ticket-message.js';
import { TICKET_SLA_ROW } from './ticket-sla-row.js';

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
  INVOICE,
  LEGAL_HOLD,
  PAYMENT,
  PAYMENT_ALLOCATION,
  SUBSCRIPTION,
  SUPPRESSION,
  TICKET,
  TICKET_EVENT,
  TICKET_MESSAGE,
  TICKET_SLA_ROW,
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
