/** The inbox in a real browser: a CSM claims, drafts, is interrupted, completes, by mouse and by keyboard; and comes too late. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';

/** A task that a timer takes away, with a form. */
const TIMED = {
  'process.bpmn': `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
  <process id="call-back" name="Call back" isExecutable="true">
    <startEvent id="asked"><outgoing>a</outgoing></startEvent>
    <sequenceFlow id="a" sourceRef="asked" targetRef="call"/>
    <userTask id="call" name="Call them back">
      <extensionElements><zeebe:userTask/><zeebe:formDefinition formId="call"/><zeebe:assignmentDefinition candidateGroups="csm"/></extensionElements>
      <incoming>a</incoming><outgoing>b</outgoing>
    </userTask>
    <sequenceFlow id="b" sourceRef="call" targetRef="called"/>
    <endEvent id="called"><incoming>b</incoming></endEvent>
    <boundaryEvent id="late" name="Nobody called in time" attachedToRef="call"><outgoing>c</outgoing>
      <timerEventDefinition id="timer"><timeDuration xsi:type="tFormalExpression">=within</timeDuration></timerEventDefinition>
    </boundaryEvent>
    <sequenceFlow id="c" sourceRef="late" targetRef="apologise"/>
    <userTask id="apologise" name="Apologise"><extensionElements><zeebe:userTask/></extensionElements><incoming>c</incoming><outgoing>e</outgoing></userTask>
    <sequenceFlow id="e" sourceRef="apologise" targetRef="apologised"/>
    <endEvent id="apologised"><incoming>e</incoming></endEvent>
  </process>
</definitions>`,
  'forms/call.form': JSON.stringify({
    ...{ type: 'default', id: 'call', schemaVersion: 19, executionPlatform: 'Camunda Cloud' },
    executionPlatformVersion: '8.8.0',
    components: [{ type: 'textarea', id: 'said', key: 'said', label: 'What was said' }],
  }),
};

let app: WholeApp;
let browser: TestBrowser;
beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp(['support-ticket']), openBrowser()]);
  await app.member('cory', ['csm', 'support-agent'], 'csm');
  await app.person('bea', 'csm', 'admin');
  await app.person('rui', 'auditor');
  await app.person('dana', 'designer');
  const samples = resolve('worker/start/samples/customers.csv');
  expect((await app.line.ask('import', 'customers', samples)).code).toBe(0);
  for (const n of [1, 2, 3]) await receive(n);
  for (const [name, text] of Object.entries(TIMED)) {
    const path = join(app.line.root, 'call-back', name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }
  const { code, json } = await app.line.ask('deploy', 'call-back');
  expect(code, JSON.stringify(json)).toBe(0);
});
afterEach(() => browser.closePages());
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

/** A mail of a stranger, which makes a task at once. */
async function receive(n: number): Promise<void> {
  const { status } = await app.as('bea', 'POST', '/v2/messages/publication', {
    ...{ name: 'ticket.received', correlationKey: `m-${n}`, timeToLive: 3_600_000 },
    variables: {
      ...{ messageId: `m-${n}`, channel: 'mail', subject: `Report ${n}`, body: 'It is empty' },
      from: { name: 'Ana', mail: `ana${n}@aurora.example` },
    },
  });
  expect(status).toBe(200);
}

const LOOKS = [
  { locale: 'en', scheme: 'light', width: 1280 },
  { locale: 'pt-BR', scheme: 'dark', width: 360 },
] as const;

describe.each(LOOKS)('$locale, $scheme, $width wide', (looks) => {
  const { locale, scheme, width } = looks;

  test('the list and a task are sound', async () => {
    const watched = await browser.open(`${app.url}/inbox?view=all`, looks);
    const { page } = watched;
    await signIn(page, 'cory');
    await page.locator('.inbox-row').nth(2).waitFor();
    await picture(page, `inbox-${locale}-${scheme}-${width}`);
    await expectSound(watched);
    await page.locator('.inbox-row a').first().click();
    await page.locator('.fjs-container .fjs-powered-by').first().waitFor();
    const why = page.locator('summary').first();
    await why.click();
    await picture(page, `task-${locale}-${scheme}-${width}`);
    await expectSound(watched);
  });
});

test.each([
  ['groups', 1280],
  ['all', 360],
] as const)(
  'of %s, %i wide, a CSM claims, drafts, is interrupted, and completes: by keyboard',
  async (view, width) => {
    const watched = await browser.open(`${app.url}/inbox?view=${view}`, { width });
    const { page } = watched;
    await signIn(page, 'cory');
    await page.locator('.inbox-row').first().waitFor();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog');
    for (const key of ['Next task', 'Claim the task', 'Open the task', 'Search'])
      await help.getByText(key, { exact: true }).waitFor();
    await expectSound(watched);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('c');
    await page.getByText('The task is yours.').waitFor();
    // Of a list that it leaves it is opened at once: the next key would fall upon another task.
    if (view === 'all') await page.keyboard.press('Enter');
    await page.waitForURL('**/tasks/*');
    const choice = page.getByLabel('Spam');
    await choice.waitFor();
    await choice.focus();
    await page.keyboard.press('Space');
    await page.getByText(/Draft saved/).waitFor();
    await page.reload();
    await page.getByLabel('Spam').waitFor();
    expect(await page.getByLabel('Spam').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Complete' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Completed').first().waitFor();
    await expectSound(watched);
    if (width > 1000) await picture(page, 'task-completed');
  },
);

/** Starts one whose task is taken away after so long. @returns the key of its task */
async function asked(within: string): Promise<string> {
  const started = await app.as('bea', 'POST', '/v2/process-instances', {
    ...{ processDefinitionId: 'call-back', variables: { within } },
  });
  const { processInstanceKey } = started.body as { readonly processInstanceKey: string };
  const filter = { processInstanceKey, elementId: 'call' };
  const { body } = await app.as('bea', 'POST', '/v2/user-tasks/search', { filter });
  const { items } = body as { readonly items: readonly { readonly userTaskKey: string }[] };
  return items[0]?.userTaskKey ?? '';
}

test.each([1280, 360])(
  '%i wide a CSM is told that the timer had won, and has what was typed',
  async (width) => {
    const key = await asked('PT12S');
    const watched = await browser.open(`${app.url}/tasks/${key}`, { width });
    const { page } = watched;
    await signIn(page, 'cory');
    await page.getByRole('button', { name: 'Claim' }).click();
    await page.getByLabel('What was said').fill('They want the report by Friday');
    await page.getByText(/Draft saved/).waitFor();
    // The page hears of it by itself.
    const told = page.getByRole('alert').filter({ hasText: 'Too late' });
    await told.waitFor();
    expect(await told.innerText()).toContain('Nobody called in time');
    expect(await page.getByLabel('What was said').inputValue()).toBe(
      'They want the report by Friday',
    );
    if (width > 1000) await picture(page, 'task-timer-won');
    await expectSound(watched);
  },
);

test('whose answer crosses the timer is told what happened instead', async () => {
  const key = await asked('PT8S');
  const { page } = await browser.open(`${app.url}/tasks/${key}`);
  await signIn(page, 'cory');
  await page.getByRole('button', { name: 'Claim' }).click();
  await page.getByLabel('What was said').fill('Too late');
  // What the page would hear meanwhile does not reach it.
  await page.route('**/v2/events*', (route) => route.abort());
  await page.getByRole('button', { name: 'Complete' }).waitFor();
  await page.waitForTimeout(9_000);
  const complete = page.getByRole('button', { name: 'Complete' });
  if (await complete.isVisible()) await complete.click();
  const told = page.getByRole('alert').filter({ hasText: 'Too late' });
  await told.waitFor();
  expect(await told.innerText()).toContain("because timer 'Nobody called in time' fired");
});

test('a task is delegated and comes back, by keyboard; whoever is second is told so', async () => {
  const key = await asked('PT10M');
  const open = async (name: string) => {
    const watched = await browser.open(`${app.url}/tasks/${key}`);
    await signIn(watched.page, name);
    return watched;
  };
  const cory = await open('cory');
  const { page } = cory;
  await page.getByRole('button', { name: 'Claim' }).click();
  await page.getByText('The task is yours.').waitFor();
  const bea = await open('bea');
  await page.keyboard.press('d');
  await page.getByRole('combobox', { name: 'To whom' }).fill('bea');
  await page.getByText('Others', { exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByLabel('Reason').last().fill('She speaks Portuguese');
  await picture(page, 'task-delegating');
  await expectSound(cory);
  await page.getByRole('button', { name: 'Delegate', exact: true }).click();
  await page.getByText('The task is with bea.').waitFor();
  await bea.page.getByText('cory delegated it to bea').waitFor();
  // Completing it is not hers: she says what she found, and returns it.
  const back = bea.page.getByRole('button', { name: 'Return to cory' });
  await back.waitFor();
  expect(await bea.page.getByRole('button', { name: 'Complete' }).count()).toBe(0);
  expect(await bea.page.getByRole('button', { name: 'Release' }).count()).toBe(0);
  await bea.page.getByLabel('What you tell cory').fill('They want it in Portuguese');
  await picture(bea.page, 'task-delegated');
  await expectSound(bea);
  await back.click();
  await bea.page.getByText('The task is with cory again.').waitFor();
  await page.getByText('bea returned it to cory').waitFor();
  await page.getByText('They want it in Portuguese').waitFor();

  // Both have it before them; what cory changes, bea has not seen.
  await bea.page.route('**/v2/events*', (route) => route.abort());
  await bea.page.reload();
  await bea.page.getByText('bea returned it to cory').waitFor();
  await bea.page.keyboard.press('e');
  await bea.page.getByRole('textbox', { name: 'Priority' }).fill('70');
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Priority' }).fill('80');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByText('The task is changed.').waitFor();
  await bea.page.getByRole('button', { name: 'Keep' }).click();
  const told = bea.page.getByRole('alert').filter({ hasText: 'The task changed meanwhile' });
  await told.waitFor();
  expect(await told.innerText()).toMatch(/cory changed it: Priority 80 at \d+:\d\d:\d\d/);
});

test('whoever is second with a task is told who was first, when, and with what', async () => {
  const key = await asked('PT10M');
  const cory = await browser.open(`${app.url}/tasks/${key}`, { locale: 'pt-BR', width: 400 });
  const { page } = cory;
  await signIn(page, 'cory');
  await page.getByRole('button', { name: 'Assumir' }).click();
  await page.getByText('A tarefa é sua.').waitFor();
  const bea = await browser.open(`${app.url}/tasks/${key}`);
  await signIn(bea.page, 'bea');
  await bea.page.getByText('cory has this task.').waitFor();

  // Cory hears nothing of what Bea does: she takes the task over, and then has done it.
  await page.route('**/v2/events*', (route) => route.abort());
  await page.reload();
  const said = page.getByLabel('What was said');
  await said.fill('They want the report');
  await bea.page.getByRole('button', { name: 'Take over' }).click();
  await bea.page.getByText('The task is yours.').waitFor();
  await page.getByRole('button', { name: 'Concluir' }).click();
  const changed = page.getByRole('alert').filter({ hasText: 'A tarefa mudou nesse meio-tempo' });
  await changed.waitFor();
  expect(await changed.innerText()).toMatch(/bea assumiu às \d\d:\d\d:\d\d/);
  expect(await said.inputValue()).toBe('They want the report');
  await picture(page, 'task-somebody-was-first');
  await expectSound(cory);

  await bea.page.getByLabel('Reason').fill('I spoke to them');
  await bea.page.getByRole('button', { name: 'Complete' }).click();
  await bea.page.getByText('Completed').first().waitFor();
  await page.getByRole('button', { name: 'Assumir no lugar' }).click();
  const over = page.getByRole('alert').filter({ hasText: 'Tarde demais' });
  await over.waitFor();
  expect(await over.innerText()).toMatch(/bea concluiu às \d\d:\d\d:\d\d.*I spoke to them/s);
});

test('files are attached by choosing and by dropping, fetched and removed', async () => {
  const key = await asked('PT20M');
  const cory = await browser.open(`${app.url}/tasks/${key}`, {
    ...{ locale: 'pt-BR', scheme: 'dark', width: 400 },
  });
  const { page } = cory;
  await signIn(page, 'cory');
  const files = page.getByRole('region', { name: 'Arquivos' });
  const choose = files.getByRole('button', { name: 'Anexar arquivos …' });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose.press('Enter')]);
  const content = Buffer.from(`%PDF-1.7 ${'x'.repeat(300_000)}`);
  await chooser.setFiles([
    { name: 'Relatório de março.pdf', mimeType: 'application/pdf', buffer: content },
    { name: 'page.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<script>') },
  ]);
  await page.getByText('Relatório de março.pdf foi anexado.').waitFor();
  await page.getByText('page.pdf não foi anexado').waitFor();

  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['What they said'], 'notes.txt', { type: 'text/plain' }));
    const place = document.querySelector('.inbox-drop');
    for (const type of ['dragover', 'drop']) {
      const init = { bubbles: true, cancelable: true, dataTransfer: data };
      place?.dispatchEvent(new DragEvent(type, init));
    }
  });
  await files.getByRole('link', { name: 'notes.txt' }).waitFor();
  await picture(page, 'task-files');
  await expectSound(cory);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    files.getByRole('link', { name: 'Relatório de março.pdf' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Relatório de março.pdf');
  const path = await download.path();
  expect(readFileSync(path).equals(content)).toBe(true);

  const bea = await browser.open(`${app.url}/tasks/${key}`);
  await signIn(bea.page, 'bea');
  await bea.page.getByRole('button', { name: 'Remove notes.txt' }).click();
  const dialog = bea.page.getByRole('dialog');
  const remove = dialog.getByRole('button', { name: 'Remove', exact: true });
  expect(await remove.isDisabled()).toBe(true);
  await dialog.getByLabel('Reason').fill('Of another customer');
  await remove.click();
  await bea.page.getByText('notes.txt is removed.').waitFor();
  await files.getByRole('button', { name: 'Remover Relatório de março.pdf' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remover', exact: true }).click();
  await page.getByText('Relatório de março.pdf foi removido.').waitFor();
  await expect.poll(() => files.getByRole('link').count()).toBe(0);
});

test('an auditor is told once that they read, and is offered nothing that would fail', async () => {
  const key = await asked('PT10M');
  const watched = await browser.open(`${app.url}/inbox`, { locale: 'pt-BR', width: 360 });
  const { page } = watched;
  await signIn(page, 'rui');
  await page.getByText('Você lê: na auditoria nada se muda aqui').waitFor();
  expect(await page.getByRole('button', { name: 'Visões salvas' }).count()).toBe(0);
  await picture(page, 'inbox-auditor');
  await expectSound(watched);
  await page.goto(`${app.url}/tasks/${key}`);
  await page.getByText('Você lê esta tarefa').waitFor();
  for (const name of ['Assumir', 'Concluir', 'Comentar', 'Mais', 'Liberar'])
    expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0);
  expect(await page.getByText(/[Rr]ascunho/).count()).toBe(0);
  await expectSound(watched);
});

test('a designer, who has no part in tasks, is told so on one page', async () => {
  const watched = await browser.open(`${app.url}/inbox`);
  const { page } = watched;
  await signIn(page, 'dana');
  await page.getByText('Tasks are for who works on them').waitFor();
  expect(await page.getByRole('tab').count()).toBe(0);
  expect(await page.getByRole('alert').count()).toBe(0);
  await expectSound(watched);
});

test('a late first reply is told, though the task of it is due later', async () => {
  const { status } = await app.as('bea', 'POST', '/v2/messages/publication', {
    ...{ name: 'ticket.received', correlationKey: 'late-1', timeToLive: 3_600_000 },
    variables: {
      ...{ messageId: 'late-1', channel: 'mail', subject: 'Late', body: 'It is empty' },
      ...{ from: { name: 'Ines', mail: 'ines@ria.example.org' }, pace: 'demo' },
    },
  });
  expect(status).toBe(200);
  const taskAt = async (elementId: string): Promise<string> => {
    const filter = { processDefinitionId: 'support-ticket', elementId, state: 'CREATED' };
    const { body } = await app.as('bea', 'POST', '/v2/user-tasks/search', { filter });
    const { items } = body as { readonly items: readonly { readonly userTaskKey: string }[] };
    return items[0]?.userTaskKey ?? '';
  };
  await expect.poll(() => taskAt('triage'), { timeout: 20_000 }).not.toBe('');
  const done = await app.as('bea', 'POST', `/api/v1/tasks/${await taskAt('triage')}/completion`, {
    variables: {
      ...{ decision: 'ticket', ticketType: 'problem', component: 'product' },
      ...{ impact: 'one user', urgency: 'hampered' },
    },
  });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  await expect.poll(() => taskAt('work'), { timeout: 20_000 }).not.toBe('');
  const watched = await browser.open(`${app.url}/inbox`);
  const { page } = watched;
  await signIn(page, 'cory');
  await expect
    .poll(
      async () => {
        await page.reload();
        await page.getByText(/of yours (is|are) late|Nothing of yours/).waitFor();
        return page.getByText('1 task of yours is late').count();
      },
      { timeout: 40_000, interval: 2000 },
    )
    .toBe(1);
  const row = page.locator('.inbox-row').filter({ hasText: 'Work the ticket' });
  const clock = row.locator('.inbox-clock').filter({ hasText: 'First reply' });
  expect(await clock.getAttribute('data-stand')).toBe('late');
  expect(await clock.innerText()).toMatch(/^First reply: (< 1|\d+) min late$/);
  await row.locator('.inbox-clock').filter({ hasText: 'due in' }).waitFor();
  await picture(page, 'inbox-late');
  await expectSound(watched);
});

const instancesOf = async (processDefinitionId: string): Promise<readonly string[]> => {
  const body = { filter: { processDefinitionId } };
  const found = await app.as('bea', 'POST', '/v2/process-instances/search', body);
  const { items } = found.body as {
    readonly items: readonly { readonly processInstanceKey: string }[];
  };
  return items.map((one) => one.processInstanceKey);
};

test('a CSM starts a process by its form; pressed twice it is one, and its instance is linked', async () => {
  const before = await instancesOf('support-ticket');
  const watched = await browser.open(`${app.url}/instances`, { locale: 'pt-BR', width: 360 });
  const { page } = watched;
  await signIn(page, 'cory');
  await page.getByRole('button', { name: 'Iniciar um processo …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Processo' }).fill('hamado');
  await page.getByRole('option', { name: 'Chamado de suporte' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const form = dialog.getByRole('region', { name: 'Formulário' });
  await form.locator('input[name], input.fjs-input, textarea.fjs-textarea').first().waitFor();
  await picture(page, 'start-form');
  await expectSound(watched);
  const start = dialog.getByRole('button', { name: 'Iniciar', exact: true });
  await start.click();
  // The form says what is missing, and nothing is sent.
  await form
    .getByText(/required/)
    .first()
    .waitFor();
  expect(await instancesOf('support-ticket')).toHaveLength(before.length);

  const found = await app.line.ask('search', 'customers', '--mail', 'ines@ria.example.org');
  const [{ customerId }] = (found.json as { items: [{ customerId: string }] }).items;
  const bea = await browser.open(`${app.url}/customers/${customerId}`);
  await signIn(bea.page, 'bea');
  await bea.page.getByRole('button', { name: 'Start a process …' }).click();
  const own = bea.page.getByRole('dialog');
  await own.getByRole('combobox', { name: 'Process' }).fill('upport');
  await bea.page.getByRole('option', { name: 'Support ticket' }).waitFor();
  await bea.page.keyboard.press('ArrowDown');
  await bea.page.keyboard.press('Enter');
  await own.getByLabel('Who asks').fill('Ines');
  expect(await own.getByLabel('Customer, if you know').inputValue()).toBe(customerId);
  await own.getByLabel('Mail address').fill('ines@ria.example.org');
  await own.locator('.fjs-form-field-select .fjs-input-group').first().click();
  await bea.page.locator('.fjs-dropdownlist-item').first().click();
  await own.getByLabel('Subject').fill('By phone');
  await own.getByLabel('What was asked').fill('Where is the report?');
  await own.getByRole('button', { name: 'Start', exact: true }).dblclick();
  const link = own.getByRole('link', { name: 'Look at the instance' });
  await link.waitFor();
  await expectSound(bea);
  const now = await instancesOf('support-ticket');
  const [started, ...more] = now.filter((key) => !before.includes(key));
  expect(more).toEqual([]);
  expect(await link.getAttribute('href')).toBe(`/instances/${started}`);
  await link.click();
  await bea.page.waitForURL(`**/instances/${started}`);
});

test('a view is saved, shown by its address, renamed, and removed', async () => {
  const { page } = await browser.open(`${app.url}/inbox?view=all`);
  await signIn(page, 'cory');
  await page.locator('.inbox-row').first().waitFor();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  await page.getByLabel('Name').fill('All that is open');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/saved=/);
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Rename the view All that is open' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Everything');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The view is renamed.').waitFor();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Remove the view Everything' }).click();
  await page.getByText('The view is removed.').waitFor();
  expect(page.url()).not.toContain('saved=');
});

/** Bytes, compressed, of all that is fetched until the inbox is there. */
const FIRST_LOAD = 250_000;

test('the first load is small', async () => {
  const { page } = await browser.open(`${app.url}/inbox?view=all`);
  await signIn(page, 'cory');
  await page.locator('.inbox-row').first().waitFor();
  // As on a machine that has nothing of it, where somebody is signed in.
  const session = await page.context().newCDPSession(page);
  await session.send('Network.clearBrowserCache');
  await page.reload();
  await page.locator('.inbox-row').first().waitFor();
  const files = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.includes('/web/'))
      .map(({ name, encodedBodySize }) => [name.split('/').at(-1) ?? '', encodedBodySize] as const),
  );
  const bytes = files.reduce((sum, [, size]) => sum + size, 0);
  expect(bytes, JSON.stringify(files)).toBeLessThan(FIRST_LOAD);
});
