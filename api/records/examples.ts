/** Examples of cases and customers. Nobody here is anybody. Class: data. */
import type { CaseRow, WholeCase } from '../../contracts/cases.js';
import type { HoldRow, ListedCustomer, WholeCustomer } from '../../contracts/records.js';
import { A_LATER_INSTANT, AN_ID, AN_INSTANT } from '../openapi/examples.js';

export const A_CASE: CaseRow = {
  ...{ caseId: AN_ID, processId: 'offboarding', processName: 'Offboarding', version: 1 },
  ...{ state: 'COMPLETED', outcome: 'completed', businessKey: null },
  ...{ startedAt: AN_INSTANT, endedAt: A_LATER_INSTANT },
  customer: { customerId: AN_ID, legalName: null, isErased: true, certificateNumber: 1 },
};

export const A_WHOLE_CASE: WholeCase = {
  case: A_CASE,
  ...{ instances: [], steps: [], forms: [], evidence: [], exports: [], certificates: [] },
  ...{ definitions: [], acts: [], people: [] },
};

export const A_CUSTOMER: ListedCustomer = {
  ...{ customerId: AN_ID, isErased: false, legalName: 'Padaria Aurora Lda.', taxId: '501442600' },
  ...{ country: 'PT', tz: 'Europe/Lisbon', locale: 'pt-PT', stage: 'adoption', touch: 'mid' },
  ...{ maturity: 40, isStrategic: false, healthScore: 72, since: '2024-02-29', state: 'active' },
  ...{ createdAt: AN_INSTANT, updatedAt: AN_INSTANT, certificateNumber: null, erasure: null },
  plans: ['team'],
  debts: [{ currency: 'EUR', balanceMinor: 14_900, overdueMinor: 0 }],
  lookedAfterBy: { people: ['cory'], groups: ['south'] },
};

export const A_WHOLE_CUSTOMER: WholeCustomer = {
  customer: A_CUSTOMER,
  ...{ contacts: [], subscriptions: [], invoices: [], accesses: [], enrolments: [] },
  ...{ trainingCertificates: [], tickets: [], exports: [], certificates: [], holds: [] },
  ...{ erasures: [], suppressions: [] },
};

export const A_HOLD: HoldRow = {
  ...{ holdId: AN_ID, customerId: AN_ID, legalName: 'Padaria Aurora Lda.', records: ['all'] },
  ...{ reason: 'litigation, matter M-17', placedBy: 'lia', placedAt: AN_INSTANT },
  ...{ releasedBy: null, releasedAt: null },
};
