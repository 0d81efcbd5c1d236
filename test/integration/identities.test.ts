/** People as operators know them: made by the command line, signed in by HTTP, out at once, all of it kept over a crash. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '../../worker/dev-server/port.js';
import { type CommandLine, openCommandLine } from '../support/command-line.js';
import { endEvent, model, startEvent, userTask } from '../support/durable-model.js';
import { onPostgres, type TestDatabase } from '../support/store.js';

const PASSWORD = 'purple kettle under snow';

let database: TestDatabase;
let line: CommandLine;
let url = '';
beforeAll(async () => {
  database = await onPostgres(inject('databaseUrl'));
  const port = String(await freePort());
  url = `http://localhost:${port}`;
  line = openCommandLine({
    ...{ DATABASE_URL: database.config.databaseUrl ?? '', PORT: port },
    ...{ TEMPORAL_ADDRESS: inject('temporalAddress'), JORNADA_TASK_QUEUE: `identities-${port}` },
  });
  await line.start();
});
afterAll(async () => {
  line.kill();
  line.discard();
  await database.discard();
});

const post = (path: string, body: object) =>
  fetch(url + path, {
    ...{ method: 'POST', body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json' },
  });
const statusOf = async (headers: Record<string, string>): Promise<number> =>
  (await fetch(`${url}/api/v1/me`, { headers })).status;

interface Added {
  readonly passwordLink: { readonly url: string };
}

/** Adds somebody and sets their password by their link. */
const person = async (name: string, role: string): Promise<void> => {
  const { code, json } = await line.ask('user', 'add', name, '--role', role);
  expect(code).toBe(0);
  const { passwordLink } = json as Added;
  expect(passwordLink.url.startsWith(`${url}/password#`)).toBe(true);
  const token = passwordLink.url.split('#')[1];
  const set = await post('/api/v1/password-link', { token, password: PASSWORD });
  expect(set.status).toBe(204);
};
const session = async (loginName: string): Promise<Record<string, string>> => {
  const answer = await post('/api/v1/sign-in', { loginName, password: PASSWORD });
  expect(answer.status).toBe(200);
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
};

/** A task that somebody has. @returns its key */
const heldBy = async (name: string): Promise<string> => {
  const folder = join(line.root, 'definitions/calm');
  const parts = [startEvent('start'), userTask('review'), endEvent('end')];
  mkdirSync(folder);
  writeFileSync(join(folder, 'process.bpmn'), model('calm', parts, 'start > review > end'));
  expect((await line.jornada('deploy', folder)).code).toBe(0);
  const { json } = await line.ask('run', 'calm');
  const { instanceId } = json as { readonly instanceId: string };
  const taken = await line.jornada('claim', 'ut', instanceId, '--actor', name);
  expect([taken.code, taken.err]).toEqual([0, '']);
  return instanceId;
};

test('somebody is added, signs in, and is out within a second of being disabled', async () => {
  await person('ines', 'admin');
  const page = await session('ines');
  const made = await line.ask('token', 'create', 'ines', '--name', 'x', '--scope', 'admin:read');
  const { secret } = made.json as { readonly secret: string };
  const program = { authorization: `Bearer ${secret}` };
  expect(await Promise.all([page, program].map(statusOf))).toEqual([200, 200]);

  const last = await line.jornada('user', 'disable', 'ines');
  expect([last.code, last.err]).toEqual([1, expect.stringContaining('LAST_ADMIN')]);
  await person('olga', 'admin');

  const other = await line.ask('token', 'create', 'ines', '--name', 'y', '--scope', 'admin');
  const { token, secret: lost } = other.json as {
    readonly token: { readonly tokenId: string };
    readonly secret: string;
  };
  expect((await line.jornada('token', 'revoke', token.tokenId)).code).toBe(0);
  expect(await statusOf({ authorization: `Bearer ${lost}` })).toBe(401);
  const { out: tokens } = await line.jornada('token', 'list', 'ines', '--fields', 'name,isLive');
  expect(tokens.trim().split('\n').slice(1)).toEqual(['x     true', 'y     false']);
  const again = await line.jornada('token', 'revoke', token.tokenId);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('NOT_FOUND')]);

  line.kill();
  await line.start();
  expect(await Promise.all([page, program].map(statusOf))).toEqual([200, 200]);
  const held = await heldBy('ines');

  const { code, out } = await line.jornada('user', 'disable', 'ines', '--reason', 'left');
  expect([code, out]).toEqual([0, expect.stringContaining('ines is disabled')]);
  expect(await Promise.all([page, program].map(statusOf))).toEqual([401, 401]);
  const holder = async () => {
    const { json } = await line.ask('get', 'ut', held);
    return (json as { readonly task: { readonly assignee: string | null } }).task.assignee;
  };
  await expect.poll(holder, { timeout: 20_000 }).toBeNull();

  const { out: told } = await line.jornada('audit', '--all', '--limit', '100');
  for (const sentence of [
    'added user ines',
    'refused: disable user ines (LAST_ADMIN)',
    'disabled user ines',
  ]) {
    expect(told).toContain(sentence);
  }
  expect(told).toMatch(/ ines .*signed in/);
  const { json } = await line.ask('audit', '--by', 'ines');
  const { items } = json as { readonly items: readonly { action: string; actor: string }[] };
  expect(items.map(({ action }) => action)).toEqual(['assignTask', 'signIn']);
  // Programs see the log as it is.
  expect(items.at(-1)?.actor).toMatch(/^[0-9a-f-]{36}$/);
});

test('who is unknown, and what is no role, is refused with the code of usage or of the matter', async () => {
  const unknown = await line.jornada('user', 'disable', 'nobody');
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('USER_UNKNOWN')]);
  const odd = await line.jornada('user', 'add', 'eve', '--role', 'root');
  expect([odd.code, odd.err]).toEqual([2, expect.stringContaining('ARGUMENT_INVALID')]);
  const gone = await line.jornada('user', 'link', 'ines');
  expect([gone.code, gone.err]).toEqual([1, expect.stringContaining('USER_DISABLED')]);
  const foreign = await line.jornada('token', 'create', 'olga', '--name', 'x', '--scope', 'csm');
  expect([foreign.code, foreign.err]).toEqual([1, expect.stringContaining('TOKEN_SCOPE')]);
});

test('the start says by which link the first admin comes to be, until there is one', async () => {
  const fresh = await onPostgres(inject('databaseUrl'));
  const place = mkdtempSync(join(tmpdir(), 'jornada-first-admin-'));
  const port = String(await freePort());
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    ...{ PATH, HOME, NO_COLOR: '1', PORT: port, JORNADA_DATA: join(place, 'data') },
    ...{ DATABASE_URL: fresh.config.databaseUrl ?? '', JORNADA_TASK_QUEUE: `first-${port}` },
    TEMPORAL_ADDRESS: inject('temporalAddress'),
  };
  /** What a start says until it is up; it is ended then by Ctrl-C. */
  const screenOf = async (meanwhile: (screen: string) => Promise<void>): Promise<void> => {
    const args = [resolve('cli/jornada.mjs'), 'start', '--definitions', place];
    const child = spawn(process.execPath, args, { cwd: place, env });
    const ended = once(child, 'close');
    try {
      let said = '';
      for await (const chunk of child.stderr) {
        said += chunk;
        if (said.includes('Ctrl-C stops all.')) break;
      }
      await meanwhile(said);
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  };
  try {
    await screenOf(async (screen) => {
      const [, base = '', token = ''] =
        /First admin +(http:\/\/localhost:\d+)\/set-up#([\w-]{43}) /.exec(screen) ?? [];
      expect(base).toBe(`http://localhost:${port}`);
      const admin = { token, loginName: 'ada', displayName: 'Ada', password: PASSWORD };
      const answer = await fetch(`${base}/api/v1/set-up`, {
        ...{ method: 'POST', body: JSON.stringify(admin) },
        headers: { 'content-type': 'application/json' },
      });
      expect([answer.status, await answer.json()]).toMatchObject([201, { roles: ['admin'] }]);
    });
    await screenOf(async (screen) => {
      expect(screen).toContain('Ctrl-C stops all.');
      expect(screen).not.toContain('First admin');
    });
  } finally {
    await fresh.discard();
    rmSync(place, { recursive: true, force: true });
  }
});
