import { Button, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { ELEMENT_FIGURES, FIGURES } from '../../../contracts/report-names.js';
import type { Report, ReportElements } from '../../../contracts/reports.js';
import { REPORT_WORDS } from '../../../reports/words.js';
import { useProcessNames } from '../../api/process-names.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { Chart } from './chart.js';
import { Clocks } from './clocks.js';
import { FigureLink } from './figure-link.js';
import { FigureTable } from './figure-table.js';
import { HeatMap } from './heat-map.js';
import { Outliers } from './outliers.js';
import { PeriodPicker, useStableAddress } from './period-picker.js';
import { reportPath, useReport, useReportElements } from './reports-api.js';
import { REPORTS_TEXTS } from './texts.js';
import { queryOf, type ReportView, wholeSpan } from './view.js';

/** The report of one process. */
export function ReportPage(): ReactNode {
  const say = useTexts(REPORTS_TEXTS);
  const called = useProcessNames();
  const { process } = useParams({ from: '/shell/reports/$process' });
  const view = useSearch({ from: '/shell/reports/$process' });
  const navigate = useNavigate({ from: '/reports/$process' });
  const { by = 'day', version } = view;
  const span = wholeSpan(view);
  useStableAddress(view, () => void navigate({ search: { ...view, ...span }, replace: true }));
  const asked = { ...span, version };
  const report = useReport(process, queryOf({ ...asked, by }));
  const elements = useReportElements(process, queryOf(asked));
  const change = (changes: ReportView): void =>
    void navigate({ search: { ...view, ...span, ...changes }, replace: true });
  const file = (name: string, query: object): string =>
    `${reportPath(process)}/${name}?${queryOf(query as Record<string, string>)}`;
  return (
    <Page
      title={called(process, report.data?.name)}
      about={say('about')}
      actions={
        <>
          <Button
            component="a"
            variant="default"
            href={file('series.csv', { ...asked, by })}
            download
          >
            {say('csv')}
          </Button>
          <Button variant="default" onClick={() => window.print()}>
            {say('print')}
          </Button>
        </>
      }
    >
      <PeriodPicker view={view} change={change} versions={report.data?.knownVersions ?? []} />
      <Loaded query={report}>
        {(data) => (
          <Figures
            data={data}
            svg={(chart, locale) => file(`charts/${chart}`, { ...asked, by, locale })}
          />
        )}
      </Loaded>
      <Loaded query={elements}>
        {(data) => (
          <Elements data={data} csv={file('elements.csv', asked)} view={view} change={change} />
        )}
      </Loaded>
    </Page>
  );
}

const NO_ELEMENTS = { items: [] };

function Figures({
  data,
  svg,
}: {
  readonly data: Report;
  readonly svg: (chart: string, locale: string) => string;
}): ReactNode {
  const say = useTexts(REPORTS_TEXTS);
  const locale = useLocale();
  const of = useMemo(() => ({ report: data, elements: NO_ELEMENTS }), [data]);
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, xs: 3, md: 5 }} spacing="xs">
        {FIGURES.map((name) => (
          <Paper key={name} withBorder p="xs">
            <Text size="sm" c="dimmed">
              {REPORT_WORDS[locale][name]}
            </Text>
            <FigureLink name={name} figure={data.totals[name]} size="lg" />
          </Paper>
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {(['flow', 'durations', 'punctuality'] as const).map((name) => (
          <Chart key={name} name={name} of={of} svg={svg(name, locale)} />
        ))}
      </SimpleGrid>
      <Clocks report={data} />
      <Outliers outliers={data.outliers} />
      <Title order={2} size="h4">
        {say('versions')}
      </Title>
      <FigureTable
        label={say('versions')}
        first={say('version')}
        names={FIGURES}
        rows={data.versions.map(({ version, figures }) => ({
          ...{ key: String(version), title: version, figures },
        }))}
      />
      <Title order={2} size="h4">
        {say('series')}
      </Title>
      <FigureTable
        label={say('series')}
        first={say(`by_${data.by}`)}
        names={FIGURES}
        rows={data.series.map(({ day, figures }) => ({ key: day, title: day, figures }))}
      />
    </Stack>
  );
}

function Elements({
  data,
  csv,
  view,
  change,
}: {
  readonly data: ReportElements;
  readonly csv: string;
  readonly view: ReportView;
  readonly change: (changes: ReportView) => void;
}): ReactNode {
  const say = useTexts(REPORTS_TEXTS);
  const locale = useLocale();
  return (
    <Stack gap="sm" component="section" aria-label={say('heat')}>
      <Title order={2} size="h4">
        {say('heat')}
      </Title>
      <HeatMap
        process={data.processDefinitionId}
        version={view.version}
        elements={data}
        heat={view.heat ?? 'instances'}
        choose={(heat) => change({ heat })}
      />
      {data.items.length === 0 ? (
        <Text c="dimmed">{say('empty')}</Text>
      ) : (
        <FigureTable
          label={say('elements')}
          first={REPORT_WORDS[locale].element}
          names={ELEMENT_FIGURES}
          rows={data.items.map(({ elementId, elementName, figures }) => ({
            ...{ key: elementId, title: elementName ?? elementId, figures },
          }))}
        />
      )}
      <Button
        component="a"
        variant="default"
        href={csv}
        download
        w="fit-content"
        className="app-no-print"
      >
        {say('csv')}
      </Button>
    </Stack>
  );
}
