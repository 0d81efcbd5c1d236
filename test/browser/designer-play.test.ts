/** A play at a user task: its form as people will see it, what does not fit, and the buttons of the form that go on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';

const KEY = 'support-ticket';
const FORM = 'forms/triage.form';
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

const button = (action: string, label: string, portuguese: string): object => ({
  ...{ type: 'button', id: `button-${action}`, label, action: 'submit' },
  properties: { action, 'label:pt-BR': portuguese },
});

/** A draft whose triage is decided by buttons. @returns its address */
async function begun(): Promise<string> {
  const made = await app.as('dana', 'POST', '/api/v1/drafts', {
    ...{ packageKey: KEY, title: 'Decide by buttons' },
  });
  const { draft } = made.body as unknown as { draft: { draftId: string } };
  const file = `/api/v1/drafts/${draft.draftId}/file?path=${FORM}`;
  const { body } = await app.as('dana', 'GET', file);
  const { content, version } = body as unknown as { content: string; version: number };
  const form = JSON.parse(content) as { components: object[] };
  const kept = button('keep', 'Keep as ticket', 'Manter como chamado');
  const components = [...form.components, kept, button('drop', 'Drop it', 'Descartar')];
  const put = await app.as(
    ...(['dana', 'PUT', file] as const),
    { content: JSON.stringify({ ...form, components }) },
    { 'if-match': `"${version}"` },
  );
  expect(put.status).toBe(200);
  return `${app.url}/designer/${KEY}?draft=${draft.draftId}&beside=play`;
}

test('a task is filled in by its form, judged as in the inbox, and goes on by a button of the model', async () => {
  const watched = await browser.open(await begun());
  const { page } = watched;
  await signIn(page, 'dana');
  await page.getByLabel('Begin from a scenario').first().click();
  await page.getByRole('option', { name: /^a promise that is broken goes up the chain/ }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const triage = page.getByRole('article', { name: 'Triage' });
  const keep = triage.getByRole('button', { name: 'Keep as ticket' });
  await keep.waitFor();
  // By the names of steps, and no ids.
  await page.getByText('Somebody is to do “Triage”').waitFor();
  await page.getByText('“Alarm” is due').waitFor();
  expect(await triage.getByRole('button', { name: 'Complete' }).count()).toBe(0);

  // The form itself says what lacks.
  await keep.click();
  await triage.getByRole('alert').getByText('Something does not fit').waitFor();
  await triage.getByRole('button', { name: 'Fill in an example' }).click();
  await expect.poll(() => triage.getByLabel('A ticket').isChecked()).toBe(true);
  await picture(page, 'designer-play-form');
  await expectSound(watched, KNOWN_OF_MODELER);

  // What no form would send is refused by the core, and told where it is mended.
  await triage.getByText('JSON', { exact: true }).click();
  await triage.getByRole('textbox').fill('{ "decision": "nonsense" }');
  await triage.getByRole('button', { name: 'Complete' }).click();
  await triage.getByRole('alert').getByText('FORM_SUBMISSION').waitFor();

  await triage.getByText('Form', { exact: true }).click();
  await triage.getByRole('button', { name: 'Fill in an example' }).click();
  await expect.poll(() => triage.getByLabel('A ticket').isChecked()).toBe(true);
  await keep.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: 'Work the ticket' }).waitFor();
  const script = await page.evaluate(() => Object.values(window.sessionStorage).join());
  expect(script).toContain('"action":"keep"');
  expect(script).not.toContain('nonsense');
  expect(watched.troubles).toEqual([]);
});

test('in the other language, dark, where it is narrow', async () => {
  const looks = { locale: 'pt-BR', scheme: 'dark', width: 400, height: 800 } as const;
  const watched = await browser.open(await begun(), looks);
  const { page } = watched;
  await signIn(page, 'dana');
  await page.getByLabel('Começar de um cenário').first().click();
  await page.getByRole('option', { name: /^a promise that is broken goes up the chain/ }).click();
  await page.getByRole('button', { name: 'Começar', exact: true }).click();
  const triage = page.getByRole('article', { name: 'Triage' });
  await triage.getByRole('button', { name: 'Manter como chamado' }).click();
  await triage.getByRole('alert').getByText('Algo não serve').waitFor();
  await page.getByText('Alguém deve fazer “Triage”').waitFor();
  await picture(page, 'designer-play-form-pt-BR-dark-400');
  await expectSound(watched, KNOWN_OF_MODELER);
});
