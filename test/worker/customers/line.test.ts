import { describe, expect, test } from 'vitest';
import type { Column } from '../../../contracts/customers.js';
import { type Cells, readLine } from '../../../worker/customers/line.js';

const PLANS = new Set(['starter', 'team']);

const sound: Cells = {
  legal_name: 'Conservas da Ria, Lda.',
  tax_id: 'PT 501.964.843',
  country: 'PT',
  plan: 'team',
  mrr_minor: '14900',
  currency: 'EUR',
  contact_name: 'Inês Valadares',
  contact_email: 'ines@ria.example.org',
  locale: 'pt-pt',
  tz: 'Europe/Lisbon',
  since: '2024-02-29',
};

const codesOf = (changes: Partial<Cells>) =>
  (readLine({ ...sound, ...changes }, PLANS).faults ?? []).map(({ field, code }) => [field, code]);

test('a sound line says what it means', () => {
  expect(readLine({ ...sound, legal_name: '  Ria ' }, PLANS).values).toEqual({
    legalName: 'Ria',
    taxId: '501964843',
    country: 'PT',
    planId: 'team',
    mrrMinor: 14_900,
    currency: 'EUR',
    contactName: 'Inês Valadares',
    contactMail: 'ines@ria.example.org',
    locale: 'pt-PT',
    tz: 'Europe/Lisbon',
    since: '2024-02-29',
  });
});

const faults: readonly (readonly [Column, string, string])[] = [
  ['legal_name', '', 'CUSTOMER_REQUIRED'],
  ['legal_name', '   ', 'CUSTOMER_REQUIRED'],
  ['legal_name', 'Ria\nLda.', 'CUSTOMER_CONTROL_CHARACTER'],
  ['legal_name', 'Ria\u0000', 'CUSTOMER_CONTROL_CHARACTER'],
  ['legal_name', 'Ria \u202e Lda.', 'CUSTOMER_CONTROL_CHARACTER'],
  ['legal_name', 'x'.repeat(301), 'CUSTOMER_TOO_LONG'],
  ['tax_id', '501964844', 'CUSTOMER_TAX_ID_CHECK_DIGIT'],
  ['tax_id', '5019648', 'CUSTOMER_TAX_ID_FORMAT'],
  ['country', 'pt', 'CUSTOMER_COUNTRY'],
  ['country', 'XX', 'CUSTOMER_COUNTRY'],
  ['country', 'Portugal', 'CUSTOMER_COUNTRY'],
  ['plan', 'gold', 'CUSTOMER_PLAN'],
  ['plan', '__proto__', 'CUSTOMER_PLAN'],
  ['mrr_minor', '-1', 'CUSTOMER_MRR'],
  ['mrr_minor', '149.00', 'CUSTOMER_MRR'],
  ['mrr_minor', '1e3', 'CUSTOMER_MRR'],
  ['mrr_minor', '9'.repeat(16), 'CUSTOMER_MRR'],
  ['currency', 'eur', 'CUSTOMER_CURRENCY'],
  ['currency', 'DEM', 'CUSTOMER_CURRENCY'],
  ['currency', 'XXX', 'CUSTOMER_CURRENCY'],
  ['contact_name', '', 'CUSTOMER_REQUIRED'],
  ['contact_email', 'ines', 'CUSTOMER_MAIL'],
  ['contact_email', 'Inês <ines@example.org>', 'CUSTOMER_MAIL'],
  ['contact_email', 'a@example.org,b@example.org', 'CUSTOMER_MAIL'],
  ['contact_email', 'a@example.org\r\nBcc: b@example.org', 'CUSTOMER_CONTROL_CHARACTER'],
  ['locale', 'portuguese-of-portugal', 'CUSTOMER_LOCALE'],
  ['locale', 'pt_PT', 'CUSTOMER_LOCALE'],
  ['tz', 'Europe/Lisboa', 'CUSTOMER_ZONE'],
  ['tz', '+01:00', 'CUSTOMER_ZONE'],
  ['since', '2023-02-29', 'CUSTOMER_SINCE'],
  ['since', '2024-2-9', 'CUSTOMER_SINCE'],
  ['since', '09/02/2024', 'CUSTOMER_SINCE'],
  ['since', '2024-02-29T10:00:00Z', 'CUSTOMER_SINCE'],
  ['since', '0000-01-01', 'CUSTOMER_SINCE'],
];

describe('a line is rejected', () => {
  test.each(faults)('%s %j: %s', (column, text, code) => {
    expect(codesOf({ [column]: text })).toEqual([[column, code]]);
  });

  test('with all that is wrong with it, in the order of the columns', () => {
    expect(codesOf({ since: 'soon', country: 'XX', contact_email: '' })).toEqual([
      ['country', 'CUSTOMER_COUNTRY'],
      ['contact_email', 'CUSTOMER_REQUIRED'],
      ['since', 'CUSTOMER_SINCE'],
    ]);
  });

  test('without a word of what is personal in it', () => {
    const secret = 'Zephyrine';
    const cells = { ...sound, tax_id: secret, contact_email: secret, legal_name: `${secret}\n` };
    const { faults: found } = readLine({ ...cells, contact_name: secret.repeat(40) }, PLANS);
    expect(found?.length).toBe(3);
    expect(JSON.stringify(found)).not.toContain(secret);
  });
});

test.each(['=1+1', '+351 Ria', '-Ria', '@Ria', '=HYPERLINK("http://x.example","y")'])(
  'a name that a spreadsheet would take for a formula is a name: %s',
  (name) => {
    expect(readLine({ ...sound, legal_name: name }, PLANS).values?.legalName).toBe(name);
  },
);
