/** The area of admins in a real browser: people are added, changed, put out; an auditor reads and changes nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, PASSWORD, signIn, type WholeApp } from '../support/browser/whole-app.js';

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

test('an admin adds somebody, who sets a password by the link, works, and is put out', async () => {
  const watched = await browser.open(`${app.url}/admin`);
  const { page } = watched;
  await signIn(page, 'ada');
  await page.getByRole('button', { name: 'Add somebody' }).click();
  const form = page.getByRole('dialog');
  await form.locator('input[name=loginName]').fill('cora');
  await form.locator('input[name=displayName]').fill('Cora Lima');
  await form.locator('input[name=groups]').fill('support, onboarding');
  await expectSound(watched);
  await form.getByRole('button', { name: 'Save' }).click();
  const link = (await page.getByRole('dialog').locator('pre').textContent()) ?? '';
  expect(link).toContain(`${app.url}/password#`);
  await page.keyboard.press('Escape');

  const theirs = await browser.open(link);
  const password = theirs.page.locator('input[name=password]');
  await password.fill(PASSWORD);
  await theirs.page.locator('button[type=submit], button').first().click();
  await theirs.page.goto(`${app.url}/account`);
  await signIn(theirs.page, 'cora');
  await theirs.page.getByText('support, onboarding').waitFor();

  const row = page.getByRole('row').filter({ hasText: 'Cora Lima' });
  await row.waitFor();
  await page.getByRole('columnheader', { name: 'Second factor' }).waitFor();
  await row.getByRole('cell', { name: 'no', exact: true }).waitFor();
  await picture(page, 'admin-people-en-light-1280');
  await expectSound(watched);
  await row.getByRole('button', { name: 'Change Cora Lima' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await row.getByText('disabled').waitFor();
  expect((await app.as('ada', 'GET', '/api/v1/users')).body).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ loginName: 'cora', isActive: false }),
    ]),
  });
  // Out with the next request: the page of theirs asks to sign in.
  await theirs.page.reload();
  await theirs.page.getByRole('button', { name: 'Sign in' }).waitFor();
});

test('a csm is refused at once, without any area of it', async () => {
  await app.person('nina', 'csm');
  const { page } = await browser.open(`${app.url}/admin/health`);
  await signIn(page, 'nina');
  await page.getByRole('alert').getByText('Your roles do not let you see this.').waitFor();
  expect(await page.getByRole('tab').count()).toBe(0);
});

test('an auditor sees people and health, narrow and dark, in Portuguese, and changes nothing', async () => {
  const watched = await browser.open(`${app.url}/admin`, {
    ...{ locale: 'pt-BR', scheme: 'dark', width: 400 },
  });
  const { page } = watched;
  await signIn(page, 'rui');
  await page.getByRole('cell', { name: 'ada' }).first().waitFor();
  expect(await page.getByRole('button', { name: 'Incluir alguém' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: /^Mudar/ }).count()).toBe(0);
  await picture(page, 'admin-people-pt-BR-dark-400');
  await expectSound(watched);
  await page.getByRole('tab', { name: 'Saúde' }).click();
  await page.waitForURL('**/admin/health');
  await page.goBack();
  await page.getByRole('cell', { name: 'ada' }).first().waitFor();
  await page.goForward();
  await page.getByText('Banco de dados').waitFor();
  await picture(page, 'admin-health-pt-BR-dark-400');
  await expectSound(watched);
  const refused = await app.as('rui', 'POST', '/api/v1/users', {
    loginName: 'x',
    displayName: 'X',
  });
  expect(refused).toMatchObject({ status: 403, body: { code: 'READ_ONLY' } });
});
