/** Clocks of the tickets that a process opened: kept, missed, running; in all, by version and by period. */
import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CLOCK_FIGURES } from '../../../contracts/report-names.js';
import type { Report } from '../../../contracts/reports.js';
import { REPORT_WORDS } from '../../../reports/words.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { FigureTable } from './figure-table.js';
import { REPORTS_TEXTS } from './texts.js';

/** Shows them; nothing where no clock began. */
export function Clocks({ report }: { readonly report: Report }): ReactNode {
  const say = useTexts(REPORTS_TEXTS);
  const words = REPORT_WORDS[useLocale()];
  if (report.clocks.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label={words.clocks}>
      <Title order={2} size="h4">
        {words.clocks}
      </Title>
      <Text size="sm" c="dimmed">
        {say('clocksAbout')}
      </Text>
      {report.clocks.map(({ metric, totals, versions, series }) => {
        const name = words[`clock_${metric}`];
        const began = series.filter(({ figures }) =>
          CLOCK_FIGURES.some((one) => (figures[one].value ?? 0) > 0),
        );
        return (
          <Stack key={metric} gap="xs">
            <Title order={3} size="h5">
              {name}
            </Title>
            <FigureTable
              label={name}
              first=""
              names={CLOCK_FIGURES}
              rows={[
                { key: 'totals', title: words.totals, figures: totals },
                ...versions.map(({ version, figures }) => ({
                  ...{ key: `v${version}`, title: `${words.version} ${version}`, figures },
                })),
                ...began.map(({ day, figures }) => ({ key: day, title: day, figures })),
              ]}
            />
          </Stack>
        );
      })}
    </Stack>
  );
}
