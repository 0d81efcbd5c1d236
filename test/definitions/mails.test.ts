/** What mails say that depends on what happened: each wording in both languages, and no word of the one in the other. */
import { expect, test } from 'vitest';
import { renderMail } from '../../activities/mail/template.js';
import type { Json } from '../../engine/model/index.js';
import { readPackage } from '../support/package.js';

const PERSON = { publicUrl: 'https://jornada.example', name: 'Rui', legalName: 'Aurora' };

const textOf = (key: string, mail: string, locale: string, data: Record<string, Json>): string =>
  renderMail(readPackage(key), mail, locale, { ...PERSON, ...data }).text;

test.each([
  ['invite-the-team', 'Your data is in', 'dados já estão'],
  ['next-feature', 'You have used', 'Você já usou'],
  ['first-result', 'has a first result', 'já tem um primeiro resultado'],
])('the mail %s of a welcome praises only what was done', (mail, en, pt) => {
  for (const [locale, praise] of [
    ['en', en],
    ['pt-BR', pt],
  ] as const) {
    for (const happened of [true, false]) {
      const text = textOf('welcome', mail, locale, { happened, helpUrl: 'https://example.com' });
      expect([locale, happened, text.includes(praise)]).toEqual([locale, happened, happened]);
      expect(text).not.toMatch(/[{}%]/);
    }
  }
});
