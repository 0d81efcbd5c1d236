import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { buildApp } from '../../api/app.js';
import { appConfigOf } from '../../api/config.js';
import { type AppDeps, startApp } from '../../api/index.js';
import { localeOf } from '../../api/pages/locale.js';
import type { LinkRefusal } from '../../store/registry/index.js';

const TOKEN = 'a'.repeat(43);

const build = (deps: Partial<AppDeps> | null, heard: unknown[] = [], isHttps = false) =>
  buildApp({
    state: {
      deps: deps && {
        useAccess: async () => true,
        openExport: async () => 'unknown',
        readiness: async () => [],
        // What people sign in for is tested where there is a store.
        identities: null as never,
        camunda: null as never,
        designer: null as never,
        webhooks: null as never,
        records: null as never,
        ...deps,
      },
      origin: 'http://localhost:3000',
    },
    isHttps,
    proxies: null,
    trouble: (error) => heard.push(error),
  });

const HTML = { accept: 'text/html,*/*;q=0.8' };

describe('the app', () => {
  test.each(['/access', '/export', '/nothing', '/health', '/assets/link.js'])(
    'answers GET %s with narrow headers, and keeps it in no cache',
    async (url) => {
      const { headers } = await (await build({})).inject({ url, headers: HTML });
      expect(headers['content-security-policy']).toBe(
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
      });
      expect(headers).not.toHaveProperty('set-cookie');
      expect(headers).not.toHaveProperty('strict-transport-security');
    },
  );

  test('asks for HTTPS from then on where links have it', async () => {
    const { headers } = await (await build({}, [], true)).inject('/health');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test.each(['/access', '/export'])(
    'GET %s uses no link up, and has nothing inline',
    async (url) => {
      const app = await build({
        useAccess: () => Promise.reject(new Error('used')),
        openExport: () => Promise.reject(new Error('opened')),
      });
      for (const method of ['GET', 'HEAD'] as const) {
        const { statusCode, body } = await app.inject({ method, url: `${url}?token=${TOKEN}` });
        expect(statusCode).toBe(200);
        expect(body).not.toMatch(/<script>|<style|style=|onload|onclick/);
      }
    },
  );

  test('speaks the language that is asked for', async () => {
    const app = await build({});
    const page = async (language: string) =>
      (await app.inject({ url: '/export', headers: { 'accept-language': language } })).body;
    expect(await page('pt-BR,pt;q=0.9')).toContain('lang="pt-BR"');
    expect(await page('de')).toContain('lang="en"');
    expect(localeOf('en;q=0.2, pt;q=0.8')).toBe('pt-BR');
    expect(localeOf('pt;q=0, en')).toBe('en');
    expect(localeOf(undefined)).toBe('en');
  });

  test.each([
    ['a form', `token=${TOKEN}`, 'application/x-www-form-urlencoded'],
    [
      'a whole link',
      `token=http%3A%2F%2Flocalhost%3A3000%2Faccess%23${TOKEN}+`,
      'application/x-www-form-urlencoded',
    ],
    ['JSON', JSON.stringify({ token: TOKEN }), 'application/json'],
  ])('takes a token as %s', async (_what, payload, type) => {
    const used: string[] = [];
    const app = await build({ useAccess: async (token) => used.push(token) > 0 });
    const headers = { 'content-type': type };
    const { statusCode, json } = await app.inject({
      method: 'POST',
      url: '/access',
      payload,
      headers,
    });
    expect([statusCode, json(), used]).toEqual([200, { ok: true }, [TOKEN]]);
    const page = await app.inject({
      method: 'POST',
      url: '/access',
      payload,
      headers: { ...headers, ...HTML },
    });
    expect(page.body).toContain('You are in');
  });

  test.each([
    ['no body', '', 'application/json', 400, 'HTTP_REQUEST_INVALID'],
    ['another type', 'x', 'text/xml', 400, 'HTTP_REQUEST_INVALID'],
    ['broken JSON', '{', 'application/json', 400, 'HTTP_REQUEST_INVALID'],
    ['a list', '[]', 'application/json', 400, 'HTTP_REQUEST_INVALID'],
    ['a prototype', '{"__proto__":{"token":"x"}}', 'application/json', 400, 'HTTP_REQUEST_INVALID'],
    ['a token of another form', '{"token":"x"}', 'application/json', 404, 'LINK_UNKNOWN'],
    ['too much', `{"token":"${'x'.repeat(5000)}"}`, 'application/json', 413, 'HTTP_BODY_TOO_LARGE'],
  ])('refuses %s', async (_what, payload, type, status, code) => {
    const app = await build({});
    for (const url of ['/access', '/export']) {
      const answer = await app.inject({
        method: 'POST',
        url,
        payload,
        headers: { 'content-type': type },
      });
      expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
  });

  test.each(['cross-site', 'same-site'])('refuses a POST that is %s', async (site) => {
    const headers = { 'sec-fetch-site': site };
    const payload = { token: TOKEN };
    const app = await build({});
    const answer = await app.inject({ method: 'POST', url: '/access', payload, headers });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'HTTP_CROSS_SITE']);
  });

  test.each([
    ['unknown', 404, 'LINK_UNKNOWN'],
    ['replaced', 410, 'LINK_REPLACED'],
    ['revoked', 410, 'LINK_REVOKED'],
    ['expired', 410, 'LINK_EXPIRED'],
    ['used-up', 410, 'LINK_USED_UP'],
  ])('tells that a link is %s', async (refusal, status, code) => {
    const app = await build({ openExport: async () => refusal as LinkRefusal });
    const ask = (headers: Record<string, string>) =>
      app.inject({ method: 'POST', url: '/export', payload: { token: TOKEN }, headers });
    const answer = await ask({});
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect((await ask(HTML)).body).toContain(code);
  });

  test('says of a fault of its own no more than where to ask', async () => {
    const heard: unknown[] = [];
    const secret = new Error('of Inês at /var/lib');
    const app = await build({ openExport: () => Promise.reject(secret) }, heard);
    const answer = await app.inject({ method: 'POST', url: '/export', payload: { token: TOKEN } });
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'HTTP_INTERNAL']);
    expect(answer.body).not.toMatch(/Inês|var/);
    expect(answer.json().detail).toContain(answer.json().requestId);
    expect(heard).toEqual([secret]);
  });

  test('answers too many tries of one address alone', async () => {
    const app = await build({ useAccess: async () => false });
    const ask = (remoteAddress: string) =>
      app.inject({ method: 'POST', url: '/access', payload: { token: TOKEN }, remoteAddress });
    for (let tries = 0; tries < 20; tries++) expect((await ask('10.0.0.1')).statusCode).toBe(404);
    const refused = await ask('10.0.0.1');
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'HTTP_TOO_MANY']);
    expect(refused.headers).toHaveProperty('retry-after');
    expect((await ask('10.0.0.2')).statusCode).toBe(404);
  });

  test('takes no route that the table of permissions does not have', async () => {
    const app = await build({});
    for (const method of ['GET', 'POST'] as const) {
      expect(() => app.route({ method, url: '/rogue', handler: async () => 'let in' })).toThrow(
        `${method} /rogue has no row`,
      );
    }
    expect((await app.inject('/rogue')).statusCode).toBe(404);
  });

  test('says that it is starting until it is told what to lean on', async () => {
    const app = await build(null);
    for (const [method, url] of [
      ['GET', '/health'],
      ['GET', '/health/ready'],
      ['GET', '/v2/status'],
      ['POST', '/access'],
      ['POST', '/export'],
    ] as const) {
      const answer = await app.inject({
        method,
        url,
        ...(method === 'POST' && { payload: { token: TOKEN } }),
      });
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2']);
    }
  });
});

describe('what probes ask', () => {
  const ask = async (app: Awaited<ReturnType<typeof build>>, url: string) => {
    const { statusCode, headers, body } = await app.inject({ url });
    const told = body === '' ? null : JSON.parse(body);
    return [statusCode, headers['retry-after'] ?? null, told?.detail ?? told?.status ?? null];
  };

  test('all answers: alive and ready', async () => {
    const app = await build({});
    expect(await ask(app, '/health')).toEqual([200, null, 'ok']);
    expect(await ask(app, '/health/ready')).toEqual([200, null, 'ok']);
    expect(await ask(app, '/v2/status')).toEqual([204, null, null]);
  });

  test('a part is silent: alive, so that nobody restarts it, but not ready, and it is named', async () => {
    const app = await build({ readiness: async () => ['database'] });
    expect(await ask(app, '/health')).toEqual([200, null, 'ok']);
    for (const url of ['/health/ready', '/v2/status']) {
      expect(await ask(app, url)).toEqual([503, '2', expect.stringContaining(': database;')]);
    }
  });
});

describe('where it listens', () => {
  test.each([
    ['http://localhost:3000', null, { port: 3000, mayMove: true, proxies: null }],
    ['http://localhost', null, { port: 80, mayMove: true }],
    [
      'http://localhost:3000',
      8080,
      { port: 8080, mayMove: false, publicUrl: 'http://localhost:8080' },
    ],
    ['https://jornada.example', null, { port: 3000, mayMove: false, proxies: 'loopback' }],
    ['https://jornada.example/app', 8080, { port: 8080, publicUrl: 'https://jornada.example/app' }],
  ])('%s with port %s', (url, port, expected) => {
    expect(appConfigOf(url, port)).toMatchObject(expected);
  });

  test('moves to the next free port where it may, and links begin with that', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as { port: number };
    const config = appConfigOf(`http://localhost:${port}`, null);
    const server = await startApp(config, () => {});
    try {
      expect(server.hasMoved).toBe(true);
      expect(server.publicUrl).not.toBe(`http://localhost:${port}`);
      const asked = await fetch(`http://${server.address}/health`);
      expect(asked.status).toBe(503);
      server.open({
        useAccess: async () => true,
        openExport: async () => 'unknown',
        readiness: async () => [],
        identities: null as never,
        camunda: null as never,
        designer: null as never,
        webhooks: null as never,
        records: null as never,
      });
      expect((await fetch(`http://${server.address}/health`)).status).toBe(200);
      await expect(startApp({ ...config, mayMove: false }, () => {})).rejects.toMatchObject({
        code: 'APP_PORT_TAKEN',
      });
    } finally {
      await server.close();
      await server.close();
      taken.close();
    }
  });

  test.each(['/api/v1/users/%ff', `/api/v1/users/${'a'.repeat(9000)}`, '/v2/user-tasks/%ff'])(
    'an address that is none is told as all faults are (%#)',
    async (url) => {
      const answer = await (await build({})).inject({ url });
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toMatchObject({ title: 'NOT_FOUND' });
    },
  );
});
