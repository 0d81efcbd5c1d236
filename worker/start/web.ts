/** The web app: built by a program of its own, while database and Temporal start; the second time it is there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readWebApp, type WebApp } from '../../api/index.js';

const BUILD = fileURLToPath(new URL('../../web/build.js', import.meta.url));

/** An attempt: the app, or why there is none. Everything else runs without it. */
export type WebBuild = { readonly app: WebApp } | { readonly reason: string };

/** Builds it, or finds it built. Never rejects. Class: side effect. */
export async function openWeb(signal: AbortSignal): Promise<WebBuild> {
  try {
    const child = spawn(process.execPath, [BUILD], {
      cwd: dirname(dirname(BUILD)),
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) return { app: await readWebApp(out.trim()) };
    return { reason: lastLineOf(err) ?? `it ended with ${code}` };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** What an error says, without the places in the code. */
function lastLineOf(text: string): string | null {
  const says = text.split('\n').find((line) => /^\S*Error\b/.test(line));
  return says ?? (text.trim().split('\n')[0] || null);
}

/** As the start screen tells it. Class: pure. */
export function describeWeb(build: WebBuild): string {
  if ('app' in build) return 'ready   pages for designers, CSMs, admins, auditors';
  return `not there: ${build.reason}; run npm ci, then start again`;
}
