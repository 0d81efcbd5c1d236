/**
 * The ledger: what customers were billed, what they paid, what is still owed. It stands in the customer record, sealed
 * like everything there; arithmetic is in modules of its own.
 */
export { type Book, lockLedger, readLedger } from './book.js';
export {
  type CaseEnd,
  type CaseNote,
  closeCase,
  closeDispute,
  type Debtor,
  debtorOf,
  type Hold,
  holdOf,
  makePromise,
  noteCase,
  openCase,
  openDispute,
  settlePromise,
} from './cases.js';
export { type Charge, type ChargeTerms, chargesOf } from './charges.js';
export { type Balance, monthlyCharge, yearlyInterest } from './interest.js';
export {
  type Credit,
  creditInvoices,
  issueInvoice,
  type NewInvoice,
  type WritingOff,
  writeOff,
} from './invoices.js';
export {
  allocateRest,
  type NewPayment,
  type Posting,
  postPayment,
  reversePayment,
} from './payments.js';
export {
  invoicesOf,
  isOpen,
  type LedgerRows,
  lastDueDate,
  owedBy,
  paymentsOf,
  restOf,
  type Statement,
  type StatementLine,
  statementOf,
} from './statement.js';
export { type OverdueAccount, overdueAccounts } from './sweep.js';
