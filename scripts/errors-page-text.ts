import { ERRORS } from '../engine/errors/index.js';
import type { ErrorRow } from '../engine/errors/kinds.js';

/** The release in which codes appeared; a code that is not listed came with the first. */
const SINCE: Readonly<Record<string, string>> = {};

const FIRST_RELEASE = '0.1.0';

const KINDS: Readonly<Record<ErrorRow['kind'], string>> = {
  finding: 'Findings: a file is wrong, nothing is deployed',
  incident: 'Incidents: an instance stopped at one element and waits for a person',
  rejection: 'Rejections: a request did not fit, nothing was changed',
  failure: 'Failures: the installation lacks something',
};

/** A text of the grammar "Expected …, but …; do …" in its two halves. */
const halves = (text: string): readonly [means: string, remedy: string] => {
  const cut = text.lastIndexOf('; ');
  if (cut < 0) return [text, ''];
  const remedy = text.slice(cut + 2);
  return [`${text.slice(0, cut)}.`, remedy.charAt(0).toUpperCase() + remedy.slice(1)];
};

/** Markdown that shows braces, pipes and angle brackets as they are. */
const escaped = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('{', '`').replaceAll('}', '`');

const weight = ({ kind, severity, incidentClass }: ErrorRow): string => {
  if (kind === 'finding') return severity ?? 'error';
  return kind === 'incident' ? (incidentClass ?? 'UNKNOWN') : '';
};

const row = (code: string, entry: ErrorRow): string => {
  const [means, remedy] = halves(entry.text);
  const anchor = `<a id="${code.toLowerCase()}"></a>\`${code}\``;
  const cells = [
    anchor,
    weight(entry),
    escaped(means),
    escaped(remedy),
    SINCE[code] ?? FIRST_RELEASE,
  ];
  return `| ${cells.join(' | ')} |`;
};

const HEAD = ['| Code | Weight | Means | What to do | Since |', '|---|---|---|---|---|'];

const section = (kind: ErrorRow['kind']): readonly string[] => {
  const entries = Object.entries<ErrorRow>(ERRORS).filter(([, entry]) => entry.kind === kind);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return [`## ${KINDS[kind]}`, '', ...HEAD, ...sorted.map(([code, entry]) => row(code, entry)), ''];
};

/** The page of all codes, from the catalogue. Words in `code` style within a text are facts it is told with. */
export function errorsPage(): string {
  return [
    '# Errors',
    '',
    'Every code that Jornada shows. A code is never renamed and never reused. The page is made from the',
    'catalogue in `engine/errors/`; `npx tsx scripts/errors-page.ts` writes it anew, and a test compares.',
    '',
    'The weight of a finding: `error` always refuses a deployment, `strict` refuses unless compat mode is',
    'chosen, `warning` only tells. The weight of an incident is the class under which operators know it.',
    '',
    ...(Object.keys(KINDS) as ErrorRow['kind'][]).flatMap(section),
  ].join('\n');
}
