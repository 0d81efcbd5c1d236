/** What is told of reports. Class: data. */
import { CHARTS, CLOCK_FIGURES, ELEMENT_FIGURES, FIGURES } from '../../contracts/report-names.js';
import {
  type ClockFigures,
  type ElementFigures,
  type InstanceFigures,
  report,
  reportElements,
  reportList,
} from '../../contracts/reports.js';
import { AN_INSTANCE_KEY } from '../camunda/examples.js';
import { CSV_ANSWER } from '../csv/send.js';
import { type About, answers, file } from '../openapi/about.js';
import { A_LATER_INSTANT, AN_INSTANT } from '../openapi/examples.js';
import {
  CHART_QUERY,
  ELEMENTS_QUERY,
  LIST_CSV_QUERY,
  LIST_QUERY,
  REPORT_QUERY,
} from '../reports/asking.js';

const FIGURE = { value: 12, filter: { processDefinitionId: 'support-ticket', state: 'COMPLETED' } };
const all = (names: readonly string[]): Record<string, typeof FIGURE> =>
  Object.fromEntries(names.map((name) => [name, FIGURE]));
const FIGURES_SHOWN = all(FIGURES) as unknown as InstanceFigures;
const ELEMENT_SHOWN = all(ELEMENT_FIGURES) as unknown as ElementFigures;
const CLOCK_SHOWN = all(CLOCK_FIGURES) as unknown as ClockFigures;
const NAMED = { processDefinitionId: 'support-ticket', name: 'Support ticket' };
const SPAN = { from: '2026-03-01', to: '2026-03-30', zone: 'America/Sao_Paulo', at: AN_INSTANT };
const PARAMS = { processId: 'Id of a process, as in its model.' };
const SAYS =
  'Each number comes with the filter of the search of process instances that lists the instances behind it. What each means: docs/reports.md.';

export const ABOUT = {
  reports: {
    summary: 'Lists processes with their figures',
    says: SAYS,
    query: LIST_QUERY,
    answers: answers(reportList, {
      ...{ ...SPAN, items: [{ ...NAMED, figures: FIGURES_SHOWN }], next: null },
    }),
    errors: [],
  },
  reportsCsv: {
    summary: 'Gets the figures of processes as CSV',
    says: 'It is in the audit.',
    query: LIST_CSV_QUERY,
    answers: CSV_ANSWER,
    errors: [],
  },
  report: {
    summary: 'Reports of a process: by period, by version, and what took longer than the rest',
    says: SAYS,
    params: PARAMS,
    query: REPORT_QUERY,
    answers: answers(report, {
      ...{ ...NAMED, ...SPAN, by: 'day', version: null, knownVersions: [2, 1] },
      totals: FIGURES_SHOWN,
      series: [
        { day: '2026-03-01', from: AN_INSTANT, to: A_LATER_INSTANT, figures: FIGURES_SHOWN },
      ],
      versions: [{ version: 2, figures: FIGURES_SHOWN }],
      clocks: [
        {
          ...{ metric: 'first_reply', totals: CLOCK_SHOWN },
          series: [{ day: '2026-03-01', figures: CLOCK_SHOWN }],
          versions: [{ version: 2, figures: CLOCK_SHOWN }],
        },
      ],
      outliers: {
        ...{ thresholdMs: 7_200_000, count: FIGURE },
        longest: [
          {
            ...{ processInstanceKey: AN_INSTANCE_KEY, version: 2, businessId: 'T-1042' },
            ...{ startDate: AN_INSTANT, endDate: A_LATER_INSTANT, durationMs: 9_000_000 },
          },
        ],
      },
    }),
    errors: ['NOT_FOUND'],
  },
  reportCsv: {
    summary: 'Gets the periods and versions of a report as CSV',
    says: 'Durations are in milliseconds. It is in the audit.',
    params: PARAMS,
    query: REPORT_QUERY,
    answers: CSV_ANSWER,
    errors: ['NOT_FOUND'],
  },
  reportElements: {
    summary: 'Counts what happened at the elements of a process',
    says: SAYS,
    params: PARAMS,
    query: ELEMENTS_QUERY,
    answers: answers(reportElements, {
      ...{ ...NAMED, ...SPAN, version: null },
      items: [
        {
          ...{ elementId: 'Task_Answer', elementName: 'Answer', kind: 'userTask' },
          ...{ figures: ELEMENT_SHOWN, versions: [{ version: 2, figures: ELEMENT_SHOWN }] },
        },
      ],
    }),
    errors: ['NOT_FOUND'],
  },
  reportElementsCsv: {
    summary: 'Gets what happened at the elements of a process as CSV',
    says: 'Durations are in milliseconds. It is in the audit.',
    params: PARAMS,
    query: ELEMENTS_QUERY,
    answers: CSV_ANSWER,
    errors: ['NOT_FOUND'],
  },
  reportChart: {
    summary: 'Draws a chart of a report as SVG',
    params: { ...PARAMS, chart: `One of ${CHARTS.join(', ')}.` },
    query: CHART_QUERY,
    answers: file('image/svg+xml', 'The chart'),
    errors: ['NOT_FOUND'],
  },
} satisfies Record<string, About>;
