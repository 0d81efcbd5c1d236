/** Every thing of the customer record. */
import { ACCESS_GRANT } from './access-grant.js';
import { CONTACT } from './contact.js';
import { CUSTOMER } from './customer.js';
import { DELETION_CERTIFICATE } from './deletion-certificate.js';
import { ENROLMENT } from './enrolment.js';
import { EXPORT } from './export.js';
import { INVOICE } from './invoice.js';
import { LEGAL_HOLD } from './legal-hold.js';
import { PAYMENT } from './payment.js';
import { PAYMENT_ALLOCATION } from './payment-allocation.js';
import { SUBSCRIPTION } from './subscription.js';
import { TICKET } from './ticket.js';
import { TICKET_EVENT } from './ticket-event.js';
import { TICKET_MESSAGE } from './ticket-message.js';
import { TICKET_SLA_ROW } from './ticket-sla-row.js';

export {
  ACCESS_GRANT,
  CONTACT,
  CUSTOMER,
  DELETION_CERTIFICATE,
  ENROLMENT,
  EXPORT,
  INVOICE,
  LEGAL_HOLD,
  PAYMENT,
  PAYMENT_ALLOCATION,
  SUBSCRIPTION,
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
  ENROLMENT,
  TICKET,
  TICKET_MESSAGE,
  TICKET_EVENT,
  TICKET_SLA_ROW,
  EXPORT,
  DELETION_CERTIFICATE,
  LEGAL_HOLD,
] as const;
