/**
 * The instances of the demonstration, as data: which process, with which example of its package, for which customer of
 * the samples, and how far it is taken. They run at the normal pace, so that they stand still and wait for people.
 */
import type { Variables } from '../../engine/model/index.js';
import type { Chapter } from './chapter.js';
import { OFFBOARDING } from './offboarding.js';

/** What the demonstration does to an instance, once it stands there; a task without `as` is only waited for. */
export type SeedStep =
  | { readonly task: string; readonly as?: string; readonly variables?: Variables }
  | { readonly message: string; readonly variables: Variables };

/** One instance. */
export interface Seed {
  /** Business key: one instance of the process ever has it, whatever is killed meanwhile. */
  readonly key: string;
  readonly processId: string;
  /** Null: the plain start. */
  readonly startEvent: string | null;
  /** Below the folder of packages. */
  readonly example: string;
  /** Address of a contact of the samples; becomes `customerId`. */
  readonly customer?: string;
  /** What the customer owes before it begins, in minor units, and for how many days. */
  readonly owes?: { readonly minor: number; readonly currency: string; readonly daysLate: number };
  /** In order. The last one is where the instance rests. */
  readonly steps: readonly SeedStep[];
  /** Instead it is played to its end, at a quick pace. */
  readonly chapter?: Chapter;
}

/** By this name the demonstration acts, where it is nobody of the samples. */
export const DEMO_ACTOR = 'demo';

/** What the audit keeps beside everything that the demonstration does in the name of its people: they did none of it themselves. */
export const DEMONSTRATION = 'demonstration';

const ticket = (name: string, steps: readonly SeedStep[] = [{ task: 'triage' }]): Seed => ({
  key: `demo-${name}`,
  ...{ processId: 'support-ticket', startEvent: 'received' },
  ...{ example: `support-ticket/examples/${name}.json`, steps },
});

const offboarding = (name: string, customer: string): Seed => ({
  key: `demo-${name}`,
  ...{ processId: 'offboarding', startEvent: null, customer },
  ...{ example: 'offboarding/examples/notice.json', steps: [{ task: 'record-notice' }] },
});

const SIGNED = { version: 1, signer: 'Wiebke Harms', hash: '9f86d081' };
const TRIAGED = {
  ...{ decision: 'ticket', ticketType: 'problem', component: 'access' },
  ...{ impact: 'one user', urgency: 'hampered' },
};
const ASKED_BACK = {
  decision: 'wait',
  answer: 'Which browser is it, and since when? A picture of the white page would help us.',
};

/** All of them. */
export const SEEDS: readonly Seed[] = [
  {
    key: 'demo-deal',
    ...{ processId: 'onboarding', startEvent: 'deal-won' },
    ...{ example: 'onboarding/examples/deal.json', steps: [{ task: 'review-terms' }] },
  },
  {
    key: 'demo-standard-deal',
    ...{ processId: 'onboarding', startEvent: 'deal-won' },
    example: 'onboarding/examples/standard-deal.json',
    steps: [
      { message: 'contract.signed', variables: SIGNED },
      { message: 'user.first-login', variables: {} },
      { task: 'check-setup' },
    ],
  },
  // A whole company that cannot work: its first reply is due in minutes.
  ticket('outage'),
  ticket('question'),
  ticket('invoice-copy'),
  // Answered with a question: it waits for the customer.
  ticket('login', [
    { task: 'triage', as: 'ana', variables: TRIAGED },
    { task: 'work', as: 'ana', variables: ASKED_BACK },
  ]),
  offboarding('notice', 'joerg@silberquell.example.com'),
  offboarding('second-notice', 'lucia@olivar.example.net'),
  {
    key: 'demo-overdue',
    ...{ processId: 'collections', startEvent: 'invoice-overdue' },
    ...{ example: 'collections/examples/overdue.json', customer: 'celia@tucunare.example.com' },
    owes: { minor: 39_800, currency: 'BRL', daysLate: 9 },
    // Its acts wait for the hours of the office.
    steps: [],
  },
  // Somebody who has left: a case file with its proofs, a certificate, and a record that is erased.
  {
    ...offboarding('farewell', 'helene@valmer.example.com'),
    ...{ steps: [], chapter: OFFBOARDING },
  },
];
