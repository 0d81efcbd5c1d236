/**
 * The files of a draft in a real browser: added by kind, renamed with what names them, deleted with what would dangle, taken
 * along as a ZIP and brought in again, as a draft and as a package that is new.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';
import { oddZip } from '../support/zip.js';

const KEY = 'quick-wins';
/** What parts of others break, exactly. */
const KNOWN_OF_MODELER = ['color-contrast'];

let app: WholeApp;
let browser: TestBrowser;
beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp([KEY]), openBrowser()]);
  await app.person('dana', 'designer');
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

const begun = async (): Promise<string> => {
  const { body } = await app.as('dana', 'POST', '/api/v1/drafts', { packageKey: KEY, title: 'F' });
  return (body as unknown as { draft: { draftId: string } }).draft.draftId;
};
const filesOf = async (draftId: string): Promise<Readonly<Record<string, string>>> => {
  const { body } = await app.as('dana', 'GET', `/api/v1/drafts/${draftId}`);
  const { files } = body as unknown as { files: { path: string; content: string }[] };
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
};
const choose = async (page: Page, menu: string, item: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const dialogOf = (page: Page) => page.getByRole('dialog');

test('adds, renames and deletes files, and takes the package along and back', async () => {
  const draftId = await begun();
  const watched = await browser.open(`${app.url}/designer/${KEY}?draft=${draftId}`);
  const { page } = watched;
  await signIn(page, 'dana');
  await page.locator('.djs-container .djs-shape').first().waitFor();
  const before = await filesOf(draftId);
  const form = Object.keys(before).find((path) => path.endsWith('.form')) ?? '';

  await choose(page, 'Add', 'Mail, in both languages');
  await dialogOf(page).getByLabel('Name').fill('Thanks!');
  await dialogOf(page).getByText('Small letters, digits').waitFor();
  await dialogOf(page).getByLabel('Name').fill('well-done');
  await dialogOf(page).getByText('mail/well-done.pt-BR.liquid').waitFor();
  await picture(page, 'designer-file-add');
  await expectSound(watched, KNOWN_OF_MODELER);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'well-done.en.liquid' }).waitFor();
  expect((await filesOf(draftId))['process.yaml']).toContain('  well-done:\n');

  // A new name, by its key, where the form is named in the model.
  const tree = page.getByRole('navigation', { name: 'Files' });
  await tree.getByRole('button', { name: form.slice('forms/'.length) }).focus();
  await page.keyboard.press('F2');
  await dialogOf(page).getByLabel('New name').fill('renamed-form');
  await dialogOf(page).getByText('process.bpmn names it').waitFor();
  await picture(page, 'designer-file-rename');
  await page.keyboard.press('Enter');
  await tree.getByRole('button', { name: 'renamed-form.form' }).waitFor();
  const renamed = await filesOf(draftId);
  expect(renamed['process.bpmn']).toContain('formId="renamed-form"');
  expect(renamed['forms/renamed-form.form']).toContain('"id": "renamed-form"');
  expect(renamed).not.toHaveProperty(form);

  await choose(page, 'More for files', /^Delete renamed-form/);
  await dialogOf(page).getByText('What then names nothing').waitFor();
  await picture(page, 'designer-file-delete');
  await expectSound(watched, KNOWN_OF_MODELER);
  await dialogOf(page).getByRole('button', { name: 'Cancel' }).click();
  await tree.getByRole('button', { name: 'README.md' }).focus();
  await page.keyboard.press('Delete');
  await dialogOf(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByText('README.md is deleted.').waitFor();

  const download = page.waitForEvent('download');
  await choose(page, 'More for files', 'Download as ZIP');
  const saved = await download;
  expect(saved.suggestedFilename()).toBe(`${KEY}.zip`);
  const bytes = await readFile(await saved.path());

  await choose(page, 'More for files', 'Upload a ZIP');
  const bad = oddZip([{ name: '../../etc/passwd.md' }]);
  const pick = (name: string, buffer: Buffer) =>
    dialogOf(page)
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/zip', buffer });
  await pick('bad.zip', bad);
  await dialogOf(page).getByRole('button', { name: 'Upload', exact: true }).click();
  await dialogOf(page).getByText('leads out of it').waitFor();
  await picture(page, 'designer-file-upload');
  await expectSound(watched, KNOWN_OF_MODELER);
  await pick('new.zip', oddZip([{ name: 'README.md', bytes: '# Back' }, { name: '.DS_Store' }]));
  await dialogOf(page).getByRole('button', { name: 'Upload', exact: true }).click();
  await page.getByText('left out: .DS_Store').waitFor();
  expect((await filesOf(draftId))['README.md']).toBe('# Back');

  // As a package of its own.
  await page.goto(`${app.url}/designer`);
  await page.getByRole('button', { name: 'Upload a package' }).click();
  await pick('whole.zip', bytes);
  await dialogOf(page).getByLabel('Name of the package').fill('taken-along');
  await dialogOf(page).getByRole('button', { name: 'Upload', exact: true }).click();
  await page.waitForURL(/designer\/taken-along\?draft=/);
  await page.getByRole('button', { name: 'renamed-form.form' }).waitFor();
  await page.goto(`${app.url}/designer`);
  await page.getByRole('link', { name: 'taken-along' }).waitFor();
  await picture(page, 'designer-packages-new');
  await expectSound(watched);
});

test('in the other language, in the dark, where it is narrow', async () => {
  const draftId = await begun();
  const looks = { locale: 'pt-BR', scheme: 'dark', width: 400, height: 800 } as const;
  const watched = await browser.open(`${app.url}/designer/${KEY}?draft=${draftId}`, looks);
  const { page } = watched;
  await signIn(page, 'dana');
  await page.locator('.djs-container .djs-shape').first().waitFor();
  await choose(page, 'Adicionar', 'Decisão');
  await dialogOf(page).getByLabel('Nome').fill('order_priority');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'order_priority.dmn', exact: true }).waitFor();
  await page.locator('.dmn-decision-table-container').first().waitFor();
  await choose(page, 'Mais para arquivos', 'Renomear order_priority.dmn');
  await dialogOf(page).getByLabel('Novo nome').fill('priority');
  await dialogOf(page).getByText('decisions/order_priority.dmn.test.csv →').waitFor();
  await picture(page, 'designer-file-rename-pt-BR-dark-400');
  await expectSound(watched, [...KNOWN_OF_MODELER, 'empty-table-header']);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'priority.dmn', exact: true }).waitFor();
});

test('a published version is downloaded from the page of its package, also where it is narrow', async () => {
  const looks = { locale: 'pt-BR', scheme: 'dark', width: 400, height: 800 } as const;
  const watched = await browser.open(`${app.url}/designer/${KEY}`, looks);
  const { page } = watched;
  await signIn(page, 'dana');
  const link = page.getByRole('link', { name: /^Baixar como ZIP: quick-wins/ }).first();
  await link.waitFor();
  await picture(page, 'designer-package-pt-BR-dark-400');
  await expectSound(watched);
  await link.focus();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.keyboard.press('Enter'),
  ]);
  expect(download.suggestedFilename()).toMatch(/^quick-wins-[0-9a-f]{8}\.zip$/);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  expect(bytes.toString('latin1')).toContain('quick-wins/process.bpmn');
});

test('what is said when a draft is handed in and given back stands on the page of its package', async () => {
  const draftId = await begun();
  const watched = await browser.open(`${app.url}/designer/${KEY}?draft=${draftId}`);
  const { page } = watched;
  await signIn(page, 'dana');
  const saying = async (button: string, remark: string): Promise<void> => {
    await page.getByRole('button', { name: button, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: button });
    await dialog.getByLabel('What there is to say about it').fill(remark);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
  };
  await saying('Hand in for review', 'Please look at the reminder');
  await saying('Give back', 'Two days are too short');
  await page.getByRole('button', { name: 'Hand in for review', exact: true }).waitFor();
  await page.goto(`${app.url}/designer/${KEY}`);
  const said = page.getByRole('list', { name: 'What was said on F' });
  await said.getByText('“Two days are too short”').waitFor();
  expect(await said.getByRole('listitem').count()).toBe(2);
  await picture(page, 'designer-remarks');
  await expectSound(watched);
});
