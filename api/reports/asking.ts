/** What is asked of reports, and how the answer goes out. Class: side effect (reads). */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CHARTS } from '../../contracts/report-names.js';
import { reportQuery } from '../../contracts/reports.js';
import { MOST_PERIODS, type ReportDeps, type ReportFault } from '../../reports/index.js';
import { camundaOf } from '../camunda/asking.js';
import { invalid } from '../camunda/fields.js';
import { type AppState, depsOf } from '../deps.js';
import { Problem } from '../problem.js';

/** Processes that a page has. */
const PAGE = 50;

/** Behind `?`. */
export const LIST_QUERY = reportQuery.omit({ by: true, version: true }).extend({
  limit: z.coerce.number().int().min(1).max(100).default(PAGE),
  after: z.string().max(500).optional().describe('As `next` of the page before.'),
});
export const LIST_CSV_QUERY = LIST_QUERY.omit({ limit: true, after: true });
export const REPORT_QUERY = reportQuery;
export const ELEMENTS_QUERY = reportQuery.omit({ by: true });
export const CHART_QUERY = reportQuery.extend({
  locale: z.enum(['en', 'pt-BR']).default('en').describe('The language of words.'),
});
export const CHART_NAME = z.enum(CHARTS);

/** What reports lean on. */
export const reportsOf = (state: AppState, request: FastifyRequest): ReportDeps => ({
  store: camundaOf(state, request).store,
  at: new Date(depsOf(state).identities.now()).toISOString(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** The process of the address. */
export const processIn = ({ params }: FastifyRequest): string =>
  (params as { readonly processId?: string }).processId ?? '';

/** What was made of it, or why not. Errors: `NOT_FOUND`, `INPUT_INVALID`. */
export function made<T extends object>(report: T | ReportFault): T {
  if (typeof report !== 'string') return report;
  if (report === 'unknown') throw new Problem('NOT_FOUND');
  throw invalid(
    'from',
    `it is after \`to\`, or there are more than ${MOST_PERIODS} periods: choose weeks or months`,
  );
}
