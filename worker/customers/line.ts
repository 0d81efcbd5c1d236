/** One line of a file of customers: what is wrong with it, or what it says. Class: pure. */
import { isMailAddress, isPlainLine } from '../../activities/mail/fields.js';
import { isCountry, isCurrency, isLocale } from '../../activities/standard-codes.js';
import { checkTaxId, nationalNumber } from '../../activities/tax-id/index.js';
import { COLUMNS, type Column, type LineFault } from '../../contracts/customers.js';
import { isDate, isZone } from '../../contracts/time-text.js';
import { type ErrorCode, explain, type Facts } from '../../engine/errors/index.js';

/** The cells of a line. */
export type Cells = Readonly<Record<Column, string>>;

/** A line as it is meant. `mrrMinor` is in minor units of the currency. */
export interface CustomerValues {
  readonly legalName: string;
  /** As its country writes it. */
  readonly taxId: string;
  readonly country: string;
  readonly planId: string;
  readonly mrrMinor: number;
  readonly currency: string;
  readonly contactName: string;
  readonly contactMail: string;
  readonly locale: string;
  readonly tz: string;
  readonly since: string;
}

/** A line that was read: its values, or all that is wrong with it. */
export type ReadLine =
  | { readonly values: CustomerValues; readonly faults: null }
  | { readonly values: null; readonly faults: readonly LineFault[] };

/** Longest cell, in characters. */
const LONGEST = 300;

/** @param plans - ids of the plans that there are */
export function readLine(cells: Cells, plans: ReadonlySet<string>): ReadLine {
  const trimmed = Object.fromEntries(
    COLUMNS.map((column) => [column, cells[column].trim()]),
  ) as unknown as Cells;
  const faults = COLUMNS.flatMap((column) => faultOf(column, trimmed, plans) ?? []);
  if (faults.length > 0) return { values: null, faults };
  return { values: valuesOf(trimmed), faults: null };
}

function faultOf(column: Column, cells: Cells, plans: ReadonlySet<string>): LineFault | null {
  const text = cells[column];
  if (text === '') return because(column, 'CUSTOMER_REQUIRED', {});
  if (!isPlainLine(text)) return because(column, 'CUSTOMER_CONTROL_CHARACTER', {});
  const found = [...text].length;
  if (found > LONGEST) return because(column, 'CUSTOMER_TOO_LONG', { limit: LONGEST, found });
  return RULES[column]?.(text, cells, plans) ?? null;
}

type Rule = (text: string, cells: Cells, plans: ReadonlySet<string>) => LineFault | null;

/** A name is taken as it is: one that begins like a formula is data here, and whoever writes a file guards it. */
const RULES: Readonly<Partial<Record<Column, Rule>>> = {
  tax_id: (text, { country }) => {
    if (!isCountry(country)) return null;
    const wrong = checkTaxId(country, text);
    if (wrong === 'TAX_ID_FORMAT') return because('tax_id', 'CUSTOMER_TAX_ID_FORMAT', { country });
    return wrong && because('tax_id', 'CUSTOMER_TAX_ID_CHECK_DIGIT', {});
  },
  country: (text) => (isCountry(text) ? null : unfit('country', 'CUSTOMER_COUNTRY', text)),
  plan: (text, _cells, plans) =>
    plans.has(text)
      ? null
      : because('plan', 'CUSTOMER_PLAN', { plans: [...plans].join(', '), value: shown(text) }),
  mrr_minor: (text) => (/^\d{1,15}$/.test(text) ? null : unfit('mrr_minor', 'CUSTOMER_MRR', text)),
  currency: (text) => (isCurrency(text) ? null : unfit('currency', 'CUSTOMER_CURRENCY', text)),
  contact_email: (text) =>
    isMailAddress(text) ? null : because('contact_email', 'CUSTOMER_MAIL', {}),
  locale: (text) => (isLocale(text) ? null : unfit('locale', 'CUSTOMER_LOCALE', text)),
  tz: (text) => (isZone(text) ? null : unfit('tz', 'CUSTOMER_ZONE', text)),
  since: (text) => (isDay(text) ? null : unfit('since', 'CUSTOMER_SINCE', text)),
};

function because<C extends ErrorCode>(field: Column, code: C, facts: Facts<C>): LineFault {
  return { field, code, reason: explain(code, facts) };
}

/** Of somebody who was erased: what they asked for is not undone by an old file. */
export const WAS_ERASED: ReadLine = {
  values: null,
  faults: [because('contact_email', 'CUSTOMER_WAS_ERASED', {})],
};

type Unfit =
  | 'CUSTOMER_COUNTRY'
  | 'CUSTOMER_CURRENCY'
  | 'CUSTOMER_LOCALE'
  | 'CUSTOMER_MRR'
  | 'CUSTOMER_SINCE'
  | 'CUSTOMER_ZONE';

function unfit(field: Column, code: Unfit, text: string): LineFault {
  return because(field, code, { value: shown(text) });
}

const SHOWN = 40;

function shown(text: string): string {
  const characters = [...text];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : text;
}

/** Whether a text is a day that there is, of a year that PostgreSQL has. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !text.startsWith('0000') && isDate(text);

function valuesOf(cells: Cells): CustomerValues {
  const [locale = cells.locale] = Intl.getCanonicalLocales(cells.locale);
  return {
    legalName: cells.legal_name,
    taxId: nationalNumber(cells.country, cells.tax_id),
    country: cells.country,
    planId: cells.plan,
    mrrMinor: Number(cells.mrr_minor),
    currency: cells.currency,
    contactName: cells.contact_name,
    contactMail: cells.contact_email,
    locale,
    tz: cells.tz,
    since: cells.since,
  };
}
