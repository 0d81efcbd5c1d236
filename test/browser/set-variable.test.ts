/** Setting variables in a real browser: by type, in a scope, with a reason; what changed meanwhile is told, and so is the outcome. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';
import { withDiagram } from '../support/diagram.js';
import { endEvent, model, startEvent, userTask } from '../support/durable-model.js';

let app: WholeApp;
let browser: TestBrowser;
let key: string;

const VISIT = withDiagram(
  model('set-visit', [startEvent('s'), userTask('check'), endEvent('e')], 's > check > e'),
  ['s', 'check', 'e'],
);
const variables = { seats: 12, note: 'first', plan: { name: 'team' } };

beforeAll(async () => {
  const prepare = async (_url: string, data: string): Promise<void> => {
    const folder = join(dirname(data), 'definitions', 'set-visit');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'process.bpmn'), VISIT);
  };
  [app, browser] = await Promise.all([openWholeApp([], prepare), openBrowser()]);
  await app.person('ada', 'admin', 'csm');
  await app.person('otto', 'admin', 'csm');
  const body = { processDefinitionId: 'set-visit', businessId: 'set-1', variables };
  const { body: started } = await app.as('otto', 'POST', '/v2/process-instances', body);
  key = (started as { readonly processInstanceKey: string }).processInstanceKey;
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

const held = async (name: string): Promise<readonly string[]> => {
  const filter = { processInstanceKey: key, name };
  const { body } = await app.as('otto', 'POST', '/v2/variables/search', { filter });
  return (body as { items: { value: string }[] }).items.map(({ value }) => value);
};

test('an admin sets variables; who looked too early is told, and decides', async () => {
  const watched = await browser.open(`${app.url}/instances/${key}`);
  const { page } = watched;
  await signIn(page, 'ada');
  await page.getByRole('tab', { name: 'Variables' }).click();
  await page.getByRole('button', { name: 'Set a variable' }).click();
  const dialog = page.getByRole('dialog');
  const name = dialog.getByRole('combobox', { name: 'Variable' }).or(dialog.getByLabel('Variable'));
  const value = dialog.getByRole('textbox', { name: 'Value' });

  await name.first().fill('seats');
  await name.first().press('Tab');
  await expect.poll(() => value.inputValue()).toBe('12');
  await value.fill('twelve');
  await dialog.getByText('This is no number').waitFor();
  expect(await dialog.getByRole('button', { name: 'Set', exact: true }).isDisabled()).toBe(true);
  await value.fill('20');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('the order was read wrongly');

  // Somebody is faster.
  const other = { kind: 'setVariables', variables: { seats: 15 } };
  const path = `/api/v1/instances/${key}/acts`;
  const first = await app.as('otto', 'POST', path, { act: other, reason: null });
  expect(first).toMatchObject({ status: 200 });
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await dialog.getByText('It holds now: 15').waitFor();
  expect(await value.inputValue()).toBe('20');
  expect(await held('seats')).toEqual(['15']);
  await picture(page, 'instance-variable-changed-en-light-1280');
  await expectSound(watched);
  await dialog.getByRole('button', { name: 'I have seen it' }).click();
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await dialog.getByText('Now waiting for: check.').waitFor();
  expect(await held('seats')).toEqual(['20']);

  // What it was stays what it is: a text that looks like a number is a text.
  await dialog.getByRole('button', { name: 'Set another one' }).click();
  await name.first().fill('note');
  await name.first().press('Tab');
  await expect.poll(() => value.inputValue()).toBe('first');
  await value.fill('12');
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await dialog.getByText('note is set.').waitFor();
  expect(await held('note')).toEqual(['"12"']);

  // In the scope of the task alone.
  await dialog.getByRole('button', { name: 'Set another one' }).click();
  await dialog.getByRole('combobox', { name: 'Where' }).click();
  await page.getByRole('option', { name: /check/ }).click();
  await name.first().fill('note');
  await name.first().press('Tab');
  await dialog.getByText('Nothing of this name is there').waitFor();
  await value.fill('here');
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await dialog.getByText('note is set.').waitFor();
  expect((await held('note')).toSorted()).toEqual(['"12"', '"here"']);
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('tab', { name: 'What happened' }).click();
  // What was refused stands there as well.
  const told = page.getByText(/the order was read wrongly/);
  await told.first().waitFor();
  expect(await told.count()).toBe(2);
  await expectSound(watched);
});

test('by the API what changed is refused; the page is narrow, dark and in Portuguese', async () => {
  const path = `/api/v1/instances/${key}/acts`;
  const act = { kind: 'setVariables', variables: { seats: 1 }, seen: { seats: 2 } };
  expect(await app.as('otto', 'POST', path, { act, reason: null })).toMatchObject({
    ...{ status: 412, body: { code: 'VARIABLE_CHANGED' } },
  });
  // The order of entries is no change.
  const same = { ...act, variables: { plan: { name: 'solo' } }, seen: { plan: { name: 'team' } } };
  expect(await app.as('otto', 'POST', path, { act: same, reason: null })).toMatchObject({
    status: 200,
  });
  const nowhere = { ...act, scopeKey: '1' };
  expect((await app.as('otto', 'POST', path, { act: nowhere, reason: null })).status).toBe(404);
  const watched = await browser.open(`${app.url}/instances/${key}`, {
    ...{ locale: 'pt-BR', scheme: 'dark', width: 400 },
  });
  await signIn(watched.page, 'otto');
  await watched.page.getByRole('tab', { name: 'Variáveis' }).click();
  await watched.page.getByRole('button', { name: 'Gravar uma variável' }).click();
  await watched.page.getByLabel('Onde').first().waitFor();
  await picture(watched.page, 'instance-variable-pt-BR-dark-400');
  await expectSound(watched);
});
