/** Retention in a real browser: an admin sees what is past its time, tries a deletion out, gives a reason, and it is gone. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';
import { endEvent, model, startEvent, userTask } from '../support/durable-model.js';

let app: WholeApp;
let browser: TestBrowser;

const PACKAGES = [
  [
    'brief-notes',
    'Brief notes',
    'PT0S',
    model('brief-notes', [startEvent('s'), endEvent('e')], 's > e'),
  ],
  [
    'long-notes',
    'Long notes',
    'P1Y6M',
    model('long-notes', [startEvent('s'), endEvent('e')], 's > e'),
  ],
  [
    'open-notes',
    'Open notes',
    'P30D',
    model('open-notes', [startEvent('s'), userTask('t'), endEvent('e')], 's > t > e'),
  ],
] as const;

const described = (key: string, title: string, term: string): string => `key: ${key}
title: { en: ${title}, pt-BR: ${title} }
description: { en: Notes, pt-BR: Notas }
owner: csm
roles: { csm: { en: Customer success, pt-BR: Sucesso do cliente } }
variables: {}
outcomes: {}
retention:
  instances: ${term}
  reason: { en: Nobody asks for them later, pt-BR: Ninguém pergunta por elas depois }
`;

beforeAll(async () => {
  const prepare = async (_url: string, data: string): Promise<void> => {
    for (const [key, title, term, xml] of PACKAGES) {
      const folder = join(dirname(data), 'definitions', key);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'process.bpmn'), xml);
      writeFileSync(join(folder, 'process.yaml'), described(key, title, term));
    }
  };
  [app, browser] = await Promise.all([openWholeApp([], prepare), openBrowser()]);
  await app.person('ada', 'admin', 'csm');
  await app.person('rui', 'auditor');
  for (const [processDefinitionId, count] of [
    ['brief-notes', 3],
    ['long-notes', 2],
    ['open-notes', 1],
  ] as const) {
    for (let n = 0; n < count; n += 1) {
      const body = { processDefinitionId };
      const started = await app.as('ada', 'POST', '/v2/process-instances', body);
      expect(started.status).toBe(200);
    }
  }
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

test('an admin deletes what is past its time, and nothing else', async () => {
  const isOver = async (): Promise<number> => {
    const { body } = await app.as('ada', 'GET', '/api/v1/retention');
    const { items } = body as { readonly items: readonly { readonly past: number }[] };
    return items.reduce((sum, { past }) => sum + past, 0);
  };
  await expect.poll(isOver, { timeout: 20_000 }).toBe(3);
  const watched = await browser.open(`${app.url}/admin`);
  const { page } = watched;
  await signIn(page, 'ada');
  await page.getByRole('tab', { name: 'Retention' }).click();
  const row = page.getByRole('row').filter({ hasText: 'brief-notes' });
  await row.getByText('0 seconds').waitFor();
  await page.getByText('1 year and 6 months').waitFor();
  await picture(page, 'admin-retention-en-light-1280');
  await expectSound(watched);

  await page.getByRole('button', { name: /Delete what is past it of .*long-notes/ }).click();
  const kept = page.getByRole('dialog');
  await kept.getByText('Nothing would be deleted now.').waitFor();
  await kept.getByText('2 whose time is not over').waitFor();
  await kept.locator('textarea[name=reason]').fill('tidying up');
  expect(await kept.getByRole('button', { name: 'Delete 0 instances' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await kept.waitFor({ state: 'detached' });

  await row.getByRole('button').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('3 instances would be deleted').waitFor();
  const begin = dialog.getByRole('button', { name: 'Delete 3 instances' });
  expect(await begin.isDisabled()).toBe(true);
  await dialog.locator('textarea[name=reason]').fill('yearly clearing');
  await picture(page, 'admin-deletion-en-light-1280');
  await expectSound(watched);
  await begin.click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('3 of 3 · done').waitFor();
  await page.reload();
  await page.getByRole('tab', { name: 'Retention' }).click();
  await page.getByText('3 of 3 · done').waitFor();
  const counts = row.getByRole('cell');
  expect(await counts.nth(2).textContent()).toBe('0');
  const left = await app.as('ada', 'POST', '/v2/process-instances/search', {});
  const { items } = left.body as { readonly items: readonly { processDefinitionId: string }[] };
  expect(items.map((one) => one.processDefinitionId).toSorted()).toEqual([
    ...['long-notes', 'long-notes', 'open-notes'],
  ]);
  const acts = await app.as('ada', 'POST', '/api/v1/acts/search', {
    filter: { action: 'beginBatch' },
  });
  expect(JSON.stringify(acts.body)).toContain('yearly clearing');
});

test('an auditor reads it, narrow and dark, in Portuguese, and deletes nothing', async () => {
  const watched = await browser.open(`${app.url}/admin`, {
    ...{ locale: 'pt-BR', scheme: 'dark', width: 400 },
  });
  const { page } = watched;
  await signIn(page, 'rui');
  await page.getByRole('tab', { name: 'Retenção' }).click();
  await page.getByText('1 ano e 6 meses').waitFor();
  expect(await page.getByRole('button', { name: /Apagar/ }).count()).toBe(0);
  await picture(page, 'admin-retention-pt-BR-dark-400');
  await expectSound(watched);
  const refused = await app.as('rui', 'POST', '/api/v1/retention/long-notes/deletions', {
    reason: 'x',
  });
  expect(refused).toMatchObject({ status: 403, body: { code: 'READ_ONLY' } });
});
