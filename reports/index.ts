/** Reports: what the store counts, put together with the filter behind each number; and drawn. */
export { type ChartLooks, type ChartOption, chartOf, elementsChart, seriesChart } from './chart.js';
export type { InstanceFilter } from './filters.js';
export { reportPage } from './html.js';
export { MOST_PERIODS } from './period.js';
export {
  type ReportDeps,
  type ReportFault,
  reportElementsOf,
  reportList,
  reportOf,
} from './report.js';
export { svgOf } from './svg.js';
export { durationText, figureText } from './text.js';
export { REPORT_WORDS, type ReportLocale, type ReportWord } from './words.js';
