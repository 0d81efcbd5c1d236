/** What stands in the properties panel besides what the modeler has: timers in words. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';

const KEY = 'training';
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
  const { body } = await app.as('dana', 'POST', '/api/v1/drafts', { packageKey: KEY, title: 'P' });
  return (body as unknown as { draft: { draftId: string } }).draft.draftId;
};
const modelOf = async (draftId: string): Promise<string> => {
  const { body } = await app.as('dana', 'GET', `/api/v1/drafts/${draftId}/file?path=process.bpmn`);
  return (body as unknown as { content: string }).content;
};
/** The timer of the first reminder, as the model writes it. */
const timerOf = async (draftId: string): Promise<string> => {
  const [, found = ''] =
    /id="remind-first-timer">\s*(<bpmn:time.*<\/bpmn:time\w+>)/.exec(await modelOf(draftId)) ?? [];
  return found;
};

/** Selects an element by the list of steps, and opens a group of the panel. */
async function openGroup(
  page: Page,
  elementId: string,
  group: string,
  steps: string,
): Promise<void> {
  await page.locator('.djs-container .djs-shape').first().waitFor();
  await page.getByRole('button', { name: steps }).first().click();
  await page.locator(`[data-step="${elementId}"]`).click();
  await page.locator(`.designer-panel [data-group-id="group-${group}"] button`).first().click();
}

test('a timer is set in words, tells when it would be due, and is taken back as any step', async () => {
  const draftId = await begun();
  const written = await timerOf(draftId);
  expect(written).toContain('=settings.nameFirstReminder');
  const address = `${app.url}/designer/${KEY}?draft=${draftId}&mode=implement`;
  const watched = await browser.open(address);
  const { page } = watched;
  await signIn(page, 'dana');
  await openGroup(page, 'remind-first', 'timer', 'Steps of the model');
  const timer = page.locator('.designer-timer');
  const when = timer.getByLabel('When it is due');
  await timer.getByText('It depends on data of the instance: settings.').waitFor();
  expect(await when.inputValue()).toBe('written');

  await when.selectOption('after');
  await timer.getByText('1 day after it begins to wait').waitFor();
  await timer.getByLabel('How many').fill('9');
  await timer.getByLabel('Of what').selectOption('businessHour');
  await timer.getByText('After 9 hours in which “office” is open').waitFor();
  expect(await timer.locator('time').count()).toBe(1);
  const open = '>=business time after(now(), @"PT9H", "office")</bpmn:timeDate>';
  await expect.poll(() => timerOf(draftId)).toContain(open);

  await when.selectOption('every');
  await timer.getByLabel('How often').fill('3');
  await timer.getByText('Every 1 day, 3 times').waitFor();
  expect(await timer.locator('time').count()).toBe(3);
  await picture(page, 'designer-timer');
  await expectSound(watched, KNOWN_OF_MODELER);
  await expect.poll(() => timerOf(draftId)).toContain('>R3/P1D</bpmn:timeCycle>');

  // Each is one step of the modeler; the last that is taken back is what was written before.
  await page.locator('[data-step="remind-first"]').focus();
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => when.inputValue()).toBe('written');
  await expect.poll(() => timerOf(draftId)).toBe(written);
});

test('a timer in the other language, dark, where it is narrow', async () => {
  const draftId = await begun();
  const address = `${app.url}/designer/${KEY}?draft=${draftId}&mode=implement`;
  const looks = { locale: 'pt-BR', scheme: 'dark', width: 400, height: 800 } as const;
  const watched = await browser.open(address, looks);
  const { page } = watched;
  await signIn(page, 'dana');
  await openGroup(page, 'remind-first', 'timer', 'Etapas do modelo');
  const timer = page.locator('.designer-timer');
  await timer.getByLabel('Quando vence').selectOption('every');
  await timer.getByText('A cada 1 dia, sem fim').waitFor();
  await timer.scrollIntoViewIfNeeded();
  await picture(page, 'designer-timer-pt-BR-dark-400');
  await expectSound(watched, KNOWN_OF_MODELER);
});
