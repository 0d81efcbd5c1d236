/** `http-request` against real servers: what arrives, what is answered, and how often. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSideEffects } from '../../activities/side-effects.js';
import type { JobInput, ServiceTask } from '../../contracts/job.js';
import type { Variables } from '../../engine/model/index.js';
import { openStore, type Store } from '../../store/index.js';
import { fixedSealing } from '../support/fixed-keys.js';
import { sideEffectDeps } from '../support/side-effects.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let store: Store;
let serve: ServiceTask;
let base: string;
let answer: Answer;
let seen: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];
let jobs = 0;

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { method = '', url = '', headers } = request;
  seen.push({ method, path: url, headers, body });
  answer(request, response);
});

beforeAll(async () => {
  store = await openStore({ databaseUrl: null, folder: null }, fixedSealing());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  base = `http://crm.test:${port}`;
  const services = createSideEffects(
    sideEffectDeps(store, {
      egress: {
        allowed: [`crm.test:${port}`, `away.test:${port}`],
        resolve: async (host) => (host.endsWith('.test') ? ['127.0.0.1'] : [host]),
      },
    }),
  );
  serve = services['http-request'] as ServiceTask;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await store.close();
});
beforeEach(() => {
  seen = [];
  answer = (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"ok":true}');
  };
});

/** A job of its own; run it again to attempt it again. */
const jobOf = (variables: Variables): JobInput => {
  jobs += 1;
  const id = `job-${jobs}`;
  return {
    variables,
    headers: {},
    effectKey: `effect-${jobs}`,
    customerKeyId: 'system',
    instanceId: 'i',
    processId: 'p',
    elementId: 'call',
    elementInstanceId: id,
    jobId: id,
  };
};

const failure = async (job: JobInput): Promise<string> =>
  Promise.resolve(serve(job)).then(
    () => 'it was answered',
    (error: { readonly type: string; readonly nonRetryable: boolean }) =>
      `${error.type}${error.nonRetryable ? ' for good' : ''}`,
  );

const statusOnce =
  (...statuses: readonly number[]): Answer =>
  (_request, response) => {
    response.statusCode = statuses[seen.length - 1] ?? statuses.at(-1) ?? 200;
    response.end();
  };

test('JSON goes and comes as values, with the key of the effect', async () => {
  const job = jobOf({
    url: `${base}/customers`,
    method: 'POST',
    headers: { 'X-Team': 'success' },
    body: { name: 'Aurora' },
  });
  expect(await serve(job)).toEqual({ response: { status: 200, body: { ok: true } } });
  expect(seen).toMatchObject([
    {
      method: 'POST',
      path: '/customers',
      body: '{"name":"Aurora"}',
      headers: {
        'content-type': 'application/json',
        'x-team': 'success',
        'idempotency-key': job.effectKey,
      },
    },
  ]);
});

test('a job that is tried again is not sent again', async () => {
  const job = jobOf({ url: `${base}/once`, method: 'POST' });
  const first = await serve(job);
  expect(await serve(job)).toEqual(first);
  expect(seen).toHaveLength(1);
});

test('another request under the same job is a conflict', async () => {
  const job = jobOf({ url: `${base}/a`, method: 'POST' });
  await serve(job);
  expect(await failure({ ...job, variables: { url: `${base}/b`, method: 'POST' } })).toBe(
    'EFFECT_CONFLICT for good',
  );
});

describe('what is no answer', () => {
  test.each([
    [429, 'HTTP_UNAVAILABLE'],
    [503, 'HTTP_UNAVAILABLE'],
    [400, 'HTTP_REFUSED for good'],
    [404, 'HTTP_REFUSED for good'],
    [302, 'HTTP_REFUSED for good'],
  ])('%i is %s', async (status, expected) => {
    answer = statusOnce(status);
    expect(await failure(jobOf({ url: base, method: 'POST' }))).toBe(expected);
  });

  test('a status that the model takes for an answer is one', async () => {
    answer = statusOnce(404);
    const job = jobOf({ url: base, accept: [404] });
    expect(await serve(job)).toEqual({ response: { status: 404, body: '' } });
  });

  test('what was asked to come later is tried again, and then it goes', async () => {
    answer = statusOnce(503, 201);
    const job = jobOf({ url: base, method: 'POST' });
    expect(await failure(job)).toBe('HTTP_UNAVAILABLE');
    expect(await serve(job)).toMatchObject({ response: { status: 201 } });
    expect(seen).toHaveLength(2);
  });
});

describe('nobody knows whether it arrived', () => {
  const cut: Answer = (_request, response) => {
    response.destroy();
  };

  test.each([500, 502, 504])(
    'after a %i a person is asked, and nothing is sent again',
    async (status) => {
      answer = statusOnce(status);
      const job = jobOf({ url: base, method: 'POST' });
      expect(await failure(job)).toBe('HTTP_OUTCOME_UNKNOWN for good');
      expect(await failure(job)).toBe('HTTP_OUTCOME_UNKNOWN for good');
      expect(seen).toHaveLength(1);
    },
  );

  test('nor after a connection that ended', async () => {
    answer = cut;
    const job = jobOf({ url: base, method: 'PATCH' });
    expect(await failure(job)).toBe('HTTP_OUTCOME_UNKNOWN for good');
    expect(await failure(job)).toBe('HTTP_OUTCOME_UNKNOWN for good');
    expect(seen).toHaveLength(1);
  });

  test.each([
    ['PUT', {}],
    ['DELETE', {}],
    ['POST', { idempotent: true }],
  ])('%s that may be repeated is tried again', async (method, more) => {
    answer = cut;
    const job = jobOf({ url: base, method, ...more });
    expect(await failure(job)).toBe('HTTP_UNAVAILABLE');
    answer = statusOnce(200, 204);
    expect(await serve(job)).toMatchObject({ response: { status: 204 } });
    const keys = seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([job.effectKey, job.effectKey]);
  });
});

describe('redirects', () => {
  const redirect =
    (to: (path: string) => string | null): Answer =>
    ({ url = '' }, response) => {
      const location = to(url);
      response.statusCode = location === null ? 200 : 302;
      if (location !== null) response.setHeader('location', location);
      response.end();
    };

  test('are followed, and headers stay with the first origin', async () => {
    answer = redirect((path) => (path === '/a' ? base.replace('crm', 'away').concat('/b') : null));
    await serve(jobOf({ url: `${base}/a`, headers: { authorization: 'Bearer t' } }));
    expect(seen.map(({ path, headers }) => `${path} ${headers.authorization ?? 'none'}`)).toEqual([
      '/a Bearer t',
      '/b none',
    ]);
  });

  test('to an internal address are refused', async () => {
    answer = redirect(() => 'http://127.0.0.1/');
    expect(await failure(jobOf({ url: base }))).toBe('EGRESS_DENIED for good');
  });

  test('without end are refused', async () => {
    answer = redirect(() => '/again');
    expect(await failure(jobOf({ url: base }))).toBe('EGRESS_DENIED for good');
    expect(seen).toHaveLength(4);
  });
});

test('an answer of more than a megabyte is none', async () => {
  answer = (_request, response) => {
    response.end('x'.repeat(1_100_000));
  };
  expect(await failure(jobOf({ url: base }))).toBe('HTTP_UNAVAILABLE');
});

test('a host that nobody allowed is not asked', async () => {
  const { port } = server.address() as AddressInfo;
  expect(await failure(jobOf({ url: `http://127.0.0.1:${port}/` }))).toBe('EGRESS_DENIED for good');
  expect(await failure(jobOf({ url: `http://other.test:${port}/` }))).toBe(
    'EGRESS_DENIED for good',
  );
  expect(seen).toEqual([]);
});

test.each([
  { method: 'TRACE' },
  { headers: { 'bad header': 'x' } },
  { headers: { 'x-split': 'a\r\nb: c' } },
  { url: 5 },
])('%j is no request', async (wrong) => {
  expect(await failure(jobOf({ url: base, ...wrong }))).toBe('JOB_INPUT_INVALID for good');
  expect(seen).toEqual([]);
});
