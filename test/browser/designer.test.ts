/**
 * The way of a designer in a real browser: the SLA of tickets is changed, the finding that this causes is seen and mended, the
 * draft is played to the broken promise and published, and a running ticket goes on with it.
 */
import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';

const KEY = 'support-ticket';
const SLA = 'decisions/sla_policy.dmn';
/** Minutes to the first reply of a P3 by the policy `standard`. */
const CELL = '[data-element-id="sla-policy-rule-25-output-4"]';
/** What parts of others break, exactly. */
const KNOWN_OF_MODELER = ['color-contrast'];

let app: WholeApp;
let browser: TestBrowser;
beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp([KEY]), openBrowser()]);
  await app.person('dana', 'designer');
  await app.member('cora', ['support-agent'], 'csm');
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

/** The mark of bpmn.io is what is there at its corners and its middle. */
async function isMarkCovered(page: Page, selector: string): Promise<boolean> {
  await page.locator(selector).first().waitFor();
  return page.evaluate((mark) => {
    const element = document.querySelector(mark);
    if (!element) return true;
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) return true;
    const places = [
      ...[
        [left + 1, top + 1],
        [right - 1, top + 1],
        [left + 1, bottom - 1],
      ],
      ...[
        [right - 1, bottom - 1],
        [(left + right) / 2, (top + bottom) / 2],
      ],
    ];
    return !places.every(([x = 0, y = 0]) => {
      const found = document.elementFromPoint(x, y);
      return found !== null && (element.contains(found) || found.contains(element));
    });
  }, selector);
}

const begin = async (page: Page, title: string): Promise<string> => {
  await page.getByLabel('What it is about').fill(title);
  await page.getByRole('button', { name: 'Begin a draft' }).click();
  await page.waitForURL(/draft=/);
  return new URL(page.url()).searchParams.get('draft') ?? '';
};

test('changes the SLA, mends what it breaks, plays it to the broken promise, publishes, and a running ticket goes on', async () => {
  const variables = {
    ...{ messageId: 'm-1', channel: 'mail', subject: 'Report', body: 'Error on saving' },
    from: { name: 'Ana', mail: 'ana@aurora.example' },
  };
  const message = { name: 'ticket.received', correlationKey: 'm-1', timeToLive: 60_000, variables };
  const sent = await app.as('cora', 'POST', '/v2/messages/publication', message);
  expect(sent.status).toBe(200);

  const watched = await browser.open(`${app.url}/designer`);
  const { page } = watched;
  await signIn(page, 'dana');
  await page.getByRole('link', { name: 'Support ticket' }).click();
  await page.getByRole('heading', { name: 'Versions' }).waitFor();
  // What it is for, what is in it, what runs of it, and what to do.
  await page.getByText('answered within what was promised').waitFor();
  await page.getByRole('region', { name: 'What to do next' }).getByText('begin a draft').waitFor();
  await page.getByText('decisions/sla_policy.dmn').waitFor();
  await page.getByText('Deployed without a draft').waitFor();
  await page.locator('.djs-container .djs-shape').first().waitFor();
  const running = page.getByRole('link', {
    name: '1 running instance: Instances of Support ticket',
  });
  expect(await running.getAttribute('href')).toBe('/instances?process=support-ticket');
  await picture(page, 'designer-package');
  await expectSound(watched);
  const draftId = await begin(page, 'Answer a P3 in four hours');

  // The model first: it is drawn, and its mark is seen.
  await page.locator('.djs-container .djs-shape').first().waitFor();
  expect(await isMarkCovered(page, '.bjs-powered-by')).toBe(false);
  await page.getByText('No problems.').waitFor();
  await picture(page, 'designer-model');
  await expectSound(watched, KNOWN_OF_MODELER);

  await page.getByRole('button', { name: 'sla_policy.dmn', exact: true }).click();
  await page.locator(CELL).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('240');
  await page.keyboard.press('Enter');
  const finding = page.getByRole('article', { name: 'PACKAGE_DECISION_DIFFERS' });
  await finding.waitFor();
  await picture(page, 'designer-finding');
  await finding.getByRole('button', { name: /expect what the table says now/ }).click();
  await page.getByText('No problems.').waitFor();

  await page.getByRole('tab', { name: 'Play' }).click();
  await page.getByLabel('Begin from a scenario').first().click();
  await page.getByRole('option', { name: /^a promise that is broken goes up the chain/ }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const triage = page.getByRole('article', { name: 'Triage' });
  await triage.waitFor();
  const answer = { decision: 'ticket', ticketType: 'problem', component: 'product' };
  const judged = { ...answer, impact: 'one user', urgency: 'hampered' };
  await triage.getByText('JSON', { exact: true }).click();
  await triage.getByRole('textbox').fill(JSON.stringify(judged));
  await triage.getByRole('button', { name: 'Complete' }).click();
  await page.getByRole('article', { name: 'Work the ticket' }).waitFor();
  await page.getByRole('button', { name: 'process.bpmn', exact: true }).click();
  await page.locator('.designer-token-count').first().waitFor();
  // From event to event until the promise is broken.
  const broken = page.getByRole('article', { name: 'Tell the customer' });
  const clock = page.getByRole('status').filter({ hasText: /^It is / });
  for (let step = 0; step < 12 && !(await broken.isVisible()); step += 1) {
    const before = await clock.textContent();
    await page.getByRole('button', { name: /^To what happens next/ }).click();
    await expect.poll(() => clock.textContent(), { timeout: 30_000 }).not.toBe(before);
  }
  await broken.waitFor();
  expect(await clock.textContent()).toContain('Mar 2, 2026');
  await picture(page, 'designer-play');
  await expectSound(watched, KNOWN_OF_MODELER);

  // A reload loses nothing.
  await page.reload();
  await page.getByRole('article', { name: 'Tell the customer' }).waitFor();
  const { body: draft } = await app.as('dana', 'GET', `/api/v1/drafts/${draftId}`);
  const { files } = draft as unknown as { files: { path: string; version: number }[] };
  expect(files.find(({ path }) => path === SLA)?.version).toBe(2);

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish' });
  await dialog.getByText('1 running instance can go on with it').waitFor();
  await picture(page, 'designer-publish');
  await dialog.getByLabel('Why').fill('Agreed with support');
  await dialog.getByRole('button', { name: 'Publish now' }).click();
  await dialog.getByRole('button', { name: 'Let them go on' }).click();
  await dialog.getByText('1 instance goes on with the new version.').waitFor();
  const search = { filter: { processDefinitionId: KEY } };
  const { body: found } = await app.as('cora', 'POST', '/v2/process-instances/search', search);
  const { items } = found as unknown as { items: { processDefinitionVersion: number }[] };
  expect(items.map(({ processDefinitionVersion }) => processDefinitionVersion)).toEqual([2]);
  expect(watched.troubles).toEqual([]);
});

/** What is seen of a diagram: how large it is, in thousandths, and where it lies, in pixels. */
const viewOf = async (diagram: Locator): Promise<readonly number[]> => {
  const transform = await diagram.locator('g.viewport').first().getAttribute('transform');
  const [scale = 0, , , , x = 0, y = 0] = (transform?.match(/-?[\d.]+/g) ?? []).map(Number);
  return [Math.round(scale * 1000), Math.round(x), Math.round(y)];
};

test('a table has the width of the page, and is compared in words', async () => {
  const made = await app.as('dana', 'POST', '/api/v1/drafts', {
    ...{ packageKey: KEY, title: 'Twenty minutes' },
  });
  const { draft } = made.body as unknown as { draft: { draftId: string } };
  const file = `/api/v1/drafts/${draft.draftId}/file?path=${SLA}`;
  const { body: read } = await app.as('dana', 'GET', file);
  const { content, version } = read as unknown as { content: string; version: number };
  const [first = ''] = /<rule id="sla-policy-rule-1">[\s\S]*?<\/rule>\s*/.exec(content) ?? [];
  const [second = ''] = /<rule id="sla-policy-rule-2">[\s\S]*?<\/rule>\s*/.exec(content) ?? [];
  const sooner = first.replace('<text>15</text>', '<text>20</text>');
  const changed = content.replace(second, '').replace(first, sooner);
  const put = await app.as(
    ...(['dana', 'PUT', file] as const),
    { content: changed },
    { 'if-match': `"${version}"` },
  );
  expect(put.status).toBe(200);

  const watched = await browser.open(
    `${app.url}/designer/${KEY}?draft=${draft.draftId}&file=${SLA}`,
  );
  const { page } = watched;
  await signIn(page, 'dana');
  const table = page.locator('.designer-decision .tjs-table');
  await table.waitFor();
  const place = await page.locator('.designer-decision').boundingBox();
  expect(place?.width).toBeGreaterThan(700);
  // Its last column is reached by scrolling within its place, and no part of the page moves.
  await table.locator('th').last().scrollIntoViewIfNeeded();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  await picture(page, 'designer-decision');
  // What cannot be read is told by its row and column, and leads there from another file.
  await page.locator('[data-element-id="sla-policy-rule-1-output-4"]').click();
  await page.keyboard.type('+');
  await page.keyboard.press('Enter');
  const finding = page.getByRole('article', { name: 'DMN_EXPRESSION_INVALID' });
  await finding.getByText(/in rule 1 of 'sla_policy', result 4 “Minutes”/).waitFor();
  await page.getByRole('button', { name: 'README.md', exact: true }).click();
  await finding.getByRole('button', { name: 'Look at it' }).click();
  await page.locator('.designer-looked-at[data-element-id="sla-policy-rule-1-output-4"]').waitFor();
  await page.locator('[data-element-id="sla-policy-rule-1-output-4"]').click();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await finding.waitFor({ state: 'detached' });

  await page.goto(`${app.url}/designer/${KEY}`);
  await page.getByRole('link', { name: 'Compare “Twenty minutes” with what is published' }).click();
  const words = page.getByRole('region', { name: 'What support promises' });
  await words.getByText('Minutes: was 15, now 20').waitFor();
  await words.getByText('Rule 2 is gone').waitFor();
  expect(await page.getByText('<text>20</text>').isVisible()).toBe(false);
  await page.getByText('The file line by line').click();
  await page.getByText('<text>20</text>').waitFor();
  await picture(page, 'designer-compare-decision');
  await expectSound(watched);
  const looks = { locale: 'pt-BR', scheme: 'dark', width: 400, height: 800 } as const;
  const narrow = await browser.open(page.url(), looks);
  await signIn(narrow.page, 'dana');
  await narrow.page.getByText('Minutes: era 15, agora 20').waitFor();
  await picture(narrow.page, 'designer-compare-decision-pt-BR-dark-400');
  await expectSound(narrow);
});

test('compares a draft with what is published, by mouse and keys, and then two versions', async () => {
  const made = await app.as('dana', 'POST', '/api/v1/drafts', {
    ...{ packageKey: KEY, title: 'Sort first' },
  });
  const { draft } = made.body as unknown as { draft: { draftId: string } };
  const file = `/api/v1/drafts/${draft.draftId}/file?path=process.bpmn`;
  const { body: read } = await app.as('dana', 'GET', file);
  const { content, version } = read as unknown as { content: string; version: number };
  const note = '<bpmn:textAnnotation id="a-note"><bpmn:text>Why</bpmn:text></bpmn:textAnnotation>';
  const shape =
    '<bpmndi:BPMNShape id="a-note-shape" bpmnElement="a-note"><dc:Bounds x="760" y="480" width="100" height="30" /></bpmndi:BPMNShape>';
  const changed = content
    .replace('id="triage" name="Triage"', 'id="triage" name="Sort"')
    .replace('</bpmn:process>', `${note}</bpmn:process>`)
    .replace('</bpmndi:BPMNPlane>', `${shape}</bpmndi:BPMNPlane>`);
  const put = await app.as(
    ...(['dana', 'PUT', file] as const),
    { content: changed },
    { 'if-match': `"${version}"` },
  );
  expect(put.status).toBe(200);

  const watched = await browser.open(`${app.url}/designer/${KEY}`);
  const { page } = watched;
  await signIn(page, 'dana');
  await page.getByRole('link', { name: 'Compare “Sort first” with what is published' }).click();
  await page.waitForURL(new RegExp(`/compare\\?from=.+&to=${draft.draftId}$`));
  const [before, after] = ['Before', 'After'].map((side) =>
    page.getByRole('region', { name: `${side}: process.bpmn` }),
  ) as [Locator, Locator];
  await after.getByText('+ added').waitFor();
  await before.getByText('~ changed').waitFor();
  expect(await before.getByText('+ added').count()).toBe(0);
  const property = page.getByRole('row').filter({ hasText: 'was Triage' });
  expect(await property.textContent()).toContain('is Sort');

  // Selecting brings both diagrams to the element.
  const fitted = await viewOf(before);
  await page.getByRole('button', { name: '~ Sort' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => viewOf(before)).not.toEqual(fitted);
  expect(await viewOf(after)).toEqual(await viewOf(before));
  for (const diagram of [before, after]) {
    const marked = diagram.locator('.app-mark-selected[data-element-id="triage"]');
    expect(await marked.count()).toBe(1);
  }
  // So does a wheel over either of them.
  const selected = await viewOf(after);
  await after.hover();
  await page.mouse.wheel(120, 0);
  await expect.poll(() => viewOf(after)).not.toEqual(selected);
  expect(await viewOf(before)).toEqual(await viewOf(after));
  await page.getByRole('button', { name: '~ Sort' }).click();
  expect(await isMarkCovered(page, '.bjs-powered-by')).toBe(false);
  await picture(page, 'designer-compare');
  await expectSound(watched);

  // By its address alone, in the other language, where it is narrow.
  const looks = { locale: 'pt-BR', scheme: 'dark', width: 400, height: 800 } as const;
  const narrow = await browser.open(page.url(), looks);
  await signIn(narrow.page, 'dana');
  await narrow.page.getByText('+ adicionado').first().waitFor();
  await picture(narrow.page, 'designer-compare-pt-BR-dark-400');
  await expectSound(narrow);

  const { body: whole } = await app.as('dana', 'GET', `/api/v1/drafts/${draft.draftId}`);
  const { draft: newest } = whole as unknown as { draft: { version: number } };
  const publication = `/api/v1/drafts/${draft.draftId}/publication`;
  const done = await app.as('dana', 'POST', publication, { version: newest.version });
  expect(done.status).toBe(200);
  await page.goto(`${app.url}/designer/${KEY}`);
  await page.getByRole('link', { name: 'Compare with the version before' }).first().click();
  await page.getByRole('button', { name: '~ Sort' }).waitFor();
  await page.getByRole('region', { name: 'After: process.bpmn' }).getByText('+ added').waitFor();
  await expectSound(watched);
});

describe.each([
  { locale: 'en', scheme: 'dark', width: 1280, height: 860 },
  { locale: 'pt-BR', scheme: 'light', width: 400, height: 800 },
] as const)('$locale, $scheme, $width wide', (looks) => {
  test('every kind of file has its editor, and the marks are seen', async () => {
    const { status, body } = await app.as('dana', 'POST', '/api/v1/drafts', {
      ...{ packageKey: KEY, title: `Look ${randomUUID().slice(0, 4)}` },
    });
    expect({ status, body }).toMatchObject({ status: 201 });
    const { draft } = body as unknown as { draft: { draftId: string } };
    const address = `${app.url}/designer/${KEY}?draft=${draft.draftId}`;
    const watched = await browser.open(address, looks);
    const { page } = watched;
    await signIn(page, 'dana');
    const look = async (file: string, ready: string, mark: string | null): Promise<void> => {
      await page.goto(`${address}&file=${encodeURIComponent(file)}`);
      await page.locator(ready).first().waitFor();
      if (mark) {
        await page.locator(mark).first().scrollIntoViewIfNeeded();
        expect(await isMarkCovered(page, mark), `${file}: the mark is covered`).toBe(false);
      }
      const name = file.replace(/^.*\//, '').replace(/\W+/g, '-');
      await picture(page, `designer-${name}-${looks.locale}-${looks.scheme}-${looks.width}`);
      await expectSound(watched, [...KNOWN_OF_MODELER, 'empty-table-header']);
    };
    await look('process.bpmn', '.djs-container .djs-shape', '.bjs-powered-by');
    // The drawing is turned over by the page alone: its colours, and so a picture saved of it, stay as they are.
    const drawing = page.locator('.designer-canvas .djs-container > svg').first();
    const filter = await drawing.evaluate((one) => getComputedStyle(one).filter);
    expect(filter.includes('invert')).toBe(looks.scheme === 'dark');
    expect(await drawing.innerHTML()).not.toContain('invert');
    await look(
      SLA,
      '.dmn-decision-table-container',
      '.designer-decision .powered-by__logo, .designer-decision .bjs-powered-by, .designer-decision [class*=powered]',
    );
    await look(
      'forms/triage.form',
      '.fjs-editor-container',
      '.designer-form [class*=powered-by-link]',
    );
    await look('mail/receipt.en.liquid', '.designer-mail', null);
    await look('process.yaml', '.designer-text-input', null);
  });
});
