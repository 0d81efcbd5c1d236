/** The last chapter: the customer leaves, with its data, without its accesses, and is forgotten. Class: pure. */
import { answer, type Chapter, call, type Scene } from './chapter.js';

/** What the first mail that says it gives; null before it has come. */
function found({ mails }: Scene, pattern: RegExp): RegExpExecArray | null {
  for (const text of mails) {
    const match = pattern.exec(text);
    if (match) return match;
  }
  return null;
}

/** From the notice to the certificate. */
export const OFFBOARDING: Chapter = {
  processId: 'offboarding',
  title: 'The customer leaves',
  outcome: 'completed',
  begins: {
    by: 'cory',
    says: 'takes the notice: it costs too much',
    message: null,
    key: ({ customer }) => customer.customerId,
    variables: ({ customer: { customerId } }) => ({
      ...{ customerId, reasonCode: 'price', pace: 'demo' },
    }),
  },
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
    check: answer('sam', 'looks that it is gone', { checkResult: 'gone' }),
    'sign-completion': answer('sam', 'signs that every access is closed', {
      completionConfirmed: true,
    }),
    'approve-plan': answer('iris', 'approves the plan of the erasure', { decision: 'approve' }),
    'approve-again': answer('sam', 'approves it, too: four eyes', { decision: 'approve' }),
    'settle-processor': answer('lia', 'gets the word of a sub-processor', {
      decision: 'confirmed',
    }),
    sign: answer('ada', 'signs the certificate', { decision: 'sign' }),
    'check-case': answer('ada', 'checks the case file and accepts it', { caseVerdict: 'accept' }),
  },
  news: [
    {
      name: 'identity.answered',
      processId: 'data-export',
      by: 'customer',
      says: 'reads the code in the mail and answers with it',
      call: (scene) => {
        const code = found(scene, /^C(?:ode|ódigo): (?<code>[\d -]+)$/m)?.groups?.code;
        return code === undefined ? null : call(scene.variables.exportId, { code });
      },
    },
    {
      name: 'export.confirmed',
      processId: 'data-export',
      by: 'customer',
      says: 'fetches the package and finds it whole',
      call: (scene) => {
        const link = found(scene, /^https?:\S+\/export#\S+$/m)?.[0];
        const answered = call(scene.variables.exportId);
        return link === undefined || answered === null ? null : { ...answered, link };
      },
    },
  ],
};
