/**
 * The page that the web app begins with. What it loads is in files of their own; styles that its parts make while it runs
 * carry the word of the answer (a nonce), so that no other style is taken. Source: CSP Level 3 §2.3.1.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a build made: the first page with a hole where the word goes, and the folder of what it loads. */
export interface WebApp {
  readonly page: string;
  /** Absolute; its files have names that change with what is in them. */
  readonly folder: string;
}

/** What stands in the first page in place of the word; the build puts it there. */
export const NONCE_HOLE = '{{nonce}}';

/** Reads what a build made. Class: side effect. */
export async function readWebApp(built: string): Promise<WebApp> {
  const page = await readFile(join(built, 'index.html'), 'utf8');
  return { page, folder: join(built, 'web') };
}

/** The first page under a word of its own, in the language that the reader most likely wants. Class: pure. */
export function webPage({ page }: WebApp, nonce: string, locale: string): string {
  return page.replaceAll(NONCE_HOLE, nonce).replace('<html lang="en">', `<html lang="${locale}">`);
}

/**
 * What such a page may load. The diagrams write `style` attributes into what they draw, which a word cannot allow; an
 * attribute styles its own element alone. Class: pure.
 */
export function webPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(';');
}
