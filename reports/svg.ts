/** Draws charts as SVG without a browser. Class: pure (ECharts keeps nothing of it). Source: ECharts, "Server-side rendering". */
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
import type { ChartOption } from './chart.js';

use([
  ...[BarChart, LineChart, SVGRenderer],
  ...[AriaComponent, GridComponent, LegendComponent, TitleComponent, TooltipComponent],
]);

const WIDTH = 960;
const HEIGHT = 360;

/** The SVG of a chart: a document of its own. */
export function svgOf(option: ChartOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
