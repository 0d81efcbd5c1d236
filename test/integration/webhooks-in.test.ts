/** A webhook in starts a process on a real engine: once, whoever dies in between. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newWebhookSecret, signedHeaders } from '../../api/webhooks/signatures.js';
import { createRegistry } from '../../registry/index.js';
import { createOperate } from '../../worker/control/operations.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { openPeople, type People } from '../support/camunda.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import { endEvent, messageCatch, model, startEvent } from '../support/durable-model.js';

let host: TestEngine;
let people: People;
beforeAll(async () => {
  host = await startTestEngine({});
  const registry = createRegistry(host.store);
  const parts = { engine: host.engine, store: host.store, registry, folder: '/nowhere' };
  people = await openPeople(host.store, createOperate(parts as unknown as ControlParts));
});
afterAll(async () => {
  await people?.app.close();
  await host?.close();
});

const by = () => ({ actor: null, requestId: 'test', reason: null, at: new Date().toISOString() });

test('publishes its message once: again under its id it is no second, nor after a death before the receipt', async () => {
  const admin = people.client(await people.token(['admin', 'csm', 'designer']));
  const parts = [startEvent('start'), messageCatch('wait', 'deal', 'customer'), endEvent('end')];
  const xml = model('deal-process', parts, 'start > wait > end');
  const file = new File([xml], 'deal.bpmn', { type: 'application/xml' });
  await admin.createDeployment({ resources: [file] });
  const start = () =>
    admin.createProcessInstance({
      processDefinitionId: 'deal-process' as never,
      variables: { customer: '77' },
    });
  const first = await start();
  const [hookId, secret, other] = [randomUUID(), newWebhookSecret(), newWebhookSecret()];
  await host.store.hooks.add(
    {
      ...{ hookId, secret, name: 'crm', messageName: 'deal', correlationKey: 'body.deal.id' },
      ...{ variables: '{ amount: body.deal.amount, by: webhook.id }', timeToLiveMs: 3_600_000 },
    },
    by(),
  );
  const body = '{"deal": {"id": 77, "amount": 12.5}}';
  const receive = async (id: string, secrets: readonly string[]) => {
    const answer = await people.app.inject({
      ...{ method: 'POST', url: `/api/v1/hooks/${hookId}`, payload: body },
      headers: {
        'content-type': 'application/json',
        ...signedHeaders({ id, at: Date.now(), body }, secrets),
      },
    });
    return [answer.statusCode, answer.json().outcome];
  };
  const stateOf = async (key: unknown) =>
    (
      await admin.getProcessInstance(
        { processInstanceKey: key as never },
        { consistency: { waitUpToMs: 0 } },
      )
    ).state;
  // A sender that changes its secret signs with both.
  expect(await receive('evt_1', [other, secret])).toEqual([200, 'published']);
  await expect.poll(() => stateOf(first.processInstanceKey), { timeout: 30_000 }).toBe('COMPLETED');
  const { items } = await admin.searchVariables(
    { filter: { processInstanceKey: first.processInstanceKey } as never },
    { consistency: { waitUpToMs: 0 } },
  );
  const values = Object.fromEntries(items.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject({ amount: '12.5', by: '"evt_1"' });

  // The same id again is taken, and nothing follows from it.
  const second = await start();
  expect(await receive('evt_1', [secret])).toEqual([200, 'repeated']);
  // The receipt was never written: the process died right after it had published.
  await host.store.hooks.prune(new Date(Date.now() + 30 * 86_400_000).toISOString());
  expect(await receive('evt_1', [secret])).toEqual([200, 'published']);
  await new Promise((wait) => setTimeout(wait, 1_000));
  expect(await stateOf(second.processInstanceKey)).toBe('ACTIVE');

  // Another id is another message; ours may be replaced meanwhile, and both count.
  await host.store.hooks.rotate(hookId, other, by());
  expect(await receive('evt_2', [secret])).toEqual([200, 'published']);
  await expect
    .poll(() => stateOf(second.processInstanceKey), { timeout: 30_000 })
    .toBe('COMPLETED');
  expect(await receive('evt_3', [other])).toEqual([200, 'published']);
  const acts = await host.store.audit.query({ filter: { actor: `hook:${hookId}` } });
  expect(acts.items.map(({ action, outcome }) => `${action} ${outcome}`)).toContain('publish done');
  expect(people.troubles).toEqual([]);
});
