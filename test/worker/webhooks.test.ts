/** Webhooks out, to a receiver that listens: each event arrives, signed, and what does not is tried again and given up. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as Signature } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newWebhookSecret } from '../../api/webhooks/signatures.js';
import type { EventType } from '../../contracts/events.js';
import { openStore, type Store } from '../../store/index.js';
import { fanOut } from '../../worker/webhooks/fan-out.js';
import {
  careForWebhooks,
  PAUSES_MS,
  refusalOf,
  type WebhookCare,
} from '../../worker/webhooks/index.js';
import { aLife, anInstance, inMemory, numbered, openTestKeyring } from '../support/store.js';

interface Arrived {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let store: Store;
let discard: () => void;
let receiver: Server;
let origin = '';
const arrived: Arrived[] = [];
/** Answers by path: a status, or no answer at all. */
const answers = new Map<string, () => number | null>();

beforeAll(async () => {
  const keyring = await openTestKeyring();
  discard = keyring.discard;
  store = await openStore((await inMemory()).config, keyring.sealing);
  receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const path = request.url ?? '';
      arrived.push({ path, headers: request.headers, body });
      const status = (answers.get(path) ?? (() => 204))();
      if (status === null) request.socket.destroy();
      else response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await store.close();
  discard();
});

/** A clock that stands until a test moves it: a slow machine brings no attempt nearer. */
const BEGUN = Date.now();
let moved = 0;
const now = (): number => BEGUN + moved;
const at = (): string => new Date(now()).toISOString();
const by = () => ({ actor: null, requestId: 'test', reason: null, at: at() });
const troubles: unknown[] = [];
const cares: WebhookCare[] = [];

const begin = (allowed: readonly string[] = [new URL(origin).host]): WebhookCare => {
  const egress = { allowed, resolve: async (host: string) => [host] };
  const care = careForWebhooks({ store, egress, now, trouble: (error) => troubles.push(error) });
  cares.push(care);
  return care;
};
afterEach(async () => {
  for (const care of cares.splice(0)) await care.close();
  for (const { webhookId } of await store.webhooks.list(at())) {
    await store.webhooks.remove(webhookId, by());
  }
  expect(troubles.splice(0)).toEqual([]);
  answers.clear();
});

async function add(types: readonly EventType[], path = `/${randomUUID()}`) {
  const [webhookId, secret] = [randomUUID(), newWebhookSecret()];
  const { last } = await store.events.advance();
  const wanted = { name: 'test', url: origin + path, types: [...types], processDefinitionId: null };
  await store.webhooks.add({ ...wanted, webhookId, secret }, last, by());
  return { webhookId, secret, path, came: () => arrived.filter((one) => one.path === path) };
}
const until = async (holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> => {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come to be');
    await new Promise((wait) => setTimeout(wait, 10));
  }
};
const nextOf = async (webhookId: string): Promise<string> =>
  (await store.webhooks.deliveries(webhookId, { state: null, before: null, limit: 1 }))[0]
    ?.nextAt ?? '';
const states = async (webhookId: string) =>
  (await store.webhooks.deliveries(webhookId, { state: null, before: null, limit: 100 })).map(
    ({ state, attempts, last }) => `${state} ${attempts} ${last}`,
  );

describe('a webhook', () => {
  test('is told what it asked for, once each, signed, by keys alone', async () => {
    const hook = await add(['user_task.created', 'incident.created']);
    begin();
    const instance = anInstance();
    await store.journal.append(instance, aLife());
    await until(() => hook.came().length === 2);
    await until(async () =>
      (await states(hook.webhookId)).every((one) => one === 'DELIVERED 1 204'),
    );
    const [key] = await store.publicKeys.keysOf([
      { kind: 'processInstance', id: instance.instanceId },
    ]);
    const told = hook.came().map(({ headers, body }) => {
      expect(headers['content-type']).toBe('application/json');
      return new Signature(hook.secret).verify(body, headers as Record<string, string>) as {
        readonly type: string;
        readonly data: object;
      };
    });
    expect(told.map(({ type }) => type).toSorted()).toEqual([
      'incident.created',
      'user_task.created',
    ]);
    for (const { data } of told) expect(data).toMatchObject({ processInstanceKey: key });
    expect(JSON.stringify(told)).not.toContain('gold');
    expect(new Set(hook.came().map(({ headers }) => headers['webhook-id'])).size).toBe(2);
  });

  test('is told nothing of before, of other processes, or while it is off', async () => {
    await store.journal.append(anInstance(), aLife());
    const hook = await add(['process_instance.started']);
    const { webhookId } = hook;
    const change = async (to: object) =>
      store.webhooks.change(webhookId, to, (await store.events.advance()).last, by());
    await change({ processDefinitionId: 'mine' });
    const care = begin();
    const start = (processId: string) =>
      store.journal.append(anInstance({ processId }), numbered([{ kind: 'instanceStarted' }]));
    await start('other');
    await start('mine');
    await until(() => hook.came().length === 1);
    await change({ isActive: false });
    await start('mine');
    await change({ isActive: true });
    await start('mine');
    care.look();
    await until(() => hook.came().length === 2);
    expect(await states(webhookId)).toEqual(['DELIVERED 1 204', 'DELIVERED 1 204']);
  });

  test('gets two signatures after its secret was replaced, and one a day later', async () => {
    const hook = await add(['process_instance.started']);
    const secret = newWebhookSecret();
    await store.webhooks.rotate(hook.webhookId, secret, by());
    const care = begin();
    await store.journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
    care.look();
    await until(() => hook.came().length === 1);
    const [first] = hook.came();
    for (const one of [hook.secret, secret]) {
      const signature = new Signature(one);
      expect(() => signature.verify(first?.body ?? '', first?.headers as never)).not.toThrow();
    }
    moved += 86_400_001;
    await store.journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
    await until(() => hook.came().length === 2);
    expect(String(hook.came()[1]?.headers['webhook-signature']).split(' ')).toHaveLength(1);
    moved -= 86_400_001;
  });
});

describe('a receiver', () => {
  const fails: readonly (readonly [string, () => number | null, string])[] = [
    ['that fails', () => 500, '500'],
    ['that redirects', () => 302, '302'],
    ['that hangs up', () => null, 'UNKNOWN'],
  ];
  test.each(fails)(
    '%s is tried again, later and later, and then given up',
    async (_how, answer, last) => {
      const hook = await add(['process_instance.started']);
      answers.set(hook.path, answer);
      const care = begin();
      await store.journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
      const before = moved;
      for (const [tries, pause] of PAUSES_MS.entries()) {
        care.look();
        await until(
          // One that is in somebody's hands has its time behind it.
          async () => (await nextOf(hook.webhookId)) > at() && hook.came().length === tries + 1,
        );
        expect(await states(hook.webhookId)).toEqual([`WAITING ${tries + 1} ${last}`]);
        // Not a moment earlier.
        moved += pause - 2_000;
        care.look();
        await new Promise((wait) => setTimeout(wait, 30));
        expect(hook.came()).toHaveLength(tries + 1);
        moved += 3_000;
      }
      care.look();
      await until(async () => (await states(hook.webhookId))[0] === `DEAD 10 ${last}`);
      const ids = hook.came().map(({ headers }) => headers['webhook-id']);
      expect(new Set(ids).size).toBe(1);
      // Somebody sends it again when it is mended: under the same id.
      answers.delete(hook.path);
      expect(await store.webhooks.replay(hook.webhookId, null, by())).toBe(1);
      care.look();
      await until(async () => (await states(hook.webhookId))[0] === 'DELIVERED 1 204');
      expect(hook.came().at(-1)?.headers['webhook-id']).toBe(ids[0]);
      moved = before;
    },
  );

  test('that is gone for good is not tried again', async () => {
    const hook = await add(['process_instance.started']);
    answers.set(hook.path, () => 410);
    begin();
    await store.journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
    await until(async () => (await states(hook.webhookId))[0] === 'DEAD 1 410');
  });

  test('within our own networks is never asked, whatever the name says later', async () => {
    const hook = await add(['process_instance.started']);
    begin([]);
    await store.journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
    await until(async () => (await states(hook.webhookId))[0] === 'DEAD 1 EGRESS_DENIED');
    expect(hook.came()).toEqual([]);
  });

  test.each([
    ...['http://127.0.0.1/', 'http://[::1]/', 'http://169.254.169.254/', 'http://10.1.2.3/'],
    ...['http://0x7f.1/', 'http://2130706433/', 'http://[::ffff:127.0.0.1]/', 'file:///etc/passwd'],
    ...['http://user:pw@example.com/', 'https://93.184.216.34:5432/'],
  ])('%s is refused when it is added', async (url) => {
    const egress = { allowed: [], resolve: async (host: string) => [host] };
    expect(await refusalOf(egress, url)).not.toBeNull();
    expect(await refusalOf(egress, 'https://93.184.216.34/x')).toBeNull();
  });

  test('that is slow holds up no other', async () => {
    const slow = await add(['process_instance.started']);
    const quick = await add(['process_instance.started']);
    answers.set(slow.path, () => 500);
    begin();
    for (let n = 0; n < 20; n += 1) {
      await store.journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
    }
    await until(() => quick.came().length === 20);
    expect(new Set(quick.came().map(({ headers }) => headers['webhook-id'])).size).toBe(20);
  });
});

describe('a sender', () => {
  test('that dies with a delivery in its hands: another sends it when these hold it too long', async () => {
    const hook = await add(['process_instance.started']);
    await store.journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
    await store.events.advance();
    const [webhook] = await store.webhooks.active(at());
    // It made the delivery and took it, and died.
    if (webhook) await fanOut(store, webhook, at());
    const how = { at: at(), holdMs: 60_000, limit: 5 };
    expect(await store.webhooks.hold(hook.webhookId, how)).toHaveLength(1);
    const care = begin();
    await new Promise((wait) => setTimeout(wait, 300));
    expect(hook.came()).toEqual([]);
    moved += 61_000;
    care.look();
    await until(async () => (await states(hook.webhookId))[0] === 'DELIVERED 2 204');
    expect(hook.came()).toHaveLength(1);
    moved -= 61_000;
  });

  test('that comes late changes nothing of what another has done', async () => {
    const hook = await add(['process_instance.started']);
    const { webhookId } = hook;
    await store.journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
    const [event] = await store.events.after((await store.events.advance()).last - 2, 1);
    const webhook = (await store.webhooks.active(at()))[0];
    const between = { after: webhook?.eventAt ?? 0, upTo: (event?.number ?? 0) + 1 };
    const delivery = { deliveryId: 'msg_late', eventNumber: event?.number ?? 0 };
    const added = [{ ...delivery, type: 'process_instance.started' as const, body: '{}' }];
    expect(await store.webhooks.enqueue(webhookId, between, added, at())).toBe(true);
    // Another process looked at the same events.
    const again = [{ ...added[0], deliveryId: 'msg_twice' }] as typeof added;
    expect(await store.webhooks.enqueue(webhookId, between, again, at())).toBe(false);
    const [late] = await store.webhooks.hold(webhookId, { at: at(), holdMs: 1, limit: 5 });
    const later = new Date(now() + 1_000).toISOString();
    const [next] = await store.webhooks.hold(webhookId, { at: later, holdMs: 1_000, limit: 5 });
    expect(next?.deliveryId).toBe(late?.deliveryId);
    const failed = { kind: 'failed', last: 'LATE', nextAt: null } as const;
    if (late) await store.webhooks.settle(late, failed, at());
    expect(await states(webhookId)).toEqual(['WAITING 2 null']);
    if (next) await store.webhooks.settle(next, { kind: 'delivered', last: '200' }, at());
    expect(await states(webhookId)).toEqual(['DELIVERED 2 200']);
  });

  test('two at a time send each event once', async () => {
    const hook = await add(['process_instance.started']);
    const both = [begin(), begin()];
    for (let n = 0; n < 10; n += 1) {
      await store.journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
      for (const care of both) care.look();
    }
    await until(() => hook.came().length >= 10);
    await until(async () =>
      (await states(hook.webhookId)).every((one) => one === 'DELIVERED 1 204'),
    );
    expect(new Set(hook.came().map(({ headers }) => headers['webhook-id'])).size).toBe(10);
    expect(hook.came()).toHaveLength(10);
  });
});
