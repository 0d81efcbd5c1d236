/** How a play begins, and a play at a user task: its form as people will see it, what does not fit, and the buttons of the form that go on. */
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

test('a play begins by the form that starts the process, filled from an example, at a time of the calendar', async () => {
  const watched = await browser.open(await begun());
  const { page } = watched;
  await signIn(page, 'dana');
  const how = page.getByRole('region', { name: 'How it starts' });
  await how.getByLabel('Who asks').waitFor();
  expect(await page.getByRole('textbox', { name: /JSON/ }).count()).toBe(0);

  // The form judges what it is filled with.
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('alert').getByText('Something does not fit').waitFor();

  await page.getByLabel('Begin from a scenario').first().click();
  await page.getByRole('option', { name: 'login', exact: true }).click();
  await expect.poll(() => how.getByLabel('Who asks').inputValue()).toBe('Annegret Mühlbauer');
  await how.getByText('Besides the form it gets: messageId').waitFor();
  await how.getByLabel('Subject').fill('A white page');
  await page.getByLabel('When it begins').fill('2026-03-02T09:30');
  await picture(page, 'designer-play-start');
  await expectSound(watched, KNOWN_OF_MODELER);

  // The same as JSON, and back.
  await how.getByText('JSON', { exact: true }).click();
  expect(await how.getByRole('textbox').inputValue()).toContain('"subject": "A white page"');
  await how.getByText('Form', { exact: true }).click();
  await expect.poll(() => how.getByLabel('Subject').inputValue()).toBe('A white page');

  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('It came to “New ticket”').waitFor();
  const [script, now] = await page.evaluate(() => [
    JSON.parse(
      Object.entries(window.sessionStorage).find(([name]) => name.startsWith('jornada-play-'))?.[1],
    ),
    new Date('2026-03-02T09:30').toISOString(),
  ]);
  expect(script.now).toBe(now);
  const variables = { messageId: 'mail-3004', channel: 'mail', subject: 'A white page' };
  expect(script.acts).toMatchObject([{ start: { variables } }]);
  expect(watched.troubles).toEqual([]);
});

test('in the other language, dark, where it is narrow', async () => {
  const looks = { locale: 'pt-BR', scheme: 'dark', width: 400, height: 800 } as const;
  const watched = await browser.open(await begun(), looks);
  const { page } = watched;
  await signIn(page, 'dana');
  const how = page.getByRole('region', { name: 'Como começa' });
  await how.getByLabel('Quem pergunta').waitFor();
  await page.getByLabel('Começar de um cenário').first().click();
  await page.getByRole('option', { name: 'login', exact: true }).click();
  await how.getByText('Além do formulário').waitFor();
  await picture(page, 'designer-play-start-pt-BR-dark-400');
  await page.getByLabel('Começar de um cenário').first().click();
  await page.getByRole('option', { name: /^a promise that is broken goes up the chain/ }).click();
  // A start that no form makes is told in words.
  await how.getByText('A mensagem “ticket.received” o inicia.').waitFor();
  await page.getByRole('button', { name: 'Começar', exact: true }).click();
  const triage = page.getByRole('article', { name: 'Triage' });
  await triage.getByRole('button', { name: 'Manter como chamado' }).click();
  await triage.getByRole('alert').getByText('Algo não serve').waitFor();
  await page.getByText('Alguém deve fazer “Triage”').waitFor();
  await picture(page, 'designer-play-form-pt-BR-dark-400');
  await expectSound(watched, KNOWN_OF_MODELER);
});
