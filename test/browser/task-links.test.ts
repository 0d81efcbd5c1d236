/** Deciding from a mail in a real browser: the link is opened, shows the task, decides, and works once. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMailbox } from '../../worker/mail-catcher/mailbox.js';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, type WholeApp } from '../support/browser/whole-app.js';
import { decidedBy } from '../support/task-links.js';

let app: WholeApp;
let browser: TestBrowser;
beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp(), openBrowser()]);
  await app.person('ada', 'admin');
  const groups = ['refunds'];
  await app.as('ada', 'POST', '/api/v1/users', {
    ...{ loginName: 'cory', displayName: 'Cory Lindqvist', mail: 'cory@demo.example' },
    ...{ roles: ['csm'], groups },
  });
  const [processId, files] = decidedBy('mailed', 'choice');
  for (const [name, text] of Object.entries(files)) {
    const path = join(app.line.root, processId, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, String(text));
  }
  const { code, json } = await app.line.ask('deploy', processId);
  expect(code, JSON.stringify(json)).toBe(0);
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

/** Starts one. @returns the link in the mail that tells of its task */
async function mailedLink(why: string): Promise<string> {
  const mailbox = await openMailbox(join(app.line.data, 'mail'), Date.now);
  const known = new Set(await mailbox.ids());
  const { status } = await app.as('ada', 'POST', '/v2/process-instances', {
    processDefinitionId: 'mailed-choice',
    variables: { group: 'refunds', within: 'P1D', why },
  });
  expect(status).toBe(200);
  for (let tries = 0; tries < 200; tries += 1) {
    const [id] = (await mailbox.ids()).filter((one) => !known.has(one));
    const found = id && /http\S+\/decide#[\w-]{43}/.exec((await mailbox.get(id))?.text ?? '');
    if (found) return found[0];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('no mail came');
}

test.each([
  { locale: 'en', scheme: 'light', width: 1280 },
  { locale: 'pt-BR', scheme: 'dark', width: 400 },
] as const)('$locale, $scheme, $width wide: the page is sound', async (looks) => {
  const { locale, scheme, width } = looks;
  const url = await mailedLink('The parcel came open, and a part of it was missing');
  const watched = await browser.open(url, looks);
  const { page } = watched;
  await page.getByRole('button', { name: 'Pay' }).waitFor();
  await page.getByText('a part of it was missing').waitFor();
  await page.getByRole('group', { name: 'Is it paid' }).waitFor();
  await picture(page, `decide-${locale}-${scheme}-${width}`);
  await expectSound(watched);
  // The secret stands in no history.
  expect(page.url()).not.toContain('#');
});

test('a decision is made once, by keyboard, and leads to the inbox', async () => {
  const url = await mailedLink('It was the wrong size');
  const watched = await browser.open(url);
  const { page } = watched;
  await page.getByLabel(/Reason/).fill('They sent it back');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Decided: Pay').waitFor();
  await picture(page, 'decided');
  await expectSound(watched);
  expect(await page.getByRole('link').getAttribute('href')).toMatch(/^\/tasks\/\d+$/);
  const again = await browser.open(url);
  await again.page.getByText('This link was used').waitFor();
  await expectSound(again);
});
