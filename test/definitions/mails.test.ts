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

test('the progress note of an onboarding names each step in its language', () => {
  const steps = ['welcome', 'training', 'quick-wins'];
  const lines = (locale: string) =>
    textOf('onboarding', 'progress', locale, { steps })
      .split('\n')
      .filter((line) => /^- /.test(line));
  expect(lines('en')).toEqual(['- the welcome', '- the training', '- the quick wins']);
  expect(lines('pt-BR')).toEqual([
    '- as boas-vindas',
    '- o treinamento',
    '- os primeiros resultados',
  ]);
});

test('the mail of a course names its modules in its language, and its own modules as they are', () => {
  const course = { deadline: '2026-04-15', courseUrl: 'https://example.com' };
  const modules = ['admin', 'basics', 'business-basics', 'advanced', 'Tax'];
  const text = (locale: string) => textOf('training', 'enrolled', locale, { ...course, modules });
  expect(text('en')).toContain(': administration, basics, business basics, advanced use, Tax.');
  expect(text('pt-BR')).toContain(
    ': administração, fundamentos, fundamentos do negócio, uso avançado, Tax.',
  );
});

test('the mails of quick wins name a goal that we propose in their language', () => {
  const goal = { metric: 'users.active', unit: 'users', target: 5, dueDate: '2026-03-20' };
  const own = { metric: 'forno.aceso', unit: 'fornos', target: 2, dueDate: '2026-03-20' };
  const agreed = (locale: string) =>
    textOf('quick-wins', 'goals-agreed', locale, { goals: [goal, own] });
  expect(agreed('en')).toContain('- active users: 5 by 2026-03-20');
  expect(agreed('pt-BR')).toContain(
    '- usuários ativos: 5 até 2026-03-20\n- forno.aceso: 2 fornos até',
  );
  for (const mail of ['half-way', 'goal-reached']) {
    const text = textOf('quick-wins', mail, 'pt-BR', { ...goal, progressPct: 60 });
    expect(text).toContain('meta: usuários ativos: 5');
    expect(text).not.toContain('users');
  }
});
