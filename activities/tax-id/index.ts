/**
 * Tax ids by country, with their check digits: Brazil and all members of the European Union; of other countries only
 * the rough form is looked at. Class: pure.
 */
import { BRAZIL } from './brazil.js';
import { EASTERN_EUROPE } from './eastern-europe.js';
import type { Rule } from './sums.js';
import { WESTERN_EUROPE } from './western-europe.js';

/** What is wrong with a tax id; null: nothing that can be seen. */
export type TaxIdFault = 'TAX_ID_FORMAT' | 'TAX_ID_CHECK_DIGIT' | null;

const EUROPE: Readonly<Record<string, Rule>> = { ...EASTERN_EUROPE, ...WESTERN_EUROPE };
const RULES: Readonly<Record<string, Rule>> = { ...EUROPE, BR: BRAZIL };

/** Greece writes EL before its numbers. */
const VAT_PREFIX: Readonly<Record<string, string>> = { GR: 'EL' };

/** Judges a tax id; spaces, dots, dashes and slashes do not count, nor does the country before an EU number. */
export function checkTaxId(country: string, taxId: string): TaxIdFault {
  const number = nationalNumber(country, taxId);
  const rule = Object.hasOwn(RULES, country) ? RULES[country] : undefined;
  if (!rule) return /^[A-Z0-9]{4,20}$/.test(number) ? null : 'TAX_ID_FORMAT';
  if (!rule.format.test(number)) return 'TAX_ID_FORMAT';
  return rule.fits(number) ? null : 'TAX_ID_CHECK_DIGIT';
}

/** A tax id as its country writes it: letters and digits, without the country before an EU number. */
export function nationalNumber(country: string, taxId: string): string {
  const bare = taxId.toUpperCase().replace(/[\s./-]/g, '');
  const prefix = vatPrefix(country);
  return prefix !== null && bare.startsWith(prefix) ? bare.slice(prefix.length) : bare;
}

/** What stands before the numbers of a member of the European Union; null: it is none. */
export function vatPrefix(country: string): string | null {
  return Object.hasOwn(EUROPE, country) ? (VAT_PREFIX[country] ?? country) : null;
}
