/** A second factor in a real browser: set up by whom it is asked of, shown at the sign-in and before what weighs much, taken away. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAuthenticator } from '../support/authenticator.js';
import {
  expectSound,
  openBrowser,
  picture,
  type TestBrowser,
  type Watched,
} from '../support/browser/browser.js';
import { openWholeApp, PASSWORD, signIn, type WholeApp } from '../support/browser/whole-app.js';

let app: WholeApp;
let browser: TestBrowser;
beforeAll(async () => {
  const policy = { JORNADA_SECOND_FACTOR: 'admins' };
  [app, browser] = await Promise.all([openWholeApp([], undefined, policy), openBrowser()]);
  await app.person('ada', 'admin');
  await app.person('cora', 'csm');
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

type Phone = ReturnType<typeof openAuthenticator>;
let adasPhone: Phone;
let adasCodes: readonly string[];

const givePassword = async (page: Page, loginName: string): Promise<void> => {
  const name = page.locator('input[name=loginName]');
  const form = page.locator('form').filter({ has: name });
  await name.fill(loginName);
  await form.locator('input[name=password]').fill(PASSWORD);
  await form.locator('button[type=submit]').click();
};
const giveCode = async (page: Page, code: string): Promise<void> => {
  const field = page.locator('input[name=code]');
  await field.fill(code);
  await field.press('Enter');
};

/** Sets one up, from the field of the password on. @returns the app on the phone, and what is shown once */
async function enrol(
  watched: Watched,
  shots: { readonly begun: string; readonly codes: string },
): Promise<{ readonly phone: Phone; readonly codes: readonly string[] }> {
  const { page } = watched;
  await page.locator('input[name=factorPassword]').fill(PASSWORD);
  await page.locator('input[name=factorPassword]').press('Enter');
  await page.getByRole('img', { name: /QR/ }).waitFor();
  const phone = openAuthenticator((await page.locator('code').textContent()) ?? '');
  await giveCode(page, '000000');
  await page.getByRole('alert').waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
  await picture(page, shots.begun);
  await expectSound(watched);
  await giveCode(page, await phone.code());
  const shown = (await page.locator('pre').textContent()) ?? '';
  const codes = shown.trim().split('\n');
  expect(new Set(codes).size).toBe(10);
  await page.evaluate(() => window.scrollTo(0, 0));
  await picture(page, shots.codes);
  await expectSound(watched);
  return { phone, codes };
}

/** So long ago that it counts as fresh no more. */
async function ageFactors(): Promise<void> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query("update user_sessions set factor_at = factor_at - interval '6 minutes'");
  await client.end();
}

test('an admin who has none sets one up before anything else, narrow and dark, in Portuguese', async () => {
  const watched = await browser.open(`${app.url}/admin`, {
    ...{ locale: 'pt-BR', scheme: 'dark', width: 360 },
  });
  const { page } = watched;
  await givePassword(page, 'ada');
  await page.getByRole('heading', { name: 'Configure um segundo fator para continuar' }).waitFor();
  expect(await page.getByRole('navigation').count()).toBe(0);
  const shots = {
    begun: 'factor-begun-pt-BR-dark-360',
    codes: 'factor-codes-pt-BR-dark-360',
  };
  const { phone, codes } = await enrol(watched, shots);
  [adasPhone, adasCodes] = [phone, codes];
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Baixar' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toBe(`${codes.join('\n')}\n`);
  await page.getByRole('button', { name: 'Já guardei' }).click();
  // What they had asked for.
  await page.getByRole('cell', { name: 'cora' }).first().waitFor();
  expect(new URL(page.url()).pathname).toBe('/admin');
});

test('signing in asks for a code: a wrong one is told, and a recovery code counts once', async () => {
  const watched = await browser.open(`${app.url}/account`);
  const { page } = watched;
  await givePassword(page, 'ada');
  await page.getByText('One more step, ada').waitFor();
  await giveCode(page, '000000');
  await page.getByText('This code does not count').waitFor();
  await picture(page, 'sign-in-code-en-light-1280');
  await expectSound(watched);
  await giveCode(page, adasCodes[0] ?? '');
  await page.getByText('9 recovery codes are left').waitFor();
  await page.getByRole('button', { name: 'ada' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await givePassword(page, 'ada');
  await giveCode(page, adasCodes[0] ?? '');
  await page.getByText('This code does not count').waitFor();
  await giveCode(page, await adasPhone.code());
  await page.getByRole('navigation').waitFor();
  expect(watched.troubles).toEqual([]);
});

test('what weighs much asks for it anew, and is done then', async () => {
  const watched = await browser.open(`${app.url}/admin`);
  const { page } = watched;
  await givePassword(page, 'ada');
  await giveCode(page, adasCodes[1] ?? '');
  await page.getByRole('button', { name: 'Add somebody' }).click();
  const form = page.getByRole('dialog');
  await form.locator('input[name=loginName]').fill('noa');
  await form.locator('input[name=displayName]').fill('Noa Reis');
  await ageFactors();
  await form.getByRole('button', { name: 'Save' }).click();
  const asking = page.getByRole('dialog', { name: 'Is it you?' });
  await asking.waitFor();
  await picture(page, 'step-up-en-light-1280');
  await expectSound(watched);
  await asking.locator('input[name=code]').press('Escape');
  // It was not done, and what was typed stays.
  await page.getByText('STEP_UP_REQUIRED').waitFor();
  await form.getByRole('button', { name: 'Save' }).click();
  await giveCode(page, await adasPhone.code());
  const link = (await page.getByRole('dialog').locator('pre').textContent()) ?? '';
  expect(link).toContain(`${app.url}/password#`);
  await page.keyboard.press('Escape');
  await page.getByRole('cell', { name: 'Noa Reis', exact: true }).waitFor();
});

test('a csm sets one up of their own will; an admin takes it away, and the next sign-in asks for none', async () => {
  const theirs = await browser.open(`${app.url}/account`);
  await signIn(theirs.page, 'cora');
  await theirs.page.getByRole('button', { name: 'Set up a second factor' }).click();
  const shots = {
    begun: 'factor-begun-en-light-1280',
    codes: 'factor-codes-en-light-1280',
  };
  await enrol(theirs, shots);
  await theirs.page.getByRole('button', { name: 'I have kept them' }).click();
  await theirs.page.getByText('10 recovery codes are left').waitFor();
  await theirs.page.getByRole('button', { name: 'New recovery codes' }).click();
  await theirs.page.locator('pre').waitFor();
  await theirs.page.getByRole('button', { name: 'I have kept them' }).click();

  const { page } = await browser.open(`${app.url}/admin`);
  await givePassword(page, 'ada');
  await giveCode(page, adasCodes[2] ?? '');
  const takeAway = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Change cora' }).click();
    await page.getByRole('menuitem', { name: 'Take second factor away' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take second factor away' }).click();
  };
  await takeAway();
  await page.getByText('The second factor of cora is taken away.').waitFor();
  await takeAway();
  await page.getByText('cora has none.').waitFor();

  await theirs.page.reload();
  await signIn(theirs.page, 'cora');
  await theirs.page.getByRole('button', { name: 'Set up a second factor' }).waitFor();
  expect(theirs.troubles).toEqual([]);
});

test('who takes their own away is out, and sets another up when it is asked of them', async () => {
  const { page, troubles } = await browser.open(`${app.url}/account`);
  await givePassword(page, 'ada');
  await giveCode(page, adasCodes[3] ?? '');
  await page.getByRole('button', { name: 'Take it away' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take it away' }).click();
  await page.getByText('Your session has ended').waitFor();
  await givePassword(page, 'ada');
  await page.getByRole('heading', { name: 'Set up a second factor to go on' }).waitFor();
  expect(troubles).toEqual([]);
});
