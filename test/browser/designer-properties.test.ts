/** What stands in the properties panel besides what the modeler has: timers in words, and help with expressions. */
import { AxeBuilder } from '@axe-core/playwright';
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
  await timer.getByText('Every day, 3 times').waitFor();
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

test('an expression is completed, explained, and tried with data while it is written', async () => {
  const draftId = await begun();
  const address = `${app.url}/designer/${KEY}?draft=${draftId}&mode=implement`;
  const watched = await browser.open(address);
  const { page } = watched;
  await signIn(page, 'dana');
  await openGroup(page, 'remind-first', 'timer', 'Steps of the model');
  const field = page.locator('.designer-panel .cm-content');
  const write = async (text: string): Promise<void> => {
    await field.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  };
  await field.click();
  const help = page.getByRole('region', { name: 'Try the expression' });
  await help.getByText('FEEL_UNKNOWN_VARIABLE').waitFor();
  await help.getByLabel('Data, in JSON').fill('{ "settings": { "nameFirstReminder": "P3D" } }');
  await help.getByText('= "P3D"', { exact: true }).waitFor();

  // What is known there, with where it is written; what our engine has; what it refuses.
  await write('sett');
  const completion = page.locator('.cm-tooltip-autocomplete');
  await completion.getByText('settings').first().waitFor();
  await page.getByText('Written in Load settings').waitFor();
  await page.keyboard.press('Escape');
  await write('business d');
  await completion.getByText('business days after(from, days, calendar)').waitFor();
  await page.keyboard.press('Escape');
  await write('no such thing(1)');
  await help.getByText('FEEL_UNKNOWN_FUNCTION').waitFor();

  await write('business days after(now(), 3, "office")');
  await help
    .getByText(/^= "\d{4}-\d\d-\d\dT/)
    .first()
    .waitFor();
  await page.keyboard.press('ControlOrMeta+Home');
  const about = help.getByRole('article', { name: 'Function business days after' });
  await about.getByText('business days after(from, days, calendar)').waitFor();
  await picture(page, 'designer-feel');
  await expectSound(watched, KNOWN_OF_MODELER);
  await page.keyboard.press('F1');
  await page.waitForFunction(() => document.activeElement?.matches('.designer-feel') ?? false);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.matches('.cm-content') ?? false);

  await help.getByLabel('With the data of').selectOption({ index: 1 });
  await expect
    .poll(() => help.getByLabel('Data, in JSON').inputValue())
    .toContain('"customerId": "C-1"');
  expect(watched.troubles).toEqual([]);
});

const template = (id: string, name: string): object => ({
  $schema: 'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json',
  ...{ id, name, version: 1, appliesTo: ['bpmn:Task'] },
  elementType: { value: 'bpmn:ServiceTask' },
  properties: [
    { type: 'Hidden', value: 'own', binding: { type: 'zeebe:taskDefinition', property: 'type' } },
  ],
});

test('templates of the package are offered beside those of activities, and what cannot be is told', async () => {
  const draftId = await begun();
  const put = async (name: string, content: string): Promise<void> => {
    const file = `/api/v1/drafts/${draftId}/file?path=templates/${name}.json`;
    const isNew = { 'if-none-match': '*' };
    const { status } = await app.as('dana', 'PUT', file, { content }, isNew);
    expect(status).toBeLessThan(300);
  };
  await put('ours', JSON.stringify(template('training.ours', 'Ask our own service')));
  await put('misfit', JSON.stringify({ id: 'training.misfit', name: 'No template' }));
  await put('broken', '{');
  const address = `${app.url}/designer/${KEY}?draft=${draftId}&mode=implement`;
  const watched = await browser.open(address);
  const { page } = watched;
  // Those of activities come late, when the package's own are long there.
  await page.route('**/api/v1/element-templates', async (route) => {
    await new Promise((go) => setTimeout(go, 3_000));
    await route.continue();
  });
  await signIn(page, 'dana');
  const told = page.getByRole('alert').filter({ hasText: 'Templates of the package' });
  await told.getByText('templates/broken.json').waitFor();
  await told
    .getByText(/training\.misfit|No template/)
    .first()
    .waitFor();
  await page.locator('.djs-palette [aria-label="Create element"]').click();
  const offered = page.locator('.djs-popup');
  await offered.getByText('Ask our own service').first().waitFor();
  // Those of activities, in a category of their own, are offered as soon as they are there, in the open menu too.
  await offered.locator('.entry-header', { hasText: 'Jornada' }).waitFor();
  await offered.getByText('Delete an access').first().waitFor();
  await picture(page, 'designer-templates');
  await expectSound(watched, KNOWN_OF_MODELER);
});

test('both in the other language, dark, where it is narrow', async () => {
  const draftId = await begun();
  const address = `${app.url}/designer/${KEY}?draft=${draftId}&mode=implement`;
  const looks = { locale: 'pt-BR', scheme: 'dark', width: 400, height: 800 } as const;
  const watched = await browser.open(address, looks);
  const { page } = watched;
  await signIn(page, 'dana');
  await openGroup(page, 'remind-first', 'timer', 'Etapas do modelo');
  await page.locator('.designer-panel .cm-content').click();
  const help = page.getByRole('region', { name: 'Experimentar a expressão' });
  await help.getByText('FEEL_UNKNOWN_VARIABLE').waitFor();
  await help.scrollIntoViewIfNeeded();
  await picture(page, 'designer-feel-pt-BR-dark-400');
  await help.getByRole('button', { name: 'Fechar' }).click();
  expect(await help.count()).toBe(0);
  const timer = page.locator('.designer-timer');
  await timer.getByLabel('Quando vence').selectOption('every');
  await timer.getByText('A cada dia, sem fim').waitFor();
  await timer.scrollIntoViewIfNeeded();
  await picture(page, 'designer-timer-pt-BR-dark-400');
  await expectSound(watched, KNOWN_OF_MODELER);
  // The panel is dark as the page is, and everything in it is read.
  const panel = page.locator('.designer-panel .bio-properties-panel-group').first();
  expect(await panel.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe(
    'rgb(38, 38, 38)',
  );
  const axe = new AxeBuilder({ page }).include('.designer-panel').withRules(['color-contrast']);
  const { violations } = await axe.analyze();
  expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
});
