/** A report as one page that is printed or sent: charts and tables in one file, which asks nobody for anything. Class: pure. */
import { escaped } from '../contracts/html-text.js';
import {
  CLOCK_FIGURES,
  type ClockFigureName,
  ELEMENT_FIGURES,
  type ElementFigureName,
  FIGURES,
  type FigureName,
} from '../contracts/report-names.js';
import type { Figure, Report, ReportElements } from '../contracts/reports.js';
import { durationText, figureText } from './text.js';
import { REPORT_WORDS, type ReportLocale } from './words.js';

const STYLE = `
:root { color-scheme: light; font-family: system-ui, sans-serif; color: #212529; }
body { max-width: 1240px; margin: 2rem auto; padding: 0 1rem; }
figure { margin: 1.5rem 0; break-inside: avoid; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.8rem; margin: 0.5rem 0 1.5rem; }
th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid #ced4da; text-align: end; white-space: nowrap; }
th:first-child, td:first-child { text-align: start; }
thead th { white-space: normal; vertical-align: bottom; }
.wide { overflow-x: auto; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; } .wide { overflow: visible; } table { font-size: 0.6rem; } }
@page { size: A4 landscape; margin: 12mm; }
`;

/** The page. @param charts - SVG of each chart, in their order */
export function reportPage(
  { report, elements }: { readonly report: Report; readonly elements: ReportElements },
  charts: readonly string[],
  locale: ReportLocale,
): string {
  const words = REPORT_WORDS[locale];
  const title = report.name ?? report.processDefinitionId;
  const version = report.version === null ? '' : ` · ${words.version} ${report.version}`;
  const days = `${report.from} – ${report.to} · ${report.zone}${version}`;
  const { thresholdMs, longest } = report.outliers;
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(`${words.report}: ${title}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(days)} · ${words.counted} ${escaped(report.at)}</p>
${table(words.totals, FIGURES, [{ title: words.totals, figures: report.totals }], '', locale)}
${charts.map((svg) => `<figure>${svg}</figure>`).join('\n')}
${
  thresholdMs === null || longest.length === 0
    ? ''
    : `<h2>${words.outliers} (&gt; ${durationText(thresholdMs)}: ${report.outliers.count.value})</h2>
<ul>${longest.map((one) => `<li>${escaped(one.businessId ?? one.processInstanceKey)}: ${durationText(one.durationMs)}</li>`).join('')}</ul>`
}
${table(
  words.version,
  FIGURES,
  report.versions.map(({ version: title, figures }) => ({ title: String(title), figures })),
  words.version,
  locale,
)}
${table(
  words.period,
  FIGURES,
  report.series.map(({ day, figures }) => ({ title: day, figures })),
  words.period,
  locale,
)}
${report.clocks
  .map(({ metric, totals, versions, series }) =>
    table(
      `${words.clocks}: ${words[`clock_${metric}`]}`,
      CLOCK_FIGURES,
      [
        { title: words.totals, figures: totals },
        ...versions.map(({ version: of, figures }) => ({
          ...{ title: `${words.version} ${of}`, figures },
        })),
        ...series.map(({ day, figures }) => ({ title: day, figures })),
      ],
      '',
      locale,
    ),
  )
  .join('\n')}
${table(
  words.elements,
  ELEMENT_FIGURES,
  elements.items.map(({ elementId, elementName, figures }) => ({
    ...{ title: elementName ?? elementId, figures },
  })),
  words.element,
  locale,
)}
</body>
</html>
`;
}

type Name = FigureName | ElementFigureName | ClockFigureName;

interface Row {
  readonly title: string;
  readonly figures: Readonly<Partial<Record<Name, Figure>>>;
}

function table(
  caption: string,
  names: readonly Name[],
  rows: readonly Row[],
  first: string,
  locale: ReportLocale,
): string {
  if (rows.length === 0) return '';
  const words = REPORT_WORDS[locale];
  const head = names.map((name) => `<th scope="col">${words[name]}</th>`).join('');
  const body = rows.map(({ title, figures }) => {
    const cells = names.map(
      (name) => `<td>${figureText(name, figures[name]?.value ?? null, locale)}</td>`,
    );
    return `<tr><th scope="row">${escaped(title)}</th>${cells.join('')}</tr>`;
  });
  return `<h2>${caption}</h2><section class="wide" tabindex="0" aria-label="${caption}"><table><thead><tr><th scope="col">${first}</th>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></section>`;
}
