/** What charts and printed reports say, in the languages of the app. Class: data. */

/** Languages. */
export type ReportLocale = 'en' | 'pt-BR';

const EN = {
  flow: 'Started, finished, in flight',
  durations: 'Durations of the completed',
  punctuality: 'On time and late',
  elements: 'Where instances came',
  started: 'Started',
  finished: 'Finished',
  completed: 'Completed',
  terminated: 'Terminated',
  inFlight: 'In flight',
  late: 'Late',
  onTime: 'On time',
  attainment: 'Dates kept',
  incidents: 'With incidents',
  median: 'Median',
  p90: '90th percentile',
  p95: '95th percentile',
  mean: 'Mean',
  instances: 'Instances',
  active: 'There now',
  times: 'Times',
  version: 'Version',
  period: 'Period',
  element: 'Element',
  totals: 'In all',
  outliers: 'Longer than others',
  report: 'Report',
  nothing: 'Nothing happened in this time.',
  counted: 'Counted at',
};

/** Names of words. */
export type ReportWord = keyof typeof EN;

/** By language. */
export const REPORT_WORDS: Readonly<Record<ReportLocale, Readonly<Record<ReportWord, string>>>> = {
  en: EN,
  'pt-BR': {
    flow: 'Iniciadas, encerradas, em andamento',
    durations: 'Duração das concluídas',
    punctuality: 'No prazo e atrasadas',
    elements: 'Por onde passaram as instâncias',
    started: 'Iniciadas',
    finished: 'Encerradas',
    completed: 'Concluídas',
    terminated: 'Interrompidas',
    inFlight: 'Em andamento',
    late: 'Atrasadas',
    onTime: 'No prazo',
    attainment: 'Prazos cumpridos',
    incidents: 'Com incidentes',
    median: 'Mediana',
    p90: 'Percentil 90',
    p95: 'Percentil 95',
    mean: 'Média',
    instances: 'Instâncias',
    active: 'Ali agora',
    times: 'Vezes',
    version: 'Versão',
    period: 'Período',
    element: 'Elemento',
    totals: 'No total',
    outliers: 'Mais longas que as outras',
    report: 'Relatório',
    nothing: 'Nada aconteceu neste período.',
    counted: 'Contado em',
  },
};
