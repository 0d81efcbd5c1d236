/** `/docs` in a real browser: it lives under our policy, asks nobody else, reads well, and what is tried out is answered. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { FastifyInstance } from 'fastify';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../../worker/dev-server/port.js';
import { CHROMIUM_ARGS, findChromium } from '../support/browser/chromium.js';
import { openWorld, PASSWORD, type World } from '../support/identities.js';

const folder = mkdtempSync(join(tmpdir(), 'jornada-docs-'));
/** What Swagger UI brings along: a button that copies inside another, lists of codes in colours of its own. */
const OF_LIBRARY = ['nested-interactive', 'color-contrast', 'scrollable-region-focusable'];
let world: World;
let app: FastifyInstance;
let browser: BrowserContext;
let page: Page;
let origin: string;
const troubles: string[] = [];
const hosts = new Set<string>();

beforeAll(async () => {
  world = await openWorld();
  origin = `http://localhost:${await freePort()}`;
  app = await world.appAt(origin);
  await app.listen({ host: 'localhost', port: Number(new URL(origin).port) });
  browser = await chromium.launchPersistentContext(folder, {
    executablePath: findChromium(),
    args: [...CHROMIUM_ARGS],
  });
  await browser.addInitScript({
    content: `addEventListener('securitypolicyviolation', (found) =>
      console.error('policy: ' + found.violatedDirective + ' ' + found.blockedURI));`,
  });
  mkdirSync('out', { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  page = await browser.newPage();
  page.on('console', (said) => {
    if (said.type() === 'error') troubles.push(said.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
});

/** The page draws what is in its window; the filter brings routes there. */
const only = (tag: string): Promise<void> => page.locator('.operation-filter-input').fill(tag);

describe.each(['light', 'dark'] as const)('/docs in %s', (colorScheme) => {
  test.each([1280, 400])('reads at %i px', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`${origin}/docs`);
    await only('process instances');
    await page.getByText('Starts a process instance').waitFor();
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `out/docs-${colorScheme}-${width}.png` });
    await only('Users');
    await page.locator('#operations-Users-createUser button').first().click();
    await page.getByText('They set their password by the link of the answer.').waitFor();
    await page.locator('#operations-Users-createUser').scrollIntoViewIfNeeded();
    await page.screenshot({ path: `out/docs-route-${colorScheme}-${width}.png` });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const grave = violations.filter(
      ({ id, impact }) =>
        (impact === 'serious' || impact === 'critical') && !OF_LIBRARY.includes(id),
    );
    expect(grave.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))])).toEqual(
      [],
    );
    expect(troubles).toEqual([]);
    expect([...hosts]).toEqual([new URL(origin).host]);
    await page.close();
  });
});

test('whoever is signed in tries a route out that changes something', async () => {
  const { loginName } = await world.person(['admin']);
  await page.goto(`${origin}/docs`);
  const status = await page.evaluate(
    async ([name, password]) => {
      const answer = await fetch('/api/v1/sign-in', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ loginName: name, password }),
      });
      return answer.status;
    },
    [loginName, PASSWORD],
  );
  expect(status).toBe(200);
  await only('Users');
  const route = page.locator('#operations-Users-createUser');
  await route.locator('button').first().click();
  await route.getByRole('button', { name: 'Try it out' }).click();
  await route.getByRole('button', { name: 'Execute' }).click();
  await route.locator('.live-responses-table .response-col_status', { hasText: '201' }).waitFor();
  expect(troubles).toEqual([]);
});
