/**
 * Customers and the audit in a real browser. An admin finds an offboarding, checks every step's evidence, takes the case
 * file, has it verified, changes it and is told; an auditor reads and changes nothing; a csm sees customers whom
 * they look after, and no cases.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { fillWithOffboarded } from '../support/browser/records.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';
import type { Offboarded } from '../support/offboarded.js';

let app: WholeApp;
let browser: TestBrowser;
let left: Offboarded;
beforeAll(async () => {
  const prepare = async (url: string, folder: string): Promise<void> => {
    left = await fillWithOffboarded(url, folder);
  };
  [app, browser] = await Promise.all([openWholeApp([], prepare), openBrowser()]);
  await app.person('ada', 'admin');
  await app.person('rui', 'auditor');
  await app.person('cora', 'csm');
}, 300_000);
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

/** `jornada audit verify`, as the one who got the file runs it. */
const verified = async (file: string) => {
  const run = promisify(execFile)(process.execPath, [
    resolve('cli/jornada.mjs'),
    'audit',
    'verify',
    file,
  ]);
  return run.then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    (error: { readonly code: number; readonly stdout: string }) => ({
      code: error.code,
      out: error.stdout,
    }),
  );
};

describe('an admin', () => {
  test('finds the offboarding, checks its evidence, takes it along, and a change of it is found', async () => {
    const watched = await browser.open(`${app.url}/audit`);
    const { page } = watched;
    await signIn(page, 'ada');
    await page.getByRole('link', { name: 'Offboarding' }).waitFor();
    await picture(page, 'audit-en-light-1280');
    await expectSound(watched);
    await page.getByRole('link', { name: 'Offboarding' }).click();
    await page.getByRole('heading', { level: 1, name: 'Case: Offboarding' }).waitFor();

    // who did what, and why
    const steps = page.getByRole('region', { name: 'What happened' });
    await steps.getByText("completed task 'Check case file'").first().waitFor();
    await steps.getByText('All is there').waitFor();
    // forms as they were shown
    const forms = page.getByRole('region', { name: 'Forms as they were shown' });
    await forms.getByText('Signed in with a second factor').waitFor();
    // evidence, export, certificate
    await page.getByRole('region', { name: 'Evidence of accesses' }).getByText('revoked').waitFor();
    await page.getByText('ab'.repeat(32)).first().waitFor();
    await page.getByText('Certificate 1').waitFor();
    await page.getByText('holds', { exact: true }).waitFor();
    // the definition as it was
    await page.getByRole('button', { name: 'Show the diagram' }).last().click();
    await page.locator('.djs-container svg').first().waitFor();
    const logo = page.locator('.bjs-powered-by');
    await logo.waitFor();
    const isOnTop = await logo.evaluate((link) => {
      link.scrollIntoView({ block: 'center' });
      const { left: x, top: y, width, height } = link.getBoundingClientRect();
      const seen = document.elementFromPoint(x + width / 2, y + height / 2);
      return seen !== null && link.contains(seen);
    });
    expect(isOnTop).toBe(true);
    await picture(page, 'case-en-light-1280');
    await expectSound(watched);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the case file' }).click(),
    ]);
    const file = join(app.line.root, download.suggestedFilename());
    await download.saveAs(file);
    await page.getByText('that you took it stands in the audit').waitFor();
    const sound = await verified(file);
    expect([sound.code, sound.out.split('\n')[0]]).toEqual([0, 'SOUND']);

    const changed = join(app.line.root, 'changed.zip');
    copyFileSync(file, changed);
    const bytes = readFileSync(changed);
    const at = bytes.indexOf('"actor":"ada"');
    expect(at).toBeGreaterThan(0);
    bytes.write('eve', at + '"actor":"'.length);
    writeFileSync(changed, bytes);
    const tampered = await verified(changed);
    expect([tampered.code, tampered.out]).toEqual([1, expect.stringMatching(/^TAMPERED: /)]);

    await page.goto(`${app.url}/audit?tab=acts&action=exportCase`);
    await page.getByText('took the case file of').first().waitFor();
    await picture(page, 'acts-en-light-1280');
    await expectSound(watched);

    // In a browser that prefers English: what was chosen here counts, also for what the server tells.
    await page.getByRole('button', { name: 'ada' }).click();
    await page.getByRole('menuitem', { name: 'Português (Brasil)' }).click();
    await page.getByText('baixou o dossiê de').first().waitFor();
  });
});

test('where nothing fits, the filters that leave all out are named and lifted', async () => {
  const { page } = await browser.open(`${app.url}/audit?process=welcome`);
  await signIn(page, 'ada');
  await page.getByText('No case of this process has ended.').waitFor();
  await page.getByRole('button', { name: /Lift the filter Process: welcome/i }).click();
  await page.getByRole('link', { name: 'Offboarding' }).waitFor();
  await page.goto(`${app.url}/audit?tab=acts&actor=nobody&outcome=failed`);
  await page.getByRole('button', { name: 'Lift the filter By whom: nobody' }).click();
  await page.getByRole('button', { name: 'Lift the filter Outcome: failed' }).click();
  await page.getByText('added').first().waitFor();
  expect(await page.getByLabel('By whom').inputValue()).toBe('');
});

describe('an auditor', () => {
  test('takes the log of a time along, by keys alone, and is told that it is not the whole', async () => {
    const watched = await browser.open(`${app.url}/audit?tab=acts`);
    const { page } = watched;
    await signIn(page, 'rui');
    await page.getByRole('button', { name: 'Take the log along' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Take the log along' });
    await dialog.getByRole('textbox', { name: 'By whom' }).fill('rui');
    await page.keyboard.press('Enter');
    await dialog.getByText('does not call it whole').waitFor();
    await picture(page, 'take-log-en-light-1280');
    await expectSound(watched);
    const [log] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: 'Download the log' }).press('Enter'),
    ]);
    const file = join(app.line.root, log.suggestedFilename());
    await log.saveAs(file);
    const checked = await verified(file);
    expect([checked.code, checked.out.split('\n')[0]]).toEqual([0, 'SOUND']);
    expect(checked.out).toContain('NO: a filter left out');
  });

  test('does so on a small screen, in Portuguese', async () => {
    const looks = { locale: 'pt-BR', scheme: 'dark', width: 400 } as const;
    const watched = await browser.open(`${app.url}/audit?tab=acts`, looks);
    const { page } = watched;
    await signIn(page, 'rui');
    await page.getByRole('button', { name: 'Levar o log' }).click();
    const dialog = page.getByRole('dialog', { name: 'Levar o log' });
    await dialog.getByRole('button', { name: 'Ver quais registros' }).click();
    await dialog.getByRole('link', { name: 'Baixar o log' }).waitFor();
    await picture(page, 'take-log-pt-BR-dark-400');
    await expectSound(watched);
  });
});

const LOOKS = [
  { locale: 'en', scheme: 'dark', width: 1280 },
  { locale: 'pt-BR', scheme: 'light', width: 400 },
] as const;

describe.each(LOOKS)('$locale, $scheme, $width wide', (looks) => {
  const { locale, scheme, width } = looks;
  const name = (of: string): string => `${of}-${locale}-${scheme}-${width}`;

  test('every page is sound', async () => {
    const watched = await browser.open(`${app.url}/customers`, looks);
    const { page } = watched;
    await signIn(page, 'rui');
    await page.getByRole('link', { name: left.legalName }).waitFor();
    await picture(page, name('customers'));
    await expectSound(watched);
    // Plans are chosen by their names; what an address names besides goes on to count.
    const [plan, stage] = locale === 'en' ? ['Plan', 'Stage'] : ['Plano', 'Etapa'];
    await page.getByLabel(plan, { exact: true }).selectOption({ label: 'Team' });
    await page.waitForURL(/plan=team/);
    await page.getByRole('link', { name: left.legalName }).waitFor();
    await page.goto(`${app.url}/customers?stage=of-before`);
    await page.getByRole('button', { name: /of-before/ }).waitFor();
    expect(await page.getByLabel(stage, { exact: true }).inputValue()).toBe('of-before');
    await page.getByRole('button', { name: /of-before/ }).click();
    await page.getByRole('link', { name: left.legalName }).click();
    await page.getByText('ines@example.org').waitFor();
    const process = looks.locale === 'en' ? 'Offboarding' : 'Encerramento';
    await page.getByRole('link', { name: process }).waitFor();
    await picture(page, name('customer'));
    await expectSound(watched);
    for (const tab of ['cases', 'acts', 'holds', 'erasures']) {
      await page.goto(`${app.url}/audit?tab=${tab}`);
      await page
        .getByRole('tabpanel')
        .getByRole('status')
        .or(page.getByRole('tabpanel').locator('svg'))
        .first()
        .waitFor();
      await picture(page, name(`audit-${tab}`));
      await expectSound(watched);
    }
    await page.goto(`${app.url}/audit/cases/${left.caseId}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await picture(page, name('case'));
    await expectSound(watched);
  });
});

describe('who may what', () => {
  test('an auditor reads, and is refused whatever changes something', async () => {
    const { customerId } = left;
    const wanted = { customerId, ground: 'litigation', matterId: 'M-1' };
    const asked = await app.as('rui', 'POST', '/api/v1/holds', wanted);
    expect([asked.status, (asked.body as { title: string }).title]).toEqual([403, 'READ_ONLY']);
    expect((await app.as('rui', 'GET', `/api/v1/cases/${left.caseId}`)).status).toBe(200);
  });

  test('an admin has a process place a legal hold, once there is one', async () => {
    const watched = await browser.open(`${app.url}/customers/${left.customerId}`);
    const { page } = watched;
    await signIn(page, 'ada');
    await page.getByRole('button', { name: 'Place a hold' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Ground').selectOption('tax-audit');
    await dialog.getByLabel('Id of the matter').fill('M-17');
    await picture(page, 'hold-en-light-1280');
    await dialog.getByRole('button', { name: 'Place a hold' }).click();
    await page.getByText(/HOLD_PROCESS_MISSING/).waitFor();
    expect((await app.line.ask('deploy', resolve('definitions/legal-hold'))).code).toBe(0);
    await dialog.getByRole('button', { name: 'Place a hold' }).click();
    await page.getByText('The process has begun').waitFor();
  });

  test('a csm sees customers whom an admin gives them, their own acts, and no case', async () => {
    const path = `/api/v1/customers/${left.customerId}`;
    expect((await app.as('cora', 'GET', path)).status).toBe(404);
    const admin = await browser.open(`${app.url}/customers/${left.customerId}`);
    await signIn(admin.page, 'ada');
    await admin.page.getByRole('button', { name: 'Change', exact: true }).click();
    const people = admin.page.getByRole('dialog').getByLabel('People');
    await people.fill('nobody-here');
    await people.press('Enter');
    await admin.page.getByRole('button', { name: 'Save' }).click();
    await admin.page.getByText(/PORTFOLIO_PERSON_UNKNOWN/).waitFor();
    await people.press('Backspace');
    await people.fill('cora');
    await people.press('Enter');
    await picture(admin.page, 'portfolio-en-light-1280');
    await admin.page.getByRole('button', { name: 'Save' }).click();
    await admin.page.getByText('They look after this customer now.').waitFor();
    await expectSound(admin);
    const { page } = await browser.open(`${app.url}/audit`);
    await signIn(page, 'cora');
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
    expect(await page.getByRole('tab').count()).toBe(0);
    expect((await app.as('cora', 'GET', `/api/v1/cases/${left.caseId}`)).status).toBe(403);
    expect((await app.as('cora', 'GET', path)).status).toBe(200);
  });
});
