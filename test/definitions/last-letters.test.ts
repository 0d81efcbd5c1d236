/** What customers are told at the end: a letter says what is so, and nothing where it is not. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderMail } from '../../activities/mail/template.js';

const LOCALES = ['en', 'pt-BR'] as const;
type Locale = (typeof LOCALES)[number];
type Data = Parameters<typeof renderMail>[3];

const write = (key: string, mail: string, locale: Locale, data: Data): string => {
  const path = `mail/${mail}.${locale}.liquid`;
  const files = { [path]: readFileSync(`definitions/${key}/${path}`, 'utf8') };
  return renderMail(files, mail, locale, { name: 'Ana', publicUrl: 'https://x.example', ...data })
    .text;
};

const HELD = { class: 'held', law: '', until: null };
const LEDGER = { class: 'ledger', law: 'BR: CTN 173', until: '2031-12-31' };

describe.each(LOCALES)('the closing letter, %s', (locale) => {
  const letter = (data: Data): string =>
    write('offboarding', 'closing-letter', locale, {
      ...{ effectiveDate: '2026-04-30', exportId: null, exportReason: null, isExported: false },
      ...{ isDeleted: true, isHeld: false, certificateId: 'Z-1', backupHorizon: '2026-08-30' },
      ...{ kept: [], winBackId: 'W-1', ...data },
    });

  test('tells the end of a hold, which has no day, apart from one that has', () => {
    const words = { en: 'a legal hold lasts', 'pt-BR': 'durar uma guarda legal' }[locale];
    const text = letter({ kept: [LEDGER, HELD] });
    expect(text).toContain('2031-12-31\n');
    expect(text).toContain(`${words}\n`);
    expect(text).not.toMatch(/(until|até) *\n/);
  });

  test.each([
    ['has-it', { en: 'you have a package already', 'pt-BR': 'você já tem um pacote' }],
    ['waived', { en: 'you gave it up in writing', 'pt-BR': 'você abriu mão por escrito' }],
    ['unreachable', { en: 'nobody proved', 'pt-BR': 'ninguém comprovou' }],
  ])('says why nothing was exported: %s', (exportReason, words) => {
    expect(letter({ exportReason })).toContain(words[locale]);
    expect(letter({ exportReason, isExported: true, exportId: 'X-1' })).toContain('X-1.');
  });
});

describe.each(LOCALES)('the mail with the certificate, %s', (locale) => {
  const mail = (isAddressForgotten: boolean): string =>
    write('data-deletion', 'deletion-certified', locale, {
      ...{ certificateId: 'Z-1', backupHorizon: '2026-08-30', retained: [LEDGER, HELD] },
      isAddressForgotten,
    });

  test('says that the address goes only where it does', () => {
    const words = { en: 'This address', 'pt-BR': 'Este endereço' }[locale];
    expect(mail(true)).toContain(words);
    expect(mail(false)).not.toContain(words);
  });

  test('puts no empty brackets behind what a hold keeps', () => {
    expect(mail(true)).not.toContain('()');
    expect(mail(true)).toContain('(BR: CTN 173)');
  });
});
