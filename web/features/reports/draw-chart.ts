/** Draws charts in a page. Class: side effect (on the page). */
import { BarChart, LineChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartOption } from '../../../reports/chart.js';

use([
  ...[BarChart, LineChart, SVGRenderer],
  ...[AriaComponent, GridComponent, LegendComponent, TitleComponent, TooltipComponent],
]);

/** Draws one, as wide as its place. @returns takes it away */
export function drawChart(container: HTMLElement, option: ChartOption): () => void {
  const chart = init(container, null, { renderer: 'svg' });
  chart.setOption(option);
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(container);
  return () => {
    watch.disconnect();
    chart.dispose();
  };
}
