/** The second chapter: somebody asks for help, waits too long, and is helped. Class: pure. */
import { answer, type Chapter } from './chapter.js';

/** From the first mail to the closed ticket, with a promise that is missed on the way. */
export const SUPPORT: Chapter = {
  processId: 'support-ticket',
  title: 'The customer asks for help',
  outcome: 'closed',
  begins: {
    by: null,
    says: 'writes a mail: the monthly report does not open',
    message: 'ticket.received',
    key: ({ customer: { customerId } }) => `demo ${customerId}`,
    variables: ({ customer: { customerId }, contact: { name, mail } }) => ({
      messageId: `demo ${customerId}`,
      channel: 'mail',
      from: { name, mail },
      subject: 'The monthly report does not open',
      body: 'Since this morning the monthly report ends with an error.',
      pace: 'demo',
    }),
  },
  answers: {
    triage: answer('eva', 'looks at what was asked', {
      decision: 'ticket',
      ticketType: 'problem',
      component: 'product',
      impact: 'team',
      urgency: 'hampered',
    }),
    'tell-customer': answer('lea', 'hears that nobody has answered in time, and says sorry', {
      decision: 'release',
      apology: 'We are late. Eva looks at your report now.',
    }),
    // Nobody answers before the promise is missed: that is what the chapter is to show.
    work: answer(
      'eva',
      'answers and solves it',
      {
        answer: 'The report opens again. Please try it, and tell us if it does not.',
        decision: 'solve',
      },
      'tell-customer',
    ),
    'write-article': answer('eva', 'writes down how it was solved', { articleRef: 'KB-17' }),
  },
  news: [],
};
