/** The case as a page to read and to print: one file, without scripts, that loads nothing. Class: pure. */
import type { CaseForm, CaseStep, WholeCase } from '../contracts/cases.js';
import type { LOCALES } from '../contracts/identities.js';
import type { Json } from '../engine/model/index.js';
import { actSentence, shownInstant } from '../history/index.js';
import { PHRASES_PT } from './steps-pt.js';
import { CASE_TEXTS, type CaseTexts } from './texts.js';

/** When and for whom it was made. */
export interface Making {
  readonly madeAt: string;
  readonly madeBy: string;
}

/** Makes it. */
export function caseHtml(whole: WholeCase, locale: Locale, { madeAt, madeBy }: Making): string {
  const t = CASE_TEXTS[locale];
  const who = namesIn(whole, t);
  const { case: row } = whole;
  const title = `${t.title}: ${row.processName ?? row.processId}`;
  const body = [
    `<h1>${escaped(title)}</h1>`,
    pairs([
      [t.process, `${row.processId}, ${filled(t.version, { version: row.version })}`],
      [t.instance, row.caseId],
      [t.customer, customerText(whole, t)],
      [t.outcome, row.outcome ?? '–'],
      [t.state, row.state],
      [t.started, shownInstant(row.startedAt)],
      [t.ended, shownInstant(row.endedAt)],
      [t.made, filled(t.madeBy, { at: shownInstant(madeAt), by: who(madeBy) })],
      [t.check, t.checkText],
    ]),
    section(
      t.instances,
      t,
      [t.process, t.definition, t.state, t.outcome, t.started, t.ended],
      whole.instances.map((one) => [
        `${'· '.repeat(one.depth)}${one.processName ?? one.processId}`,
        `${filled(t.version, { version: one.version })}, ${one.definitionHash.slice(0, 16)}…`,
        ...[one.state, one.outcome ?? '–', shownInstant(one.startedAt), shownInstant(one.endedAt)],
      ]),
    ),
    section(
      t.steps,
      t,
      [t.when, t.who, t.what, t.why],
      whole.steps.map((step) => [
        ...[shownInstant(step.at), who(step.actor), stepText(step, locale)],
        whyText(step, locale),
      ]),
    ),
    `<h2>${escaped(t.forms)}</h2>`,
    ...(whole.forms.length === 0 ? [`<p>${escaped(t.none)}</p>`] : []),
    ...whole.forms.map((form) => formHtml(form, locale, who)),
    section(
      t.evidence,
      t,
      [t.when, t.system, t.step, t.result, t.who, t.hash],
      whole.evidence.map((one) => [
        ...[shownInstant(one.at), one.system, one.step, one.result, who(one.doneBy), one.hash],
      ]),
    ),
    section(
      t.exports,
      t,
      [t.export, t.state, t.size, t.manifest],
      whole.exports.map((one) => [
        ...[one.exportId, one.state, one.bytes === null ? '–' : `${one.bytes} B`],
        one.manifestSha256 ?? '–',
      ]),
    ),
    section(
      t.certificates,
      t,
      [t.certificate, t.ended, t.signature, t.hash],
      whole.certificates.map(({ certificate, hash, isSound }) => [
        `${certificate.number}: ${certificate.certificateId}`,
        ...[shownInstant(certificate.endedAt), isSound ? t.holds : t.broken, hash],
      ]),
    ),
    section(
      t.definitions,
      t,
      [t.definition, t.deployed, t.who, t.hash],
      whole.definitions.map((one) => [
        `${one.processId}, ${filled(t.version, { version: one.version })}`,
        ...[shownInstant(one.deployedAt), who(one.deployedBy), one.hash],
      ]),
    ),
    section(
      t.acts,
      t,
      [t.number, t.when, t.who, t.what, t.why],
      whole.acts.map((act) => [
        ...[String(act.number), shownInstant(act.at), who(act.actor), actSentence(act)],
        act.isErased ? t.gone : (act.reason ?? ''),
      ]),
    ),
  ];
  return page(locale, title, body.join('\n'));
}

type Locale = (typeof LOCALES)[number];
type Who = (name: string | null) => string;

function namesIn({ people }: WholeCase, t: CaseTexts): Who {
  const known = new Map(
    people.map(({ id, loginName, displayName }) => [id, displayName ?? loginName]),
  );
  return (name) => (name === null ? t.engine : (known.get(name) ?? name));
}

function customerText({ case: { customer } }: WholeCase, t: CaseTexts): string {
  if (!customer) return t.nobody;
  if (!customer.isErased) return `${customer.legalName ?? ''} (${customer.customerId})`;
  const erased = filled(t.erased, { number: customer.certificateNumber ?? '–' });
  return `⟨${erased}⟩ (${customer.customerId})`;
}

function stepText({ kind, elementName, what }: CaseStep, locale: string): string {
  const phrase = locale === 'en' ? undefined : PHRASES_PT[kind];
  return phrase === undefined
    ? what
    : `${phrase} ${elementName === null ? '' : `‘${elementName}’`}`;
}

/** What the engine says is English; what a person wrote is as it is. */
function whyText({ why, actor }: CaseStep, locale: string): string {
  return why === null || (locale !== 'en' && actor === null) ? '' : why;
}

function formHtml(form: CaseForm, locale: Locale, who: Who): string {
  const t = CASE_TEXTS[locale];
  const head = `<h3>${escaped(form.name)}</h3><p>${escaped(
    `${shownInstant(form.completedAt)}, ${who(form.completedBy)}${form.action === null ? '' : `, ${form.action}`}`,
  )}</p>`;
  if (form.isErased) return `${head}<p>${escaped(t.gone)}</p>`;
  if (form.schema === null) return `${head}<p>${escaped(t.noForm)}</p>`;
  const values = { ...form.shown, ...form.answer };
  const rows = fieldsOf(form.schema, locale).map(({ key, label }) => [
    label,
    textOf(values[key] ?? null),
  ]);
  return `${head}${table([t.field, t.value], rows)}`;
}

interface Field {
  readonly key: string;
  readonly label: string;
}

/** Fields of a form, those of groups as well; texts are headings without a value. */
function fieldsOf(schema: Json, locale: Locale): readonly Field[] {
  const { components } = Object(schema) as { readonly components?: readonly unknown[] };
  return (Array.isArray(components) ? components : []).flatMap((one): readonly Field[] => {
    const { key, label, components: inner, properties } = Object(one) as Record<string, unknown>;
    const translated = (Object(properties) as Record<string, unknown>)[`label:${locale}`];
    if (Array.isArray(inner)) return fieldsOf(one as Json, locale);
    if (typeof key !== 'string') return [];
    const name = key.split('.')[0] ?? key;
    const shown = [translated, label].find((text) => typeof text === 'string' && text !== '');
    return [{ key: name, label: String(shown ?? key) }];
  });
}

const textOf = (value: Json): string =>
  typeof value === 'string' ? value : value === null ? '–' : JSON.stringify(value);

function section(
  title: string,
  t: CaseTexts,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const inner = rows.length === 0 ? `<p>${escaped(t.none)}</p>` : table(heads, rows);
  return `<h2>${escaped(title)}</h2>\n${inner}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((row) => line(row, 'td')).join('\n');
  return `<table><thead>${line(heads, 'th')}</thead><tbody>\n${body}\n</tbody></table>`;
}

function pairs(rows: readonly (readonly [string, string])[]): string {
  const inner = rows.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`);
  return `<dl>${inner.join('\n')}</dl>`;
}

const filled = (text: string, facts: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one);

const STYLE = `body{font:14px/1.45 system-ui,sans-serif;color:#1a1b1e;max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem;break-after:avoid}h3{font-size:1rem;margin-bottom:0;break-after:avoid}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #dee2e6;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f1f3f5}tr{break-inside:avoid}dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
@media print{body{margin:0;max-width:none;font-size:11px}thead{display:table-header-group}}`;

function page(locale: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
${body}
</body></html>
`;
}
