/** Customers: searched, and one with all that the record has of it. Whoever looks at one stands in the audit. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  customerFilters,
  listedCustomer,
  lookedAfterBy,
  wholeCustomer,
} from '../../contracts/records.js';
import { searcherOf } from '../camunda/asking.js';
import { answerSearch } from '../camunda/search.js';
import { searchAnswer, searchBody } from '../camunda/wire-schemas.js';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers, sent } from '../openapi/about.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { casesOf } from '../records/cases.js';
import { wholeCustomerOf } from '../records/customer.js';
import { customersOf } from '../records/customers.js';
import { noteRead, recordsOf } from '../records/deps.js';
import { A_CASE, A_CUSTOMER, A_WHOLE_CUSTOMER } from '../records/examples.js';

const text = z.string().min(1).max(400);
const FIND = z
  .strictObject({
    name: text
      .optional()
      .describe('Any part of the name. Then there is one page, without cursors.'),
    mail: text.optional().describe('The whole address of a contact.'),
    taxId: text.optional().describe('The whole tax id.'),
    planId: text.optional().describe('They have it now.'),
    debt: z.enum(['open', 'overdue']).optional(),
    lookedAfterBy: text.optional().describe('The login name of who looks after them.'),
  })
  .default({});
const MEMBERS = z
  .array(text)
  .max(50)
  .transform((names) => [...new Set(names)]);
const PORTFOLIO = z.strictObject({
  people: MEMBERS.describe('Login names.'),
  groups: MEMBERS,
  reason: z.string().min(1).max(1000).nullable().default(null),
});
const OF_ALL = customersOf({ record: null as never, searchCustomers: null as never }, {}, '');
const CASES = casesOf({ record: null as never }, null);
const BODY = searchBody(OF_ALL).unwrap().extend({ find: FIND.optional() }).optional();
/** What is looked for besides fields; the rest is judged by the search. */
const WITH_FIND = z.looseObject({ find: FIND }).prefault({});
const ONE_PAGE = { totalItems: 1, hasMoreTotalItems: false, startCursor: null, endCursor: null };

const ABOUT = {
  searchCustomers: {
    summary: 'Searches customers',
    says: 'Newest first. `filter` goes by what stands in the open, `find` by what is sealed or stands in other rows.',
    body: sent(BODY, { filter: { country: 'PT' }, find: { debt: 'overdue' } }),
    answers: answers(searchAnswer(listedCustomer), {
      items: [A_CUSTOMER as never],
      page: ONE_PAGE,
    }),
  },
  customerFilters: {
    summary: 'Tells by which plans and stages customers may be filtered',
    says: 'Plans are those that there are, by their size; stages those of the customers whom the caller sees.',
    answers: answers(customerFilters, {
      plans: [{ planId: 'team', name: 'Team' }],
      stages: ['activation', 'onboarding'],
    }),
  },
  getCustomer: {
    summary: 'Gets a customer with all that the record has of it',
    says: 'Of an erased one what the law has kept, and the number of its certificate. The audit tells who looked at it.',
    answers: answers(wholeCustomer, A_WHOLE_CUSTOMER),
  },
  setPortfolio: {
    summary: 'Says who looks after a customer',
    says: 'Nobody else does from then on. A csm sees the customers that they or a group of theirs look after, and those for whom they have something to do.',
    body: sent(PORTFOLIO, { people: ['cory'], groups: ['south'], reason: null }),
    answers: answers(lookedAfterBy, { people: ['cory'], groups: ['south'] }),
    errors: ['NOT_FOUND', 'PORTFOLIO_PERSON_UNKNOWN'],
  },
  searchCustomerCases: {
    summary: 'Searches the processes of a customer, past and present',
    body: sent(searchBody(CASES), { page: { limit: 20 } }),
    answers: answers(searchAnswer(CASES.row), { items: [A_CASE as never], page: ONE_PAGE }),
  },
} satisfies Record<string, About>;

/** A search that names many ids. */
const MOST_BODY = 16 * 1024;

/** Adds them. */
export function addCustomers(app: FastifyInstance, state: AppState): void {
  const today = (): string => new Date(depsOf(state).identities.now()).toISOString().slice(0, 10);
  addRoute(
    app,
    'searchCustomers',
    ABOUT.searchCustomers,
    (request) => {
      const deps = recordsOf(state, request);
      const { find, ...body } = inputOf(WITH_FIND, request.body ?? undefined);
      const searched = customersOf(deps, defined(find), today());
      return answerSearch(deps.store, searched, searcherOf(request, deps), body);
    },
    { bodyLimit: MOST_BODY },
  );
  addRoute(app, 'customerFilters', ABOUT.customerFilters, async (request) => {
    const filters = await recordsOf(state, request).record.filters();
    return answerOf(customerFilters, filters as z.input<typeof customerFilters>);
  });
  addRoute(app, 'getCustomer', ABOUT.getCustomer, async (request) => {
    const customerId = idIn(request, 'customerId');
    const whole = await wholeCustomerOf(recordsOf(state, request), customerId, today());
    if (!whole) throw new Problem('NOT_FOUND');
    await noteRead(state, request, 'viewCustomer', `customer:${customerId}`);
    return answerOf(wholeCustomer, whole as z.input<typeof wholeCustomer>);
  });
  addRoute(app, 'setPortfolio', ABOUT.setPortfolio, async (request) => {
    const customerId = idIn(request, 'customerId');
    const { reason, ...members } = inputOf(PORTFOLIO, request.body);
    const { portfolios } = recordsOf(state, request).store;
    const by = { ...byOf(request, depsOf(state).identities), reason };
    if (!(await portfolios.set(customerId, members, by))) throw new Problem('NOT_FOUND');
    const [now] = await portfolios.of([customerId]);
    return answerOf(lookedAfterBy, now as z.input<typeof lookedAfterBy>);
  });
  addRoute(
    app,
    'searchCustomerCases',
    ABOUT.searchCustomerCases,
    async (request) => {
      const deps = recordsOf(state, request);
      const { store } = deps;
      const customerId = await customerIn(request);
      const searched = casesOf(deps, customerId);
      return answerSearch(store, searched, searcherOf(request, deps), request.body);
    },
    { bodyLimit: MOST_BODY },
  );

  async function customerIn(request: FastifyRequest): Promise<string> {
    const customerId = idIn(request, 'customerId');
    const found = await recordsOf(state, request).store.customerKeys.of(customerId);
    if (!found) throw new Problem('NOT_FOUND');
    return customerId;
  }
}

/** What was given, without what was left out. */
const defined = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
