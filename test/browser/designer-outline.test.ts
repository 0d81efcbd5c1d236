/**
 * The steps of a model as a list, by keyboard alone: walked in order and along the flow, chosen, named, added, taken out and
 * taken back; and on every other page with a diagram.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';

const KEY = 'quick-wins';
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
  const { body } = await app.as('dana', 'POST', '/api/v1/drafts', { packageKey: KEY, title: 'O' });
  return (body as unknown as { draft: { draftId: string } }).draft.draftId;
};
const modelOf = async (draftId: string): Promise<string> => {
  const { body } = await app.as('dana', 'GET', `/api/v1/drafts/${draftId}/file?path=process.bpmn`);
  return (body as unknown as { content: string }).content;
};
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-step') ?? '');
/** Presses Tab until it is there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await page.evaluate((one) => document.activeElement?.matches(one) ?? false, selector))
      return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${selector}`);
}

test('a model is changed by keys alone', async () => {
  const draftId = await begun();
  const watched = await browser.open(`${app.url}/designer/${KEY}?draft=${draftId}`);
  const { page } = watched;
  await signIn(page, 'dana');
  await page.locator('.djs-container .djs-shape').first().waitFor();
  const before = await modelOf(draftId);

  await tabTo(page, '[aria-label="Steps of the model"]');
  await page.keyboard.press('Enter');
  await tabTo(page, '[data-step]');
  const first = await focused(page);
  expect(before).toContain(`<bpmn:startEvent id="${first}"`);
  // Along the flow, and back; then the end of the list and its beginning.
  await page.keyboard.press('ArrowRight');
  const second = await focused(page);
  expect(before).toContain(`sourceRef="${first}" targetRef="${second}"`);
  await page.keyboard.press('ArrowLeft');
  expect(await focused(page)).toBe(first);
  await page.keyboard.press('End');
  const last = await focused(page);
  expect(last).not.toBe(first);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.locator(`.djs-element.selected[data-element-id="${first}"]`).waitFor();
  await picture(page, 'designer-steps');
  await expectSound(watched, KNOWN_OF_MODELER);

  // A task behind the start, with a name; it is there, connected, and in the file.
  await page.keyboard.press('a');
  await page.getByRole('menuitem', { name: 'User task' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByLabel('Name of the step').fill('Look at it twice');
  await page.keyboard.press('Enter');
  const made = page.locator('[data-step]', { hasText: 'Look at it twice' });
  await made.waitFor();
  await expect.poll(() => focused(page)).toMatch(/^Activity_/);
  expect(await made.textContent()).toContain('User task');
  await expect.poll(() => modelOf(draftId)).toContain('name="Look at it twice"');
  await page.keyboard.press('F2');
  await page.getByLabel('Name of the step').fill('Look at it');
  await page.keyboard.press('Enter');
  await page.locator('[data-step]', { hasText: /^Look at it,/ }).waitFor();
  await expect.poll(() => focused(page)).toMatch(/^Activity_/);

  // Its properties, then away with it, and back again.
  await page.keyboard.press('p');
  await page.waitForFunction(() => document.activeElement?.closest('.designer-panel') !== null);
  await tabTo(page, '[data-step]');
  await page.keyboard.press('Delete');
  await expect.poll(() => page.locator('[data-step]', { hasText: 'Look at it' }).count()).toBe(0);
  await expect.poll(() => focused(page)).not.toBe('');
  await page.keyboard.press('ControlOrMeta+z');
  await page.locator('[data-step]', { hasText: 'Look at it' }).waitFor();
  expect(watched.troubles).toEqual([]);
});

test('viewers have it as well: what is published, compared, in the dark, where it is narrow', async () => {
  const draftId = await begun();
  const found = await app.as('dana', 'GET', `/api/v1/packages/${KEY}`);
  const { versions } = found.body as unknown as { versions: { hash: string }[] };
  const model = await modelOf(draftId);
  const renamed = model.replace(/(<bpmn:userTask id="([^"]+)" name=")[^"]*/, '$1Another name');
  const [, , id = ''] = /(<bpmn:userTask id="([^"]+)" name=")/.exec(model) ?? [];
  const url = `/api/v1/drafts/${draftId}/file?path=process.bpmn`;
  await app.as('dana', 'PUT', url, { content: renamed }, { 'if-match': '"1"' });
  const address = `${app.url}/designer/${KEY}/compare?from=${versions[0]?.hash}&to=${draftId}`;
  const looks = { locale: 'pt-BR', scheme: 'dark', width: 400, height: 800 } as const;
  const watched = await browser.open(address, looks);
  const { page } = watched;
  await signIn(page, 'dana');
  // Types are words.
  await page.getByText('Tarefa de usuário alterado').waitFor();
  const viewOf = () => page.locator('g.viewport').first().getAttribute('transform');
  await page.locator('.djs-shape').first().waitFor();
  const fitted = await viewOf();
  await page.getByRole('button', { name: '~ Another name' }).click();
  await expect.poll(viewOf).not.toBe(fitted);
  const centred = await viewOf();
  await page.getByRole('button', { name: 'Mostrar tudo' }).first().click();
  await expect.poll(viewOf).not.toBe(centred);
  // The same again brings it to the middle again.
  await page.getByRole('button', { name: '~ Another name' }).click();
  await expect.poll(viewOf).toBe(centred);

  await page.getByRole('button', { name: 'Etapas em ordem' }).last().focus();
  await page.keyboard.press('Enter');
  const step = page.locator(`[data-step="${id}"]`);
  await step.waitFor();
  expect(await step.textContent()).toMatch(/Another name, Tarefa de usuário, ~ alterado$/);
  await tabTo(page, '[data-step]');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect.poll(viewOf).not.toBe(centred);
  await picture(page, 'designer-compare-steps-pt-BR-dark-400');
  await expectSound(watched);
});
