/** Reports of every process: figures, periods, the heat map, and all of it as CSV and SVG. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { report, reportElements, reportList } from '../../contracts/reports.js';
import {
  chartOf,
  reportList as listOf,
  reportElementsOf,
  reportOf,
  svgOf,
} from '../../reports/index.js';
import type { CsvList } from '../csv/document.js';
import { sendCsv } from '../csv/send.js';
import type { AppState } from '../deps.js';
import { answerOf, inputOf } from '../input.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import {
  CHART_NAME,
  CHART_QUERY,
  ELEMENTS_QUERY,
  LIST_CSV_QUERY,
  LIST_QUERY,
  made,
  processIn,
  REPORT_QUERY,
  reportsOf,
} from '../reports/asking.js';
import { elementRows, listRows, seriesRows } from '../reports/rows.js';
import { ABOUT } from './reports.about.js';

/** Processes that a file has at most. */
const MOST_PROCESSES = 1000;

/** Adds them. */
export function addReports(app: FastifyInstance, state: AppState): void {
  const csvOf = (request: FastifyRequest, reply: FastifyReply, list: CsvList) =>
    sendCsv(state, request, reply, list, { ...(request.query as Record<string, string>) });
  addRoute(app, 'reports', ABOUT.reports, async (request) => {
    const { limit, after = null, ...query } = inputOf(LIST_QUERY, request.query);
    const page = { limit, after };
    return answerOf(
      reportList,
      made(await listOf(reportsOf(state, request), { ...query, by: 'day' }, page)),
    );
  });
  addRoute(app, 'reportsCsv', ABOUT.reportsCsv, async (request, reply) => {
    const query = inputOf(LIST_CSV_QUERY, request.query);
    const page = { limit: MOST_PROCESSES, after: null };
    return csvOf(
      request,
      reply,
      listRows(made(await listOf(reportsOf(state, request), { ...query, by: 'day' }, page))),
    );
  });
  addRoute(app, 'report', ABOUT.report, async (request) => {
    const query = inputOf(REPORT_QUERY, request.query);
    return answerOf(
      report,
      made(await reportOf(reportsOf(state, request), processIn(request), query)),
    );
  });
  addRoute(app, 'reportCsv', ABOUT.reportCsv, async (request, reply) => {
    const query = inputOf(REPORT_QUERY, request.query);
    const found = made(await reportOf(reportsOf(state, request), processIn(request), query));
    return csvOf(request, reply, seriesRows(found));
  });
  addRoute(app, 'reportElements', ABOUT.reportElements, async (request) => {
    const query = { ...inputOf(ELEMENTS_QUERY, request.query), by: 'day' as const };
    const found = await reportElementsOf(reportsOf(state, request), processIn(request), query);
    return answerOf(reportElements, made(found));
  });
  addRoute(app, 'reportElementsCsv', ABOUT.reportElementsCsv, async (request, reply) => {
    const query = { ...inputOf(ELEMENTS_QUERY, request.query), by: 'day' as const };
    const found = await reportElementsOf(reportsOf(state, request), processIn(request), query);
    return csvOf(request, reply, elementRows(made(found)));
  });
  addRoute(app, 'reportChart', ABOUT.reportChart, async (request, reply) => {
    const { locale, ...query } = inputOf(CHART_QUERY, request.query);
    const { chart } = request.params as { readonly chart: string };
    const name = CHART_NAME.safeParse(chart);
    if (!name.success) throw new Problem('NOT_FOUND');
    const processId = processIn(request);
    const svg = svgOf(await drawn(reportsOf(state, request), processId, query, name.data, locale));
    return reply
      .code(200)
      .type('image/svg+xml')
      .header('content-disposition', `attachment; filename="report-${name.data}.svg"`)
      .send(svg);
  });
}

/** Only what the chart is of is counted. */
async function drawn(
  deps: ReturnType<typeof reportsOf>,
  processId: string,
  query: Parameters<typeof reportOf>[2],
  name: Parameters<typeof chartOf>[0],
  locale: 'en' | 'pt-BR',
) {
  const looks = { locale, isDark: false };
  if (name === 'elements') {
    const elements = made(await reportElementsOf(deps, processId, query));
    return chartOf(name, { report: { series: [] }, elements }, looks);
  }
  const found = made(await reportOf(deps, processId, query));
  return chartOf(name, { report: found, elements: { items: [] } }, looks);
}
