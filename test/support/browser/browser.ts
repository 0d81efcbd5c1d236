/** Pages in a real Chromium, watched: what a page complains of or asks elsewhere for is kept, and a test may have none. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from './chromium.js';

/** How a page is looked at. */
export interface Looks {
  readonly locale?: 'en' | 'pt-BR';
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** A page, and what was wrong with it so far. */
export interface Watched {
  readonly page: Page;
  /** Errors of the console, of scripts, of the policy, requests elsewhere, answers of 5xx. */
  readonly troubles: readonly string[];
}

/** A browser for a test file. */
export interface TestBrowser {
  /** A page in a context of its own: no cookie, nothing kept. */
  readonly open: (url: string, looks?: Looks) => Promise<Watched>;
  /** Closes all pages: who has many open hears what happens in a few of them alone. */
  readonly closePages: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Pictures of pages. */
const OUT = resolve('out');

/** Where people find them. */
const TOUR = resolve('docs/tour.md');

/** Starts one. Class: side effect. */
export async function openBrowser(): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: [...CHROMIUM_ARGS],
  });
  return {
    open: async (url, { locale = 'en', scheme = 'light', width = 1280, height = 860 } = {}) => {
      const context = await browser.newContext({
        ...{ locale, colorScheme: scheme, viewport: { width, height }, acceptDownloads: true },
        reducedMotion: 'reduce',
      });
      // As somebody who chose the language on this machine.
      await context.addInitScript((chosen) => {
        window.localStorage.setItem('jornada-language', chosen);
      }, locale);
      const page = await context.newPage();
      const troubles = await watch(page, new URL(url).origin);
      await page.goto(url);
      return { page, troubles };
    },
    closePages: async () => {
      for (const context of browser.contexts()) await context.close();
    },
    close: () => browser.close(),
  };
}

async function watch(page: Page, origin: string): Promise<readonly string[]> {
  const troubles: string[] = [];
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  page.on('console', (message) => {
    // A refusal of the server is told by the page itself; the browser's own line about it says no more.
    const isOfAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isOfAnswer) troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    troubles.push(`error: ${error.message}`);
  });
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith('http') && asked !== origin) {
      troubles.push(`request elsewhere: ${request.url()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) troubles.push(`${response.status()}: ${response.url()}`);
  });
  return troubles;
}

/** Keeps a picture of a page for people to look at: `out/<name>.png`, which the tour has to show. @returns its path */
export async function picture(page: Page, name: string): Promise<string> {
  mkdirSync(OUT, { recursive: true });
  const path = join(OUT, `${name}.png`);
  expect(readFileSync(TOUR, 'utf8')).toContain(`(../out/${name}.png)`);
  await page.screenshot({ path, fullPage: true });
  return path;
}

/** Findings of axe that are serious or critical, as `rule: element`. `known`: rules that parts of others break. */
export async function seriousFindings(
  page: Page,
  known: readonly string[] = [],
): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(
      ({ impact, id }) => (impact === 'serious' || impact === 'critical') && !known.includes(id),
    )
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Nothing is wrong with a page: nothing that it complained of, nothing serious for those who cannot see or point. */
export async function expectSound(
  { page, troubles }: Watched,
  known: readonly string[] = [],
): Promise<void> {
  expect(await seriousFindings(page, known)).toEqual([]);
  expect(troubles).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'the page is wider than its window').toBeLessThanOrEqual(0);
}
