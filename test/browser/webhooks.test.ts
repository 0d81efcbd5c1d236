/** Webhooks in a real browser: an admin sets both ways up, sees what was given up, and removes them; an auditor reads. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';

let app: WholeApp;
let browser: TestBrowser;
beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp(), openBrowser()]);
  await app.person('ada', 'admin');
  await app.person('rui', 'auditor');
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

test('an admin tells a system, lets one tell us, turns it off, and removes it', async () => {
  const watched = await browser.open(`${app.url}/admin`);
  const { page } = watched;
  await signIn(page, 'ada');
  await page.getByRole('tab', { name: 'Webhooks' }).click();
  await page.getByText('Nothing is told to anybody yet.').waitFor();

  await page.getByRole('button', { name: 'Tell a system' }).click();
  const form = page.getByRole('dialog');
  await form.locator('input[name=name]').fill('Chat of support');
  await form.locator('input[name=url]').fill('http://127.0.0.1/hook');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('WEBHOOK_URL').waitFor();
  await form.locator('input[name=url]').fill('https://chat.example.com/hooks/jornada');
  await expectSound(watched);
  await form.getByRole('button', { name: 'Save' }).click();
  const secret = page.getByRole('dialog').locator('pre');
  await secret.waitFor();
  expect(await secret.textContent()).toMatch(/^whsec_/);
  await page.keyboard.press('Escape');
  const row = page.getByRole('row').filter({ hasText: 'Chat of support' });
  await row.getByText('user_task.created').waitFor();

  await page.getByRole('button', { name: 'Let a system tell us' }).click();
  const other = page.getByRole('dialog');
  await other.locator('input[name=name]').fill('Deals of the CRM');
  await other.locator('input[name=messageName]').fill('deal.won');
  await other.locator('input[name=correlationKey]').fill('body.deal.id');
  await other.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').locator('pre').waitFor();
  await page.keyboard.press('Escape');
  const taken = page.getByRole('row').filter({ hasText: 'Deals of the CRM' });
  await taken.getByText('/api/v1/hooks/').waitFor();
  await picture(page, 'admin-webhooks-en-light-1280');
  await expectSound(watched);

  await row.getByRole('button', { name: 'Change Chat of support' }).click();
  await page.getByRole('menuitem', { name: 'Turn off' }).click();
  await row.getByText('off', { exact: true }).waitFor();
  await taken.getByRole('button', { name: 'Change Deals of the CRM' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Nobody tells us anything yet.').waitFor();
  expect((await app.as('ada', 'GET', '/api/v1/hooks')).body).toEqual({ items: [] });
});

test('an auditor reads them, narrow and dark, in Portuguese, and changes nothing', async () => {
  const watched = await browser.open(`${app.url}/admin`, {
    ...{ locale: 'pt-BR', scheme: 'dark', width: 400 },
  });
  const { page } = watched;
  await signIn(page, 'rui');
  await page.getByRole('tab', { name: 'Webhooks' }).click();
  await page.getByText('Chat of support').waitFor();
  expect(await page.getByRole('button', { name: /^(Mudar|Avisar um|Receber de)/ }).count()).toBe(0);
  await picture(page, 'admin-webhooks-pt-BR-dark-400');
  await expectSound(watched);
});
