/** CSV of a search: the route beside it, with the same filter and order. One line for each search. */
import type { FastifyInstance } from 'fastify';
import type { Variables } from '../../engine/model/index.js';
import type { Store } from '../../store/index.js';
import { camundaOf, searcherOf } from '../camunda/asking.js';
import { ASKED, type Searched, type SearchOfVariables, wantedOf } from '../camunda/search.js';
import { searchBody } from '../camunda/wire-schemas.js';
import type { AppState } from '../deps.js';
import { inputOf } from '../input.js';
import { type About, sent } from '../openapi/about.js';
import type { RouteName } from '../permissions.js';
import { addRoute } from '../plugins/routes.js';
import { maskedRows } from '../values/index.js';
import type { CsvList } from './document.js';
import { CSV_ANSWER, sendCsv } from './send.js';

/** Filters are long where many keys are named. */
const MOST_BODY = 64 * 1024;

/** Adds the route. @param many - as `user tasks` */
export function addSearchCsv<Row>(
  app: FastifyInstance,
  state: AppState,
  route: RouteName,
  searched: Searched<Row>,
  many: string,
): void {
  const body = searchBody(searched).unwrap().omit({ page: true }).optional();
  const about: About = {
    summary: `Gets ${many} as CSV`,
    says: 'The filter and the order are those of the search. What would be a formula in a spreadsheet has an apostrophe in front. It is in the audit.',
    body: sent(body, { sort: [] }),
    answers: CSV_ANSWER,
    errors: searched.byVariables === undefined ? [] : ['FORBIDDEN'],
  };
  addRoute(
    app,
    route,
    about,
    async (request, reply) => {
      const { filter = {}, sort = [] } = inputOf(ASKED, request.body ?? undefined);
      const deps = camundaOf(state, request);
      const wanted = await wantedOf(deps.store, searched, searcherOf(request, deps), {
        ...{ filter, sort },
      });
      const asked = { filter, sort } as unknown as Variables;
      const shown = maskedRows<object>(state, request, searched.row);
      return sendCsv(state, request, reply, listOf(deps.store, searched, wanted, shown), asked);
    },
    { bodyLimit: MOST_BODY, carries: searched.row },
  );
}

const NOTHING = { rows: [], endCursor: null };

/** Rows as the search shows them. @param wanted - null: nothing fits; `shown`: rows as the caller may see them */
function listOf<Row>(
  store: Store,
  searched: Searched<Row>,
  wanted: SearchOfVariables | null,
  shown: (rows: readonly object[]) => Promise<readonly object[]>,
): CsvList {
  return {
    name: searched.name,
    columns: Object.keys(searched.row.shape),
    page: async (after, limit) => {
      if (wanted === null) return NOTHING;
      const { items, endCursor } = await searched.search(store, { ...wanted, after, limit });
      return { rows: await shown(await searched.shape(store, items)), endCursor };
    },
    hasMoreThan: async (rows) => {
      if (wanted === null) return false;
      const { items } = await searched.search(store, { ...wanted, from: rows, limit: 1 });
      return items.length > 0;
    },
  };
}
