/** The inbox in a real browser: a CSM claims, drafts, is interrupted, completes, by mouse and by keyboard. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';

let app: WholeApp;
let browser: TestBrowser;
beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp(['support-ticket']), openBrowser()]);
  await app.person('cory', 'csm');
  await app.person('bea', 'csm', 'admin');
  for (const n of [1, 2, 3]) await receive(n);
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

/** A mail of a stranger, which makes a task at once. */
async function receive(n: number): Promise<void> {
  const { status } = await app.as('bea', 'POST', '/v2/messages/publication', {
    ...{ name: 'ticket.received', correlationKey: `m-${n}`, timeToLive: 3_600_000 },
    variables: {
      ...{ messageId: `m-${n}`, channel: 'mail', subject: `Report ${n}`, body: 'It is empty' },
      from: { name: 'Ana', mail: `ana${n}@aurora.example` },
    },
  });
  expect(status).toBe(200);
}

const LOOKS = [
  { locale: 'en', scheme: 'light', width: 1280 },
  { locale: 'pt-BR', scheme: 'dark', width: 360 },
] as const;

describe.each(LOOKS)('$locale, $scheme, $width wide', (looks) => {
  const { locale, scheme, width } = looks;

  test('the list and a task are sound', async () => {
    const watched = await browser.open(`${app.url}/inbox?view=all`, looks);
    const { page } = watched;
    await signIn(page, 'cory');
    await page.locator('.inbox-row').nth(2).waitFor();
    await picture(page, `inbox-${locale}-${scheme}-${width}`);
    await expectSound(watched);
    await page.locator('.inbox-row a').first().click();
    await page.locator('.fjs-container .fjs-powered-by').first().waitFor();
    await picture(page, `task-${locale}-${scheme}-${width}`);
    await expectSound(watched, ['color-contrast']);
  });
});

test('a CSM claims, drafts, is interrupted, and completes: by keyboard', async () => {
  const { page } = await browser.open(`${app.url}/inbox?view=all`);
  await signIn(page, 'cory');
  await page.locator('.inbox-row').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await page.getByText('The task is yours.').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/tasks/*');
  const choice = page.getByLabel('Spam');
  await choice.waitFor();
  await choice.focus();
  await page.keyboard.press('Space');
  await page.getByText(/Draft saved/).waitFor();
  await page.reload();
  await page.getByLabel('Spam').waitFor();
  expect(await page.getByLabel('Spam').isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Complete' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Completed').first().waitFor();
  await picture(page, 'task-completed');
});
