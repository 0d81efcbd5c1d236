/** The first chapter: a customer of the list buys, is set up, welcomed, trained, and reaches a first goal. Class: pure. */
import { addDays, dayOf } from '../../contracts/days.js';
import { answer, type Chapter, call, type Hero, type News, type Scene, textAt } from './chapter.js';

const domainOf = ({ contact }: Hero): string => contact.mail.split('@')[1] ?? '';

/** Who pays and signs. */
const signerOf = (hero: Hero) => ({
  ...{ name: 'Caio Reis', mail: `caio.reis@${domainOf(hero)}` },
  locale: hero.customer.locale,
});

/** Who wants the result. */
const sponsorOf = (hero: Hero) => ({
  ...{ name: 'Ana Lobo', mail: `ana.lobo@${domainOf(hero)}` },
  locale: 'en',
});

/** A number that no order of before has. */
const orderOf = ({ customer }: Hero): string => `DEMO-${customer.customerId.slice(-8)}`;

const contactOf = ({ contacts }: Scene, mail: string): string | null =>
  contacts.find((one) => one.mail === mail)?.contactId ?? null;

/** The day after tomorrow in summer and winter alike: in the office hours of Europe and Brazil. */
function slot(): { readonly start: string; readonly end: string } {
  const day = addDays(dayOf(Date.now()), 2);
  return { start: `${day}T13:00:00.000Z`, end: `${day}T14:00:00.000Z` };
}

const used = (name: string, says: string): News => ({
  by: 'Ana',
  name: 'product.event',
  processId: 'quick-wins-goal',
  says,
  call: (scene: Scene) => {
    const contactId = contactOf(scene, sponsorOf(scene).mail);
    const isKnown = contactId !== null && textAt(scene.variables.goal, 'goalId') !== null;
    const { customerId } = scene.customer;
    const eventId = `${name} ${orderOf(scene)}`;
    return isKnown
      ? call(customerId, { name, eventId, contactId, at: new Date().toISOString() })
      : null;
  },
});

/** From the deal to the activated customer. */
export const ONBOARDING: Chapter = {
  processId: 'onboarding',
  title: 'The customer buys',
  outcome: 'activated',
  begins: {
    by: 'tess',
    says: 'wins the deal, and the CRM says so',
    message: 'deal.won',
    key: orderOf,
    variables: (hero) => {
      const { legalName, taxId, country, tz, locale } = hero.customer;
      return {
        order: {
          orderId: orderOf(hero),
          ...{ legalName, taxId, country, tz, locale },
          ...{ planId: 'enterprise', seats: 2, users: [] },
          billingContact: signerOf(hero),
          adminContact: { ...hero.contact },
          ...{ dpaVersion: '2025-1', terms: 'standard', source: 'sale' },
          value: { minor: 1_200_000, currency: country === 'BR' ? 'BRL' : 'EUR' },
        },
        sponsor: sponsorOf(hero),
        pace: 'demo',
      };
    },
  },
  answers: {
    'new-or-same': answer(
      'tess',
      'sees by the tax id that it is the customer of the list',
      ({ customer: { customerId } }) => ({ decision: 'same', sameCustomerId: customerId }),
    ),
    'check-setup': answer('pat', 'goes through the set-up with the customer', {
      setupConfirmed: true,
    }),
    'held-notes': answer('cory', 'holds the kick-off and notes the goals', {
      decision: 'held',
      goalsText: 'First process live',
    }),
    'name-learners': answer(
      'cory',
      'takes down which two people the customer wants to learn',
      (scene) => ({
        learnerIds: [
          contactOf(scene, scene.contact.mail) ?? '',
          contactOf(scene, sponsorOf(scene).mail) ?? '',
        ],
      }),
    ),
    'agree-goals': answer('cory', 'agrees on a goal with the customer', {
      goals: [
        {
          ...{ metric: 'process.live', unit: '', baseline: 0, target: 1 },
          dueDate: '2030-01-01',
        },
      ],
    }),
    'confirm-goals': answer('cory', 'takes down that the customer confirms the goal', {
      decision: 'confirm',
    }),
    'review-delay': answer('cory', 'looks at what is late', { delayNote: 'A busy machine' }),
    'review-with-lead': answer('lea', 'looks at what is late', { delayNote: 'A busy machine' }),
  },
  news: [
    {
      name: 'contract.signed',
      processId: 'signup',
      by: 'Caio',
      says: 'signs the contract',
      call: (scene) =>
        call(textAt(scene.variables.contract, 'contractId'), {
          ...{ version: 1, signer: signerOf(scene).name, hash: '9f86d081884c7d65' },
          signedAt: new Date().toISOString(),
        }),
    },
    {
      name: 'user.first-login',
      processId: 'signup',
      by: null,
      says: 'follows the link in the mail and logs in',
      call: ({ variables }) =>
        typeof variables.linkExpiresAt === 'string'
          ? call(textAt(variables.adminContact, 'contactId'))
          : null,
    },
    {
      name: 'product.event',
      processId: 'welcome',
      by: null,
      says: 'imports its data',
      call: (scene) =>
        call(scene.customer.customerId, {
          name: 'data.imported',
          eventId: `data.imported ${orderOf(scene)}`,
          contactId: contactOf(scene, scene.contact.mail),
        }),
    },
    {
      name: 'meeting.accepted',
      processId: 'welcome',
      by: 'Ana',
      says: 'accepts the invitation to the kick-off',
      call: ({ variables }) => call(variables.meetingId, { slot: slot(), sequence: 0 }),
    },
    {
      name: 'training.progress',
      processId: 'training-learner',
      by: 'a learner',
      says: 'finishes the course with 90 points',
      call: ({ variables }) => call(variables.enrolmentId, { pct: 100, score: 90 }),
    },
    used('report.delivered', 'gets its first report'),
    used('process.live', 'goes live with its first process'),
  ],
};
