/** Reports for the command line. Class: side effect (reads the store). */
import {
  MOST_PERIODS,
  type ReportDeps,
  type ReportFault,
  reportElementsOf,
  reportList,
  reportOf,
} from '../../reports/index.js';
import type { Store } from '../../store/index.js';
import { refusal } from './failure.js';
import type { Operations } from './parts.js';
import { findProcess } from './references.js';

/** Processes that are listed. */
const MOST_PROCESSES = 1000;

/** The operations. */
export const REPORT_READS: Operations<'getReports' | 'getReport'> = {
  getReports: async ({ store }, query) =>
    made(
      await reportList(
        depsOf(store),
        { ...query, by: 'day' },
        { limit: MOST_PROCESSES, after: null },
      ),
    ),
  getReport: async ({ store }, { key, ...query }) => {
    const { processId, version } = await findProcess(store, key);
    const asked = { ...query, ...(/:\d+$/.test(key) && { version }) };
    const deps = depsOf(store);
    return {
      report: made(await reportOf(deps, processId, asked)),
      elements: made(await reportElementsOf(deps, processId, asked)),
    };
  },
};

const depsOf = (store: Store): ReportDeps => ({
  store,
  at: new Date().toISOString(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** Errors: `CONTROL_REQUEST_INVALID`. */
function made<T extends object>(report: T | ReportFault): T {
  if (typeof report !== 'string') return report;
  const detail = `the days: it ends before it begins, or has more than ${MOST_PERIODS} periods; draw it --by week or month`;
  throw refusal('CONTROL_REQUEST_INVALID', { detail }, 2);
}
