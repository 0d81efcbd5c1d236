import { Anchor, Box, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ChartName } from '../../../contracts/report-names.js';
import type { Report, ReportElements } from '../../../contracts/reports.js';
import { chartOf } from '../../../reports/chart.js';
import { REPORT_WORDS } from '../../../reports/words.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { REPORTS_TEXTS } from './texts.js';
import './reports.css';

/** A chart of a report, drawn by ECharts, which is loaded here alone. The table below it tells the same. */
export function Chart({
  name,
  of,
  svg,
}: {
  readonly name: ChartName;
  readonly of: {
    readonly report: Pick<Report, 'series'>;
    readonly elements: Pick<ReportElements, 'items'>;
  };
  /** Where the same is as a file. */
  readonly svg: string;
}): ReactNode {
  const say = useTexts(REPORTS_TEXTS);
  const locale = useLocale();
  const isDark = useComputedColorScheme('light') === 'dark';
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const container = place.current;
    if (!container) return;
    let isOver = false;
    let drop = (): void => {};
    void import('./draw-chart.js').then(({ drawChart }) => {
      if (isOver) return;
      drop = drawChart(container, chartOf(name, of, { locale, isDark }));
    });
    return () => {
      isOver = true;
      drop();
    };
  }, [name, of, locale, isDark]);
  const title = REPORT_WORDS[locale][name];
  return (
    <Box component="figure" m={0} className="app-chart-frame">
      <div className="app-chart" ref={place} role="img" aria-label={title} />
      <Anchor size="sm" href={svg} download className="app-no-print">
        {say('svgOf', { chart: title })}
      </Anchor>
    </Box>
  );
}
