/** What the control socket refuses before anything is done, by requests as any program may send them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ControlParts } from '../../worker/control/parts.js';
import { type ControlServer, serveControl } from '../../worker/control/server.js';

const broadcasts: unknown[] = [];
const audited: { readonly actor: string; readonly data: unknown }[] = [];
const troubles: unknown[] = [];
let folder = '';
let server: ControlServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-control-'));
  const broadcast = async (signal: unknown) => {
    broadcasts.push(signal);
    return { delivered: 0, started: 0 };
  };
  const append = async (row: (typeof audited)[number]) => {
    audited.push(row);
  };
  const parts = { folder, engine: { broadcast }, store: { audit: { append } } };
  server = await serveControl(parts as unknown as ControlParts, (error) => troubles.push(error));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const post = (operation: string, body: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const options = { socketPath: server.path, path: `/control/${operation}`, method: 'POST' };
    const sent = request(options, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve(JSON.parse(text));
    });
    sent.on('error', reject);
    sent.end(body);
  });

let requests = 0;
const bodyOf = (input: object, more: object = {}): string => {
  requests += 1;
  return JSON.stringify({ actor: 'ana', requestId: `r${requests}`, reason: null, input, ...more });
};
const signal = { name: 'over', variables: {} };
const message = { name: 'paid', key: '42', variables: {}, timeToLive: 'PT1H', messageId: null };
const start = { processId: 'p', version: null, elementId: null, businessKey: null, variables: {} };

test.each([
  ['an actor', 'broadcast', bodyOf(signal, { actor: 'ana\u001b[2J' }), 'actor'],
  ['an actor on two lines', 'broadcast', bodyOf(signal, { actor: 'ana\nolga' }), 'actor'],
  ['a reason with U+0000', 'broadcast', bodyOf(signal, { reason: 'a\u0000b' }), 'reason'],
  ['a signal', 'broadcast', bodyOf({ ...signal, name: 'over\u0085' }), 'name'],
  ['a message', 'publish', bodyOf({ ...message, name: 'paid\r' }), 'name'],
  ['a correlation key', 'publish', bodyOf({ ...message, key: '4\u00002' }), 'key'],
  ['a message id', 'publish', bodyOf({ ...message, messageId: 'm\u007f' }), 'messageId'],
  ['a business key', 'run', bodyOf({ ...start, businessKey: 'k\t1' }), 'businessKey'],
  [
    'a person',
    'assignTask',
    bodyOf({ key: 'k', assignee: 'da\nna', mayReassign: true }),
    'assignee',
  ],
  ['a key', 'cancelInstance', bodyOf({ key: 'k\u0001' }), 'key'],
])('control characters are refused: %s', async (_what, operation, body, field) => {
  const code = 'CONTROL_REQUEST_INVALID';
  const reply = await post(operation, body);
  expect(reply).toMatchObject({ ok: false, code, exit: 2 });
  expect(reply).toMatchObject({ message: expect.stringContaining(`${field}: `) });
  expect([broadcasts, troubles]).toEqual([[], []]);
});

test.each([
  ['a business key', 'run', bodyOf({ ...start, businessKey: 'z\ud800' })],
  ['a message id', 'publish', bodyOf({ ...message, messageId: 'm\udbff' })],
  ['a value', 'broadcast', bodyOf({ ...signal, variables: { key: '\udc00' } })],
  ['a name', 'broadcast', bodyOf({ ...signal, variables: { '\ud800': 1 } })],
  ['the id of a request', 'broadcast', bodyOf(signal, { requestId: 'r\ud800' })],
])(
  'halves of characters, which become one and the same, are refused: %s',
  async (_what, operation, body) => {
    expect(await post(operation, body)).toMatchObject({
      ok: false,
      code: 'CONTROL_REQUEST_INVALID',
    });
    expect([broadcasts, troubles]).toEqual([[], []]);
  },
);

test.each([
  ['at the top', '{"__proto__": 1}'],
  ['inside a value', '{"a": [{"__proto__": {"admin": true}}]}'],
])('a variable named __proto__ is refused, not lost: %s', async (_where, variables) => {
  const body = bodyOf({ ...signal, variables: 'VARIABLES' }).replace('"VARIABLES"', variables);
  expect(body).toContain('__proto__');
  expect(await post('broadcast', body)).toMatchObject({ ok: false, code: 'VARIABLE_NAME' });
  expect([broadcasts, troubles]).toEqual([[], []]);
});

test('what has neither is carried out', async () => {
  const body = bodyOf({ ...signal, variables: { proto: 'é\n' } }, { reason: 'two\nlines' });
  expect(await post('broadcast', body)).toMatchObject({ ok: true });
  expect(broadcasts).toMatchObject([{ name: 'over', variables: { proto: 'é\n' } }]);
});

test('the audit keeps which program asked in the name of somebody', async () => {
  await post('broadcast', bodyOf(signal, { through: 'demonstration' }));
  expect(audited.at(-1)).toMatchObject({ actor: 'ana', data: { by: 'demonstration' } });
  await post('broadcast', bodyOf(signal));
  expect(audited.at(-1)?.data ?? {}).not.toHaveProperty('by');
});
