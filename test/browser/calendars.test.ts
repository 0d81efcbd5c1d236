/** Calendars in a real browser: an admin reads a year, tries hours out, and changes holidays by a draft of the package. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';

let app: WholeApp;
let browser: TestBrowser;
beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp(['legal-hold']), openBrowser()]);
  await app.person('ada', 'admin');
  await app.person('rui', 'auditor');
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

test('an admin tries hours out and changes holidays, which leads to a draft', async () => {
  const watched = await browser.open(`${app.url}/admin`);
  const { page } = watched;
  await signIn(page, 'ada');
  await page.getByRole('tab', { name: 'Calendars' }).click();
  await page.getByText('Approve the release: 18 hours').waitFor();
  // Thursday before Good Friday, 3 April 2026: eight hours and a half go on behind it.
  await page.locator('input[name=from]').fill('2026-04-02T10:00');
  await page.locator('input[name=hours]').fill('9');
  await page
    .getByText(/9 working hours after Thu, Apr 2, 2026.*is Mon, Apr 6, 2026.*10:00/)
    .waitFor();
  await page.getByRole('cell', { name: 'holiday', exact: true }).waitFor();
  while ((await page.getByRole('heading', { name: 'Holidays of 2026' }).count()) === 0) {
    await page.getByRole('button', { name: 'The year before' }).click();
  }
  await picture(page, 'admin-calendars-en-light-1280');
  await expectSound(watched);

  await page.getByRole('button', { name: 'Change…' }).click();
  const form = page.getByRole('dialog');
  await form.locator('input[name=mon]').fill('9 to 6');
  await form.getByText('Expected hours such as 09:00-18:00').waitFor();
  expect(await form.getByRole('button', { name: 'Begin the draft' }).isDisabled()).toBe(true);
  await form.locator('input[name=mon]').fill('08:00-12:00, 13:00-17:00');
  await form.getByLabel('Date of holiday 1').fill('2026-02-30');
  await form.getByText('Expected a date that there is, once').waitFor();
  await form.getByLabel('Date of holiday 1').fill('2026-01-01');
  await form.getByLabel('Name of holiday 1').fill('New Year');
  await form.getByRole('button', { name: 'Copy 2026 to 2027' }).click();
  await form.getByText('Look at those that move').waitFor();
  await picture(page, 'admin-calendar-edit-en-light-1280');
  await expectSound(watched);
  await form.getByRole('button', { name: 'Begin the draft' }).click();
  await page.waitForURL(/\/designer\/legal-hold\?.*draft=/);
  const draft = new URL(page.url()).searchParams.get('draft')?.replaceAll('"', '');
  const path = `/api/v1/drafts/${draft}/file?path=process.yaml`;
  const { body } = await app.as('ada', 'GET', path);
  const { content } = body as { readonly content: string };
  expect(content).toContain('mon: [ [ "08:00", "12:00" ], [ "13:00", "17:00" ] ]');
  expect(content).toContain('- 2026-01-01 # New Year');
  expect(content).toContain('- 2027-12-25');
  expect(content).toContain('version: 2');
  const findings = await app.as('ada', 'GET', `/api/v1/drafts/${draft}/findings`);
  expect(JSON.stringify(findings.body)).not.toContain('DEPLOY_PACKAGE_INVALID');
});

test('an auditor reads them, narrow and dark, in Portuguese, and changes nothing', async () => {
  const watched = await browser.open(`${app.url}/admin`, {
    ...{ locale: 'pt-BR', scheme: 'dark', width: 400 },
  });
  const { page } = watched;
  await signIn(page, 'rui');
  await page.getByRole('tab', { name: 'Calendários' }).click();
  await page.getByText('Aprovar a liberação: 18 horas').waitFor();
  expect(await page.getByRole('button', { name: 'Mudar…' }).count()).toBe(0);
  await picture(page, 'admin-calendars-pt-BR-dark-400');
  await expectSound(watched);
});
