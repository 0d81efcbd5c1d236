/** Reports in a real browser: the list, a process with charts and heat map, and a number that opens to its instances. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report, ReportList } from '../../contracts/reports.js';
import { openStore, type Store } from '../../store/index.js';
import { createSealer, openLocalKeyring } from '../../worker/encryption/index.js';
import {
  expectSound,
  openBrowser,
  picture,
  type TestBrowser,
  type Watched,
} from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';
import { aCustomer, anImport } from '../support/customer-record.js';
import { withDiagram } from '../support/diagram.js';
import { endEvent, model, startEvent, userTask } from '../support/durable-model.js';
import { appendClocks, appendLives, march, type Reported } from '../support/reported.js';
import { anInstance, aTask, numbered } from '../support/store.js';

const PROCESS = 'reported';
const MODEL = withDiagram(
  model(
    PROCESS,
    [startEvent('start'), userTask('Work'), userTask('Check'), endEvent('end')],
    'start > Work > Check > end',
  ),
  ['start', 'Work', 'Check', 'end'],
);
const SPAN = 'from=2026-03-01&to=2026-03-31&zone=Europe%2FBerlin';

let app: WholeApp;
let browser: TestBrowser;

beforeAll(async () => {
  const prepare = async (databaseUrl: string): Promise<void> => {
    const store = await openStore({ databaseUrl, folder: null });
    await appendTickets(store, await appendLives(store, PROCESS, 'system'));
    await appendMonth(store);
    await store.close();
  };
  [app, browser] = await Promise.all([openWholeApp([], prepare), openBrowser()]);
  await app.person('dana', 'designer');
  await app.person('rui', 'auditor');
  const { json } = await app.line.ask(
    ...['token', 'create', 'dana', '--name', 'deploys', '--scope', 'designer'],
  );
  const form = new FormData();
  form.append('resources', new File([MODEL], 'reported.bpmn', { type: 'application/xml' }));
  const { secret } = json as { readonly secret: string };
  const answer = await fetch(`${app.url}/v2/deployments`, {
    ...{ method: 'POST', body: form, headers: { authorization: `Bearer ${secret}` } },
  });
  if (!answer.ok) throw new Error(await answer.text());
}, 300_000);
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

/** Tickets of a customer whose keys are gone afterwards: a report reads nothing that is sealed. */
async function appendTickets(store: Store, ids: Reported): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-reported-'));
  const keyProvider = await openLocalKeyring({ folder, masterKey: null });
  const keys = { ensure: keyProvider.createAll };
  const record = store.customerRecord(createSealer({ keyProvider }), keys);
  const customer = aCustomer();
  await record.take([customer], anImport(), 0);
  await appendClocks(record, ids, customer);
  rmSync(folder, { recursive: true });
}

/** Three a day in the first 25 days, by two steps, from an hour to a day and a half, every sixth late; one took a week. */
async function appendMonth(store: Store): Promise<void> {
  for (let n = 0; n < 75; n += 1) {
    const begin = Date.parse(march('01T08:00')) + n * 8 * 3_600_000;
    const hours = n === 40 ? 170 : 1 + ((n * 7) % 36);
    const at = (share: number): string => new Date(begin + share * hours * 3_600_000).toISOString();
    const step = (id: string, number: number) => ({
      ...{ elementId: id, elementInstanceId: `${id}:${number}`, scopeId: 'Process:1' },
    });
    const data = { kind: 'userTask', name: null };
    const due = n % 6 === 0 ? 0.3 : 0.9;
    const entries = numbered([
      { kind: 'instanceStarted', at: at(0) },
      { kind: 'elementEntered', ...step('Work', 2), at: at(0), data },
      { kind: 'taskOpened', ...step('Work', 2), at: at(0), data: aTask({ dueAt: at(due) }) },
      { kind: 'taskCompleted', ...step('Work', 2), at: at(0.6), data: { action: null } },
      { kind: 'elementCompleted', ...step('Work', 2), at: at(0.6) },
      { kind: 'elementEntered', ...step('Check', 3), at: at(0.6), data },
      { kind: 'elementCompleted', ...step('Check', 3), at: at(1) },
      { kind: 'instanceCompleted', at: at(1) },
    ]);
    const definition = { version: n < 40 ? 1 : 2, hash: 'h' };
    const instance = anInstance({ processId: PROCESS, definition, businessKey: `order-${n}` });
    await store.journal.append(instance, entries);
  }
}

const open = async (path: string, looks = {}, who = 'rui'): Promise<Watched> => {
  const watched = await browser.open(`${app.url}${path}`, looks);
  watched.page.setDefaultTimeout(20_000);
  await signIn(watched.page, who);
  return watched;
};

const LOOKS = [
  { locale: 'en', scheme: 'light', width: 1280 },
  { locale: 'pt-BR', scheme: 'dark', width: 360 },
] as const;

describe.each(LOOKS)('$locale, $scheme, $width wide', (looks) => {
  const name = `${looks.locale}-${looks.scheme}-${looks.width}`;

  test('lists processes with their figures', async () => {
    const watched = await open(`/reports?${SPAN}`, looks);
    const { page } = watched;
    await page.getByRole('link', { name: PROCESS, exact: true }).waitFor();
    await picture(page, `reports-${name}`);
    await expectSound(watched);
  });

  test('shows a process with charts that have words, and its heat map', async () => {
    const watched = await open(`/reports/${PROCESS}?${SPAN}`, looks);
    const { page } = watched;
    await page.locator('.app-chart svg').nth(2).waitFor();
    await page.locator('.app-badge-heat').first().waitFor();
    await page.locator('.app-chart[role=img][aria-label]').nth(2).waitFor();
    await picture(page, `report-${name}`);
    await expectSound(watched);
  });
});

test('a number opens to exactly its instances, which the address keeps', async () => {
  const report = (await app.as('rui', 'GET', `/api/v1/reports/${PROCESS}?${SPAN}`)).body as Report;
  const late = report.totals.late.value ?? 0;
  expect(late).toBeGreaterThan(10);
  const watched = await open(`/reports/${PROCESS}?${SPAN}`);
  const { page } = watched;
  await page
    .getByRole('link', { name: `Late: ${late}. Shows these instances` })
    .first()
    .click();
  await page.getByText('What a number of a report counted').waitFor();
  await page
    .getByRole('link', { name: /order-/ })
    .first()
    .waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(late);
  await picture(page, 'report-behind');
  await expectSound(watched);
  await page.reload();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(late);
  await page.getByRole('button', { name: 'Show others too' }).click();
  await page.getByText('What a number of a report counted').waitFor({ state: 'detached' });
});

test('a clock of tickets opens to the instances that opened these', async () => {
  const watched = await open(`/reports/${PROCESS}?${SPAN}`);
  const { page } = watched;
  const clocks = page.getByRole('region', { name: 'Clocks of tickets' });
  const missed = clocks.getByRole('link', { name: 'Missed: 2. Shows these instances' }).first();
  await missed.scrollIntoViewIfNeeded();
  await missed.click();
  await page.getByText('clock of a ticket: resolution').waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
  await expectSound(watched);
});

test('the address is whole, and says what is shown', async () => {
  const { page } = await open(`/reports/${PROCESS}`);
  await page.waitForURL(/from=\d{4}-\d\d-\d\d.*to=\d{4}-\d\d-\d\d.*zone=/);
  const { page: other } = await open(`/reports/${PROCESS}?${SPAN}`);
  await other.locator('label', { hasText: 'Median' }).click();
  await other.waitForURL(/heat=median/);
  await other.locator('.app-badge-heat', { hasText: /h/ }).first().waitFor();
  await other.getByRole('combobox', { name: 'By' }).click();
  await other.getByRole('option', { name: 'Week' }).click();
  await other.waitForURL(/by=week/);
  await other.getByRole('region', { name: 'By period' }).getByText('2026-03-02').waitFor();
});

test('files are offered of what is shown, and a designer sees it as well', async () => {
  const { page } = await open(`/reports/${PROCESS}?${SPAN}&by=week&version=2`, {}, 'dana');
  const csv = page.getByRole('link', { name: 'CSV' }).first();
  const href = (await csv.getAttribute('href')) ?? '';
  const answer = await app.as('dana', 'GET', href);
  expect(answer.status).toBe(200);
  expect(String(answer.body)).toContain('"2026-03-02"');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Started, finished, in flight as SVG' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('report-flow.svg');
});

describe('jornada report', () => {
  const DAYS = ['--from', '2026-03-01', '--to', '2026-03-31', '--zone', 'Europe/Berlin'] as const;
  const folder = (): string => join(app.line.root, 'march');

  test('prints the figures of all processes', async () => {
    const { json } = await app.line.ask('report', ...DAYS);
    const { items } = json as ReportList;
    const whole = await app.as('rui', 'GET', `/api/v1/reports?${SPAN}`);
    expect(items).toEqual((whole.body as ReportList).items);
    const { code, out } = await app.line.jornada('report', ...DAYS);
    expect(code).toBe(0);
    expect(out).toMatch(/^PROCESS +STARTED .*\nreported +84 +80 /);
  });

  test('writes one process as SVG and as a page for print, and says where', async () => {
    const asked = ['report', `${PROCESS}:1`, ...DAYS, '--by', 'week', '--out', folder()];
    const { code, out } = await app.line.jornada(...asked);
    expect(code).toBe(0);
    const files = out.trim().split('\n');
    expect(files.map((path) => path.slice(folder().length + 1))).toEqual([
      ...['report.html', 'flow.svg', 'durations.svg', 'punctuality.svg', 'elements.svg'],
    ]);
    for (const path of files) expect(readFileSync(path, 'utf8')).toMatch(/^<(?:!doctype|svg)/);
    const { json } = await app.line.ask(...asked);
    expect((json as { readonly report: Report }).report).toMatchObject({ version: 1, by: 'week' });
    const watched = await browser.open(`file://${join(folder(), 'report.html')}`);
    await watched.page.getByRole('heading', { level: 1, name: PROCESS }).waitFor();
    await picture(watched.page, 'report-printed');
    await expectSound(watched);
  });

  const refused: readonly (readonly [string, readonly string[], number])[] = [
    ['an unknown process', ['report', 'nobody'], 1],
    ['two processes', ['report', 'a', 'b'], 2],
    ['another period', ['report', PROCESS, '--by', 'year'], 2],
    ['a day that is not', ['report', PROCESS, '--from', '2026-02-31'], 2],
    ['too many days', ['report', PROCESS, '--from', '2020-01-01'], 2],
    ['a folder for all', ['report', '--out', 'x'], 2],
  ];
  test.each(refused)('refuses %s', async (_what, args, code) => {
    expect((await app.line.jornada(...args)).code).toBe(code);
  });
});
