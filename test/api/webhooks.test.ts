/** Webhooks by HTTP: who sets them up, what is shown of them, and which webhooks in are taken. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signedHeaders } from '../../api/webhooks/signatures.js';
import { openWorld, type World } from '../support/identities.js';

let world: World;
let admin: Record<string, string>;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  admin = await world.session(await world.person(['admin']));
});

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const ask = async (method: Method, url: string, payload?: object) => {
  const answer = await world.ask({ method, url, headers: admin, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
};
const OUT = '/api/v1/webhooks';
const IN = '/api/v1/hooks';
const WEBHOOK = {
  name: 'chat',
  url: 'https://example.com/x?k=hidden',
  types: ['incident.created'],
};

describe('a webhook out', () => {
  test('shows its secret once, and is changed, turned off and removed, as the audit tells', async () => {
    const made = await ask('POST', OUT, WEBHOOK);
    expect(made.status).toBe(201);
    expect(made.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { webhookId } = made.body.webhook;
    const url = `${OUT}/${webhookId}`;
    const shown = await ask('GET', url);
    expect(shown.body).toMatchObject({
      ...WEBHOOK,
      isActive: true,
      secrets: 1,
      waiting: 0,
      dead: 0,
    });
    expect(JSON.stringify([shown.body, (await ask('GET', OUT)).body])).not.toContain('whsec_');
    const turned = await ask('PATCH', url, { isActive: false, name: 'room' });
    expect(turned.body).toMatchObject({ isActive: false, name: 'room', types: WEBHOOK.types });
    const other = await ask('POST', `${url}/secret`);
    expect(other.body.secret).not.toBe(made.body.secret);
    expect((await ask('GET', url)).body.secrets).toBe(2);
    expect((await ask('DELETE', url)).status).toBe(204);
    expect((await ask('GET', url)).status).toBe(404);
    const { items } = await world.store.audit.query({
      filter: { object: `webhook:${webhookId}` },
      sort: [{ field: 'number', order: 'ASC' }],
    });
    expect(items.map(({ action }) => action)).toEqual([
      ...['addWebhook', 'changeWebhook', 'rotateWebhookSecret', 'removeWebhook'],
    ]);
    expect(JSON.stringify(items)).not.toContain('whsec_');
  });

  test('stands in the database without its address and secret', async () => {
    const made = await ask('POST', OUT, WEBHOOK);
    const { sql } = await import('drizzle-orm');
    const { rows } = await world.store.reading((db) =>
      db.execute<{ all: string }>(sql`select webhooks::text as all from webhooks`),
    );
    const text = JSON.stringify(rows);
    expect(text).toContain('incident.created');
    expect(text).not.toContain('example.com');
    expect(text).not.toContain(String(made.body.secret).slice(6));
  });

  const refused: readonly (readonly [string, object, number, string])[] = [
    ['an address of our own networks', { url: 'http://10.0.0.1/' }, 422, 'WEBHOOK_URL'],
    ['another scheme', { url: 'ftp://example.com/' }, 400, 'INPUT_INVALID'],
    ['an unknown type', { types: ['all'] }, 400, 'INPUT_INVALID'],
    ['no type', { types: [] }, 400, 'INPUT_INVALID'],
    ['another property', { secret: 'whsec_eHh4' }, 422, 'UNKNOWN_PROPERTY'],
  ];
  test.each(refused)('with %s is refused', async (_what, more, status, code) => {
    const before = (await ask('GET', OUT)).body.items.length;
    const answer = await ask('POST', OUT, { ...WEBHOOK, ...more });
    expect([answer.status, answer.body.title]).toEqual([status, code]);
    expect((await ask('GET', OUT)).body.items).toHaveLength(before);
  });

  test('lists what it gave up by pages, and sends one of it again', async () => {
    const { body } = await ask('POST', OUT, WEBHOOK);
    const { webhookId } = body.webhook;
    const url = `${OUT}/${webhookId}`;
    const { webhooks, events } = world.store;
    const after = (await events.advance()).last;
    const added = Array.from({ length: 5 }, (_none, n) => ({
      ...{ deliveryId: `msg_${webhookId}_${n}`, eventNumber: after + n + 1 },
      ...{ type: 'incident.created' as const, body: JSON.stringify({ n }) },
    }));
    const eventAt = (await webhooks.get(webhookId, world.at()))?.eventAt ?? 0;
    const between = { after: eventAt, upTo: after + 5 };
    expect(await webhooks.enqueue(webhookId, between, added, world.at())).toBe(true);
    const how = { at: world.at(), holdMs: 1_000, limit: 10 };
    for (const held of await webhooks.hold(webhookId, how)) {
      await webhooks.settle(held, { kind: 'failed', last: '503', nextAt: null }, world.at());
    }
    expect((await ask('GET', url)).body).toMatchObject({ waiting: 0, dead: 5 });
    const first = await ask('GET', `${url}/deliveries?state=DEAD&limit=3`);
    const rest = await ask('GET', `${url}/deliveries?state=DEAD&limit=3&after=${first.body.next}`);
    const numbers = [...first.body.items, ...rest.body.items].map(({ body: { n } }) => n);
    expect(numbers).toEqual([4, 3, 2, 1, 0]);
    expect(rest.body.next).toBeNull();
    const [one] = rest.body.items;
    const replay = `${url}/deliveries/${one.deliveryId}/replay`;
    expect((await ask('POST', replay)).body).toEqual({ replayed: 1 });
    expect((await ask('POST', replay)).body).toEqual({ replayed: 0 });
    expect((await ask('POST', `${url}/replay`)).body).toEqual({ replayed: 4 });
    expect((await ask('GET', url)).body).toMatchObject({ waiting: 5, dead: 0 });
  });

  test('there are fifty of, and no more', async () => {
    for (const { webhookId } of (await ask('GET', OUT)).body.items) {
      await ask('DELETE', `${OUT}/${webhookId}`);
    }
    const by = { actor: null, requestId: 'test', reason: null, at: world.at() };
    for (let n = 0; n < 50; n += 1) {
      const more = { webhookId: `w-${n}`, secret: 'whsec_eHh4', processDefinitionId: null };
      await world.store.webhooks.add({ ...WEBHOOK, types: ['incident.created'], ...more }, 0, by);
    }
    const answer = await ask('POST', OUT, WEBHOOK);
    expect([answer.status, answer.body.title]).toEqual([409, 'WEBHOOKS_TOO_MANY']);
  });
});

const HOOK = { name: 'crm', messageName: 'deal.won', correlationKey: '= body.deal.id' };
const BODY = '{"deal": {"id": 77, "amount": 12.5}}';
const addHook = async (more: object = {}) => {
  const { body } = await ask('POST', IN, { ...HOOK, ...more });
  return { url: `${IN}/${body.hook.hookId}`, secret: body.secret as string, hook: body.hook };
};
type Sent = { readonly id?: string; readonly at?: number; readonly body?: string };
const signed = (
  secret: string | readonly string[],
  { id = 'evt_1', at = Date.now(), body = BODY }: Sent = {},
) => signedHeaders({ id, at, body }, [secret].flat());
const receive = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body = BODY,
  remoteAddress = '10.1.1.1',
) =>
  world.ask({
    remoteAddress,
    ...{ method: 'POST', url, payload: body },
    headers: { 'content-type': 'application/json', ...headers },
  });
const MINUTE = 60_000;

describe('a webhook in is not taken', () => {
  const { 'webhook-id': _id, ...noId } = signed('whsec_eHh4');
  const attacks: readonly (readonly [
    how: string,
    headersOf: (secret: string) => Record<string, string>,
    body?: string,
  ])[] = [
    ['without a signature', () => ({})],
    ['without an id', () => noId],
    ['with a bad signature', () => ({ ...signed('whsec_YmFk') })],
    [
      'with a signature of another scheme',
      (secret) => ({
        ...signed(secret),
        'webhook-signature': signed(secret)['webhook-signature']?.replace('v1,', 'v2,') ?? '',
      }),
    ],
    [
      'with half a signature',
      (secret) => ({
        ...signed(secret),
        'webhook-signature': signed(secret)['webhook-signature']?.slice(0, 20) ?? '',
      }),
    ],
    ['that is stale', (secret) => ({ ...signed(secret, { at: Date.now() - 6 * MINUTE }) })],
    ['of the future', (secret) => ({ ...signed(secret, { at: Date.now() + 6 * MINUTE }) })],
    [
      'with a time that was moved',
      (secret) => ({
        ...signed(secret, { at: Date.now() - 6 * MINUTE }),
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      }),
    ],
    ['with a time that is none', (secret) => ({ ...signed(secret), 'webhook-timestamp': '1e9' })],
    ['under another id', (secret) => ({ ...signed(secret), 'webhook-id': 'evt_2' })],
    [
      'with its body written anew',
      (secret) => ({ ...signed(secret) }),
      JSON.stringify(JSON.parse(BODY)),
    ],
  ];
  test.each(attacks.map(([how, headersOf, body]) => ({ how, headersOf, body })))(
    '$how',
    async ({ headersOf, body }) => {
      const { url, secret, hook } = await addHook();
      const answer = await receive(url, headersOf(secret), body);
      expect([answer.statusCode, answer.json().title]).toEqual([401, 'WEBHOOK_SIGNATURE']);
      expect((await ask('GET', url)).body).toEqual(hook);
      const { items } = await world.store.audit.query({ filter: { actor: `hook:${hook.hookId}` } });
      expect(items).toEqual([]);
    },
  );

  const misfits: readonly (readonly [string, string, object, string])[] = [
    ['without the key', '{"deal": {}}', {}, 'HOOK_MAPPING'],
    ['with a key that is no text', '{"deal": {"id": {}}}', {}, 'HOOK_MAPPING'],
    ['with variables that are no context', BODY, { variables: 'body.deal.id' }, 'HOOK_MAPPING'],
    ['that is no JSON', '{"deal": ', {}, 'INPUT_INVALID'],
    ['that names something twice', '{"deal": {"id": 1}, "deal": {"id": 2}}', {}, 'INPUT_INVALID'],
  ];
  test.each(misfits)('%s, though it is signed', async (_how, body, more, code) => {
    const { url, secret } = await addHook(more);
    const answer = await receive(url, signed(secret, { body }), body);
    expect(answer.json().title).toBe(code);
    expect(answer.body).not.toContain('deal.id');
    expect((await ask('GET', url)).body.lastTakenAt).toBeNull();
  });

  test('where it is off, or was removed', async () => {
    const { url, secret } = await addHook();
    await ask('PATCH', url, { isActive: false });
    expect((await receive(url, signed(secret))).statusCode).toBe(404);
    await ask('PATCH', url, { isActive: true });
    expect((await receive(url, {})).statusCode).toBe(401);
    await ask('DELETE', url);
    expect((await receive(url, signed(secret))).statusCode).toBe(404);
  });

  test('from a page of a browser', async () => {
    const { url, secret } = await addHook();
    const answer = await receive(url, { ...signed(secret), 'sec-fetch-site': 'cross-site' });
    expect(answer.statusCode).toBe(403);
  });

  test('where it is too long', async () => {
    const { url, secret } = await addHook();
    const body = JSON.stringify({ deal: { id: 'x'.repeat(300_000) } });
    expect((await receive(url, signed(secret, { body }), body)).statusCode).toBe(413);
  });

  test('more than 600 times in a minute', async () => {
    const { url } = await addHook();
    for (let n = 0; n < 600; n += 1) {
      expect((await receive(url, {}, BODY, '10.2.2.2')).statusCode).toBe(401);
    }
    expect((await receive(url, {}, BODY, '10.2.2.2')).statusCode).toBe(429);
  });
});

test.each([
  ['the key', { correlationKey: '= body.' }],
  ['the variables', { variables: '{ a: ' }],
])('a mapping whose FEEL of %s cannot be read is refused', async (_what, more) => {
  const answer = await ask('POST', IN, { ...HOOK, ...more });
  expect([answer.status, answer.body.title]).toEqual([400, 'INPUT_INVALID']);
});

test('the app heard of no fault of its own', () => {
  expect(world.troubles).toEqual([]);
});
