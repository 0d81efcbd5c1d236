/** Substitutes in a real browser: somebody names one, who finds the task, takes it for them, and completes it; both are told of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';
import { decidedBy } from '../support/task-links.js';

let app: WholeApp;
let browser: TestBrowser;
const [processId, files] = decidedBy('substituted', 'choice');
beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp(), openBrowser()]);
  await app.member('cora', ['refunds'], 'csm');
  await app.person('bea', 'csm');
  for (const [name, text] of Object.entries(files)) {
    const path = join(app.line.root, processId, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, String(text));
  }
  const { code, json } = await app.line.ask('deploy', processId);
  expect(code, JSON.stringify(json)).toBe(0);
});
afterEach(() => browser.closePages());
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

/** A task that cora has. @returns its key */
async function herTask(): Promise<string> {
  const started = await app.as('cora', 'POST', '/v2/process-instances', {
    ...{ processDefinitionId: processId },
    variables: { group: 'refunds', within: 'P1D', why: 'It was the wrong size' },
  });
  const { processInstanceKey } = started.body as { readonly processInstanceKey: string };
  const filter = { processInstanceKey };
  const { body } = await app.as('cora', 'POST', '/v2/user-tasks/search', { filter });
  const { items } = body as { readonly items: readonly { readonly userTaskKey: string }[] };
  const key = items[0]?.userTaskKey ?? '';
  await app.as('cora', 'POST', `/api/v1/tasks/${key}/assignment`, { assignee: 'cora' });
  return key;
}

test('a person names one, who does her task; the task, its history and the audit name both', async () => {
  const key = await herTask();
  const cora = await browser.open(`${app.url}/account`);
  await signIn(cora.page, 'cora');
  await cora.page.getByText('Nobody stands in for anybody.').waitFor();
  await cora.page.getByRole('button', { name: 'Name a substitute' }).click();
  const dialog = cora.page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Who stands in' }).fill('bea');
  await cora.page.keyboard.press('ArrowDown');
  await cora.page.keyboard.press('Enter');
  const today = new Date();
  const day = (on: number): string => {
    const at = new Date(today.getTime() + on * 86_400_000);
    return at.toISOString().slice(0, 10);
  };
  await dialog.getByLabel('First day').fill(day(-1));
  await dialog.getByLabel('Last day').fill(day(7));
  await picture(cora.page, 'substitute-naming');
  await expectSound(cora, ['color-contrast']);
  await dialog.getByRole('button', { name: 'Name a substitute' }).click();
  await cora.page.getByText('bea stands in from then on.').waitFor();

  const bea = await browser.open(`${app.url}/inbox`);
  const { page } = bea;
  await signIn(page, 'bea');
  const row = page.locator('.inbox-row');
  await row.first().waitFor();
  expect(await row.first().innerText()).toContain('for cora');
  await row.locator('a').first().click();
  await page.waitForURL(`**/tasks/${key}`);
  await page.getByText('You stand in for cora, who is away').waitFor();
  await picture(page, 'task-as-substitute');
  await expectSound(bea, ['color-contrast']);
  await page.getByRole('button', { name: 'Take it for cora' }).click();
  await page.getByText('bea claimed it, for cora').waitFor();
  await page.getByLabel('Pay').check();
  await page.getByRole('button', { name: 'Complete' }).click();
  await page.getByText('bea completed it, for cora').waitFor();
  await expectSound(bea, ['color-contrast']);

  const told = await app.line.ask('audit', '--since', '1h');
  expect(JSON.stringify(told.json)).toMatch(/"for":"cora"/);
});

test('one is removed, narrow, dark and in Portuguese', async () => {
  const looks = { locale: 'pt-BR', scheme: 'dark', width: 400 } as const;
  const watched = await browser.open(`${app.url}/account`, looks);
  const { page } = watched;
  await signIn(page, 'cora');
  const remove = page.getByRole('button', { name: 'Remover bea, que substitui cora' });
  await remove.waitFor();
  await picture(page, 'substitutes-pt-BR-dark-400');
  await expectSound(watched);
  await remove.click();
  await page.getByText('Ninguém substitui ninguém.').waitFor();
});
