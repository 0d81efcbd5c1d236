/** Jornada as people open it: `jornada start` on a database and task queue of its own, with people who sign in. */
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { freePort } from '../../../worker/dev-server/port.js';
import { type CommandLine, openCommandLine } from '../command-line.js';
import { onPostgres } from '../store.js';

/** What everybody signs in with. */
export const PASSWORD = 'purple kettle under snow';

/** One that runs. */
export interface WholeApp {
  readonly url: string;
  readonly line: CommandLine;
  readonly databaseUrl: string;
  /** Adds somebody, who can sign in afterwards. */
  readonly person: (loginName: string, ...roles: readonly string[]) => Promise<void>;
  /** Adds somebody who is in groups, and so sees their tasks. */
  readonly member: (
    loginName: string,
    groups: readonly string[],
    ...roles: readonly string[]
  ) => Promise<void>;
  /** Asks the API as somebody. @returns status and body */
  readonly as: (
    loginName: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly status: number; readonly body: never }>;
  readonly close: () => Promise<void>;
}

/**
 * Starts one.
 *
 * @param packages - folders of `definitions/` to deploy
 * @param prepare - fills its database and data folder before it starts
 * @param environment - what it is told besides
 */
export async function openWholeApp(
  packages: readonly string[] = [],
  prepare?: (databaseUrl: string, dataFolder: string) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
): Promise<WholeApp> {
  const database = await onPostgres(inject('databaseUrl'));
  const port = String(await freePort());
  const url = `http://localhost:${port}`;
  const line = openCommandLine({
    ...{ DATABASE_URL: database.config.databaseUrl ?? '', PORT: port },
    ...{ TEMPORAL_ADDRESS: inject('temporalAddress'), JORNADA_TASK_QUEUE: `app-${port}` },
    ...environment,
  });
  for (const name of packages) {
    cpSync(resolve('definitions', name), join(line.root, 'definitions', name), { recursive: true });
  }
  await prepare?.(database.config.databaseUrl ?? '', line.data);
  await line.start();
  const sessions = new Map<string, Promise<Record<string, string>>>();
  const add = async (
    name: string,
    groups: readonly string[],
    roles: readonly string[],
  ): Promise<void> => {
    const given = roles.length === 0 ? [] : ['--role', roles.join(',')];
    const within = groups.length === 0 ? [] : ['--group', groups.join(',')];
    const { json } = await line.ask('user', 'add', name, ...given, ...within);
    const { passwordLink } = json as { readonly passwordLink: { readonly url: string } };
    const token = passwordLink.url.split('#')[1];
    await post(url, '/api/v1/password-link', { token, password: PASSWORD });
  };
  return {
    ...{ url, line, databaseUrl: database.config.databaseUrl ?? '' },
    person: (name, ...roles) => add(name, [], roles),
    member: (name, groups, ...roles) => add(name, groups, roles),
    as: async (name, method, path, body, headers = {}) => {
      const ask = async (): Promise<Response> => {
        const known = sessions.get(name) ?? sessionOf(url, name);
        sessions.set(name, known);
        return fetch(url + path, {
          method,
          headers: {
            ...(await known),
            ...headers,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      };
      const first = await ask();
      // A person has so many sessions at most: those of the pages that a test opened may have ended this one.
      const hasEnded = first.status === 401 && sessions.delete(name);
      const answer = hasEnded ? await ask() : first;
      const text = await answer.text();
      const isJson = (answer.headers.get('content-type') ?? '').includes('json');
      return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as never };
    },
    close: async () => {
      line.kill();
      line.discard();
      await database.discard();
    },
  };
}

async function post(url: string, path: string, body: object): Promise<Response> {
  const answer = await fetch(url + path, {
    ...{ method: 'POST', body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json' },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** A session, as the headers of a page that has it. */
async function sessionOf(url: string, loginName: string): Promise<Record<string, string>> {
  const answer = await post(url, '/api/v1/sign-in', { loginName, password: PASSWORD });
  const { csrfToken } = (await answer.json()) as { readonly csrfToken: string };
  return {
    cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '',
    ...{ 'x-csrf-token': csrfToken, origin: url, 'sec-fetch-site': 'same-origin' },
  };
}

/** Signs somebody in on the page that is open. */
export async function signIn(page: Page, loginName: string): Promise<void> {
  await page.locator('input[name=loginName]').fill(loginName);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await page.getByRole('navigation').or(page.locator('#main')).first().waitFor();
}
