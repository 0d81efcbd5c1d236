/** The frame of the web app in a real browser: signing in and out, languages, themes, widths, keys. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, PASSWORD, signIn, type WholeApp } from '../support/browser/whole-app.js';

let app: WholeApp;
let browser: TestBrowser;
beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp(), openBrowser()]);
  await app.person('cora', 'csm');
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

const LOOKS = [
  { locale: 'en', scheme: 'light', width: 1280 },
  { locale: 'pt-BR', scheme: 'dark', width: 400 },
] as const;

describe.each(LOOKS)('$locale, $scheme, $width wide', (looks) => {
  const { locale, scheme, width } = looks;
  const enter = locale === 'en' ? 'Sign in' : 'Entrar';

  test('signs in, and the address stays', async () => {
    const watched = await browser.open(`${app.url}/account`, looks);
    const { page } = watched;
    await page.getByRole('button', { name: enter }).waitFor();
    await picture(page, `sign-in-${locale}-${scheme}-${width}`);
    await expectSound(watched);
    await signIn(page, 'cora');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/account');
    await page.getByRole('table').waitFor();
    await picture(page, `account-${locale}-${scheme}-${width}`);
    await expectSound(watched);
  });
});

test('who is signed out meanwhile signs in over the page, and loses nothing', async () => {
  const { page } = await browser.open(`${app.url}/account`);
  await signIn(page, 'cora');
  await page.locator('input[name=current]').fill('half typed');
  await page.context().clearCookies();
  await page.locator('input[name=password]').fill('long enough for a word');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Your session has ended').waitFor();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[name=loginName]').fill('cora');
  await dialog.locator('input[name=password]').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await page.locator('input[name=current]').inputValue()).toBe('half typed');
});

test('a token is made, works for a program, and works no more once it is revoked', async () => {
  const watched = await browser.open(`${app.url}/account`);
  const { page } = watched;
  await signIn(page, 'cora');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const form = page.getByRole('dialog');
  await form.locator('input[name=name]').fill('Nightly report');
  await expectSound(watched);
  await form.getByRole('button', { name: 'Make a token' }).click();
  const secret = (await page.locator('pre').textContent()) ?? '';
  expect(secret).toMatch(/^jrn_/);
  const statusOf = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${secret}` };
    return (await fetch(`${app.url}/api/v1/me`, { headers })).status;
  };
  expect(await statusOf()).toBe(200);
  await page.getByRole('button', { name: 'Revoke Nightly report' }).click();
  await page.getByText('Nightly report is revoked.').waitFor();
  expect(await statusOf()).toBe(401);
  await expectSound(watched);
});

test('a wrong password is told, and keys are listed', async () => {
  const watched = await browser.open(app.url);
  const { page } = watched;
  await page.locator('input[name=loginName]').fill('cora');
  await page.locator('input[name=password]').fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Name and password do not fit.').waitFor();
  await signIn(page, 'cora');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.waitFor();
  expect(await keys.getByRole('heading', { name: 'Everywhere' }).count()).toBe(1);
  await expectSound(watched);
});

test('an address that is none is told; files that are none are no page', async () => {
  const { page } = await browser.open(`${app.url}/no/such/page`);
  await page.getByText('Nothing is at this address').waitFor();
  const answer = await fetch(`${app.url}/web/nothing.js`, { headers: { accept: 'text/html' } });
  expect(answer.status).toBe(404);
  const first = await (await fetch(app.url, { headers: { accept: 'text/html' } })).text();
  const script = /src="(\/web\/[\w.-]+\.js)"/.exec(first)?.[1] ?? '';
  const sent = await fetch(app.url + script, { headers: { 'accept-encoding': 'gzip' } });
  expect(sent.headers.get('content-encoding')).toBe('gzip');
  expect(sent.headers.get('cache-control')).toContain('immutable');
  expect(sent.headers.get('content-type')).toContain('javascript');
});
