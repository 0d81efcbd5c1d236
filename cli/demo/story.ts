/**
 * The demonstration as data: which processes one customer goes through, who does what on the way, and what the world
 * says meanwhile. Class: pure.
 */
import type { Json, Variables } from '../../engine/model/index.js';

/** What somebody does with a task, by its element. */
export interface Answer {
  readonly by: string;
  /** In words, with the name before it. */
  readonly says: string;
  readonly variables: Variables;
}

/** What comes from outside while an instance waits for it. */
export interface News {
  readonly name: string;
  /** Name of the process whose variable is the key of the message. */
  readonly processId: string;
  readonly keyVariable: string;
  /** What the mail says after which it comes; its groups become variables. */
  readonly mail: RegExp;
  readonly says: string;
}

/** Whom it is about. */
export interface Customer {
  readonly customerId: string;
  readonly contact: { readonly name: string; readonly mail: string };
}

/** One family: a process from its start to its end. */
export interface Chapter {
  readonly processId: string;
  readonly title: string;
  readonly variables: (customer: Customer) => Variables;
  /** By element, of the process and of all that it calls. Several: the first time, the second, … */
  readonly answers: Readonly<Record<string, Answer | readonly Answer[]>>;
  readonly news: readonly News[];
}

const answer = (
  by: string,
  says: string,
  variables: { readonly [name: string]: Json },
): Answer => ({
  by,
  says,
  variables,
});

/** The end of a relation, with all that it calls. */
const OFFBOARDING: Chapter = {
  processId: 'offboarding',
  title: 'The customer leaves',
  variables: ({ customerId }) => ({ customerId, reasonCode: 'price', pace: 'demo' }),
  answers: {
    'record-notice': answer('cory', 'verifies the signatory and records the notice', {
      verifiedBy: 'login',
      reasonCode: 'price',
      offerAllowed: 'yes',
      noticeDecision: 'record',
    }),
    'save-play': answer('cory', 'makes an offer; the customer leaves all the same', {
      saveResult: 'lost',
      saveOffer: 'discount',
    }),
    'terminate-agreements': answer('lia', 'ends the agreements', {
      agreements: ['contract', 'nda', 'dpa', 'sub-processors'],
      documents: ['our-documents'],
      agreementsRef: 'F-2026-17',
    }),
    'return-documents': answer('lia', 'gets our documents back', {
      handled: 'returned',
      receiptRef: 'R-2026-17',
    }),
    'settle-export': answer('iris', 'settles the export', {
      exportDecision: 'go-on',
      exportReason: 'has-it',
    }),
    vouch: answer('iris', 'confirms who asks for the data', {
      decision: 'proven',
      vouchNote: 'Called back on the number that was known',
    }),
    scope: answer('iris', 'approves the scope of the export', {
      decision: 'approve',
      chosenSystems: ['record', 'history', 'set-up'],
    }),
    'confirm-list': answer('sam', 'confirms the list of accesses', { keep: [], addedText: '' }),
    'by-hand': answer('pat', 'closes an access by hand', {
      handResult: 'revoked',
      handNote: 'Account closed in the console',
    }),
    check: answer('rui', 'looks that it is gone', { checkResult: 'gone' }),
    'sign-completion': answer('sam', 'signs that every access is closed', {
      completionConfirmed: true,
    }),
    'approve-plan': answer('iris', 'approves the plan of the erasure', { decision: 'approve' }),
    'approve-again': answer('sam', 'approves it, too: four eyes', { decision: 'approve' }),
    'settle-processor': answer('lia', 'gets the word of a sub-processor', {
      decision: 'confirmed',
    }),
    sign: answer('rui', 'signs the certificate', { decision: 'sign' }),
    'check-case': answer('ada', 'checks the case file and accepts it', { caseVerdict: 'accept' }),
  },
  news: [
    {
      name: 'identity.answered',
      processId: 'data-export',
      keyVariable: 'exportId',
      mail: /^C(?:ode|ódigo): (?<code>[\d -]+)$/m,
      says: 'the customer reads the code in the mail and answers with it',
    },
    {
      name: 'export.confirmed',
      processId: 'data-export',
      keyVariable: 'exportId',
      mail: /\/exports?[/#]/,
      says: 'the customer opens the package and finds it whole',
    },
  ],
};

/** The middle of a relation: somebody asks, and is answered. */
const SUPPORT: Chapter = {
  processId: 'support-ticket',
  title: 'The customer asks for help',
  variables: ({ customerId, contact }) => ({
    customerId,
    channel: 'mail',
    from: { ...contact },
    subject: 'The monthly report does not open',
    body: 'Since this morning the monthly report ends with an error.',
    pace: 'demo',
  }),
  answers: {
    'who-is-this': answer('eva', 'does not know who wrote', { decision: 'spam' }),
    triage: answer('eva', 'looks at what was asked', {
      decision: 'ticket',
      ticketType: 'problem',
      component: 'product',
      impact: 'team',
      urgency: 'hampered',
    }),
    work: answer('eva', 'answers and solves it', {
      answer: 'The report opens again. Please try it, and tell us if it does not.',
      decision: 'solve',
    }),
    'tell-customer': answer('eva', 'tells the customer how it stands', {}),
    'write-article': answer('eva', 'writes down how it was solved', { articleRef: 'KB-17' }),
  },
  news: [],
};

/** The chapters in their order. */
export const STORY: readonly Chapter[] = [SUPPORT, OFFBOARDING];
