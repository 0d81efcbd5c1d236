/** Signing in by a provider of identities, walked through in a real browser: there, back, and again where it was asked for. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, type WholeApp } from '../support/browser/whole-app.js';
import { CLIENT, openProvider, type TestProvider } from '../support/openid-provider.js';

let app: WholeApp;
let browser: TestBrowser;
let provider: TestProvider;
const folder = mkdtempSync(join(tmpdir(), 'jornada-test-sign-in-'));
beforeAll(async () => {
  provider = await openProvider();
  const file = join(folder, 'sign-in.json');
  const settings = {
    ...{ issuer: provider.issuer, clientId: CLIENT.clientId, title: 'Company account' },
    ...{ clientSecret: { env: 'OF_THE_TEST' }, breakGlass: 'ada' },
    groups: { 'cs-team': { roles: ['csm'], groups: ['support'] } },
  };
  writeFileSync(file, JSON.stringify(settings));
  const environment = { JORNADA_SIGN_IN: file, OF_THE_TEST: CLIENT.clientSecret };
  [app, browser] = await Promise.all([openWholeApp([], undefined, environment), openBrowser()]);
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close(), provider?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

test('somebody goes there by the button, comes back where they wanted to, and is out when it says so', async () => {
  provider.signedIn({
    ...{ sub: 's-1', sid: 'session-1', name: 'Inês Pereira', groups: ['cs-team'] },
    preferred_username: 'ines',
  });
  const watched = await browser.open(`${app.url}/account`);
  const { page } = watched;
  const button = page.getByRole('link', { name: 'Company account' });
  await button.waitFor();
  await page.getByText('Emergency access by password').waitFor();
  await picture(page, 'sign-in-provider-en-light-1280');
  await expectSound(watched);
  await button.click();
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await page.getByText('Roles: csm').waitFor();
  // Neither a password nor a second factor of theirs is here.
  await page.getByRole('heading', { name: 'Password and second factor' }).waitFor();
  expect(await page.locator('input[type=password]').count()).toBe(0);
  await picture(page, 'account-provider-en-light-1280');
  expect(new URL(page.url()).pathname).toBe('/account');
  // Elsewhere it went to the provider alone, to be signed in.
  expect(watched.troubles).toEqual([
    expect.stringMatching(new RegExp(`^request elsewhere: ${provider.issuer}/authorize\\?`)),
  ]);

  const logout = await provider.logoutToken({ sub: 's-1', sid: 'session-1' });
  const told = await fetch(`${app.url}/sign-in/provider/logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: logout }),
  });
  expect(told.status).toBe(200);
  await page.reload();
  await button.waitFor();
});

test('who is in no group that has a role is told so, in Portuguese, and may go back', async () => {
  provider.signedIn({ sub: 's-2', name: 'Rui Alves', groups: ['others'] });
  const { page } = await browser.open(`${app.url}/inbox`, { locale: 'pt-BR', width: 360 });
  await page.getByRole('link', { name: 'Company account' }).click();
  await page.getByText('PROVIDER_NO_ROLE').waitFor();
  await page.goto(`${app.url}/inbox`);
  await page.getByRole('link', { name: 'Company account' }).waitFor();
});
