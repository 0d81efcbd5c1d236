/**
 * Legal holds and requests to erase. A hold is placed by the process `legal-hold`, which asks two people of legal before it
 * releases it: their tasks are in the inbox.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { erasureRow, holdRow } from '../../contracts/records.js';
import { searchHolds, searchRequests } from '../../store/erasure/index.js';
import { LEGAL_HOLD, type ReadRow } from '../../store/index.js';
import { askerOf, searcherOf } from '../camunda/asking.js';
import type { WireFields } from '../camunda/fields.js';
import { answerSearch, type Searched } from '../camunda/search.js';
import { searchAnswer, searchBody } from '../camunda/wire-schemas.js';
import type { AppState } from '../deps.js';
import { answerOf, inputOf } from '../input.js';
import { type About, answers, sent } from '../openapi/about.js';
import { AN_ID, AN_INSTANT } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { erasureOf, holdsOf } from '../records/customer.js';
import { type RecordsDeps, recordsOf } from '../records/deps.js';
import { A_HOLD } from '../records/examples.js';

type HoldId = { readonly holdId: string; readonly customerId: string };

const HOLD_FIELDS: WireFields = {
  holdId: { type: 'text', field: 'holdId' },
  customerId: { type: 'text', field: 'customerId' },
  placedBy: { type: 'text', field: 'placedBy' },
  placedAt: { type: 'instant', field: 'placedAt' },
  releasedAt: { type: 'instant', field: 'releasedAt' },
};

const holds = ({ record }: Pick<RecordsDeps, 'record'>): Searched<HoldId> => ({
  ...{ name: 'holds', fields: HOLD_FIELDS, row: holdRow },
  search: (store, query) => store.reading((db) => searchHolds(db, query)),
  shape: async (_store, rows) => {
    const table = record.table(LEGAL_HOLD);
    const opened = await Promise.all(rows.map(({ holdId }) => table.get(holdId)));
    return holdsOf(
      { record },
      opened.filter((one): one is ReadRow<typeof LEGAL_HOLD> => one !== null),
    );
  },
});

const ERASURES: Searched<Parameters<typeof erasureOf>[0]> = {
  ...{ name: 'erasures', row: erasureRow },
  fields: {
    requestId: { type: 'text', field: 'requestId' },
    customerId: { type: 'text', field: 'customerId' },
    basis: { type: 'text', field: 'basis' },
    state: { type: 'text', field: 'state' },
    createdAt: { type: 'instant', field: 'createdAt' },
  },
  search: (store, query) => store.reading((db) => searchRequests(db, query)),
  shape: async (_store, rows) => rows.map(erasureOf),
};

const line = z
  .string()
  .regex(/^\P{Cc}*$/u, 'no control characters')
  .min(1)
  .max(200);
const NEW_HOLD = z.strictObject({
  customerId: z.uuid(),
  records: z
    .array(line)
    .min(1)
    .max(100)
    .default(['all'])
    .describe('`all`, or tables of the record.'),
  ground: line,
  matterId: line.describe('Of whoever keeps the matter. No names.'),
});
const PLACED = z.strictObject({
  instanceId: z.string().describe('The process that places it, and asks before it is released.'),
});

const OF_ALL = holds({ record: null as never });
const ONE_PAGE = { totalItems: 1, hasMoreTotalItems: false, startCursor: null, endCursor: null };
const AN_ERASURE = {
  ...{ requestId: AN_ID, customerId: AN_ID, basis: 'contract_end', state: 'certified' },
  ...{ instanceId: AN_ID, country: 'PT', requestedBy: 'cora', blockedBy: null },
  ...{ verifiedAt: AN_INSTANT, keyDestroyedAt: AN_INSTANT, certificateId: AN_ID },
  ...{ dueDate: null, createdAt: AN_INSTANT },
};
const ABOUT = {
  searchHolds: {
    summary: 'Searches legal holds',
    says: 'Newest first; one whose `releasedAt` is null holds.',
    body: sent(searchBody(OF_ALL), { filter: { releasedAt: null } }),
    answers: answers(searchAnswer(OF_ALL.row), { items: [A_HOLD as never], page: ONE_PAGE }),
  },
  placeHold: {
    summary: 'Places a legal hold',
    says: 'The process `legal-hold` places it, reviews it, and has two people of legal release it.',
    body: sent(NEW_HOLD, { customerId: AN_ID, ground: 'litigation', matterId: 'M-17' }),
    answers: answers(PLACED, { instanceId: AN_ID }, 202),
    errors: ['NOT_FOUND', 'HOLD_PROCESS_MISSING'],
  },
  searchErasures: {
    summary: 'Searches requests to erase a customer',
    body: sent(searchBody(ERASURES), { filter: { state: 'open' } }),
    answers: answers(searchAnswer(ERASURES.row), { items: [AN_ERASURE as never], page: ONE_PAGE }),
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addHolds(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'searchHolds', ABOUT.searchHolds, (request) => {
    const deps = recordsOf(state, request);
    return answerSearch(deps.store, holds(deps), searcherOf(request, deps), request.body);
  });
  addRoute(app, 'searchErasures', ABOUT.searchErasures, (request) => {
    const deps = recordsOf(state, request);
    return answerSearch(deps.store, ERASURES, searcherOf(request, deps), request.body);
  });
  addRoute(app, 'placeHold', ABOUT.placeHold, async (request, reply) => {
    const { operate, store } = recordsOf(state, request);
    const { customerId, records, ground, matterId } = inputOf(NEW_HOLD, request.body);
    if (!(await store.customerKeys.of(customerId))) throw new Problem('NOT_FOUND');
    const asker = askerOf(request);
    const variables = { customerId, records, ground, matterId, requestedBy: asker.actor };
    const started = { version: null, elementId: null, businessKey: null, variables };
    const told = await operate('run', { processId: 'legal-hold', ...started }, asker);
    if (!told.ok) throw new Problem('HOLD_PROCESS_MISSING', { detail: told.message });
    return reply.code(202).send(answerOf(PLACED, { instanceId: told.output.instanceId }));
  });
}
