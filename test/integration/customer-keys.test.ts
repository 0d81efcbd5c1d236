/**
 * Whose key an instance runs under, on a real server: what is started for a customer, called for it, or sent to it is
 * encrypted under the key of that customer, and nothing of it under the deployment's.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CUSTOMER, type CustomerRecord } from '../../store/index.js';
import { createDataConverter, createSealer } from '../../worker/encryption/index.js';
import { keyIdIn } from '../../worker/encryption/key-id.js';
import { aCustomer, anImport } from '../support/customer-record.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  callActivity,
  endEvent,
  messageCatch,
  messageStart,
  model,
  startEvent,
  userTask,
} from '../support/durable-model.js';
import { fixedKeys } from '../support/fixed-keys.js';

const NAME = 'Zephyrine Quandary-7731';

const keyProvider = {
  ...fixedKeys(),
  create: async (keyId: string = randomUUID()): Promise<string> => keyId,
};

let host: TestEngine;
let record: CustomerRecord;

const description = (key: string, runsUnder: string, variables: string): string => `key: ${key}
title: { en: ${key}, pt-BR: ${key} }
description: { en: ${key}, pt-BR: ${key} }
owner: csm
roles: { csm: { en: csm, pt-BR: csm } }
runsUnder: ${runsUnder}
variables:
  customerId: { type: string, class: I, title: { en: customer, pt-BR: cliente } }
${variables}
outcomes: {}
retention: { instances: P1Y, reason: { en: a test, pt-BR: um teste } }
`;

const PERSONAL = '  name: { type: string, class: C, title: { en: name, pt-BR: nome } }';

beforeAll(async () => {
  host = await startTestEngine({}, { keyProvider });
  const sealer = createSealer({ keyProvider });
  record = host.store.customerRecord(sealer, { ensure: keyProvider.createAll });
  const care = [startEvent('start'), userTask('look'), endEvent('end')];
  const heard = [
    messageStart('asked', 'asked'),
    messageCatch('more', 'more', '=customerId'),
    endEvent('end'),
  ];
  const lead = [startEvent('start'), callActivity('call', 'care'), endEvent('end')];
  const packages = [
    { key: 'care', xml: model('care', care, 'start > look > end'), runsUnder: 'customer' },
    { key: 'heard', xml: model('heard', heard, 'asked > more > end'), runsUnder: 'customer' },
    { key: 'lead', xml: model('lead', lead, 'start > call > end'), runsUnder: 'operator' },
  ];
  for (const { key, xml, runsUnder } of packages) {
    const variables = runsUnder === 'operator' ? '' : PERSONAL;
    const files = { 'process.bpmn': xml, 'process.yaml': description(key, runsUnder, variables) };
    expect((await host.engine.deploy(key, files)).findings).toEqual([]);
  }
});
afterAll(async () => {
  await host?.close();
});

/** A customer of the record. */
const known = async (): Promise<{ readonly customerId: string; readonly keyId: string }> => {
  const customer = aCustomer();
  await record.take([customer], anImport(), 0);
  const { customerId } = customer.customer;
  const { keyId = '' } = (await host.store.customerKeys.of(customerId)) ?? {};
  return { customerId, keyId };
};

const begin = (processId: string, variables: Record<string, string>) =>
  host.engine.start({ processId, variables, requestId: null, actor: 'ana' });

const keyOf = async (instanceId: string): Promise<string | undefined> =>
  (await host.store.processInstances.get(instanceId))?.customerKeyId;

/** Everything that the history of a workflow holds, decrypted. */
const decoded = async (workflowId: string): Promise<string> => {
  const { events = [] } = await host.client.workflow.getHandle(workflowId).fetchHistory();
  const [codec] = createDataConverter({ keyProvider }).payloadCodecs ?? [];
  const texts: string[] = [];
  const walk = async (value: unknown): Promise<void> => {
    if (typeof value !== 'object' || value === null) return;
    if ('metadata' in value && 'data' in value) {
      const context = { type: 'workflow', namespace: 'default', workflowId } as const;
      const [plain] = (await codec?.decode([value as never], context)) ?? [];
      texts.push(Buffer.from(plain?.data ?? []).toString('utf8'));
    } else for (const inner of Object.values(value)) await walk(inner);
  };
  await walk(events);
  return texts.join('\n');
};

describe('an instance', () => {
  test('of a known customer runs under its key, and is found by its id', async () => {
    const { customerId, keyId } = await known();
    const { instanceId } = await begin('care', { customerId, name: NAME });
    expect(await keyOf(instanceId)).toBe(keyId);
    const { state } = await host.until(instanceId, (view) => view.state !== null);
    expect(state?.status).toBe('active');
  });

  test('of nobody known runs under one of its own, the same when it is asked for again', async () => {
    const ask = { processId: 'care', variables: { name: NAME }, requestId: randomUUID() };
    const first = await host.engine.start({ ...ask, actor: 'ana' });
    const again = await host.engine.start({ ...ask, actor: 'ana' });
    expect(again).toMatchObject({ ok: true, instanceId: first.instanceId });
    const keyId = await keyOf(first.instanceId);
    expect(keyId).not.toBe('system');
    // A customer that turns out to be the one it is about dies with it.
    const { customerId, keyId: own } = await known();
    await record.linkKey(customerId, keyId ?? '');
    await record.linkKey(customerId, own);
    expect(await host.store.customerKeys.all(customerId)).toEqual([own, keyId]);
  });

  test('that an operator’s process calls for a customer runs under the customer’s key', async () => {
    const { customerId, keyId } = await known();
    const { instanceId } = await begin('lead', { customerId });
    expect(await keyOf(instanceId)).toBe('system');
    const { state } = await host.until(instanceId, ({ state: now }) =>
      Object.values(now?.calls ?? {}).some((call) => call !== null),
    );
    expect(Object.keys(state?.calls ?? {})).toHaveLength(1);
    const child = await called(instanceId);
    expect(await keyOf(child)).toBe(keyId);
    const task = Object.keys((await host.until(child, tasked)).state?.tasks ?? {})[0] ?? '';
    const done = { instanceId: child, taskId: task, action: null, variables: {}, actor: 'ana' };
    expect(await host.engine.completeTask({ ...done, requestId: null })).toMatchObject({
      ok: true,
    });
    expect(await host.ended(instanceId)).toBe('COMPLETED');
  });

  test('of a customer who is gone is not started, and nothing is sent for it', async () => {
    const { customerId } = await known();
    const found = await record.table(CUSTOMER).get(customerId);
    await record.table(CUSTOMER).change([customerId], found?.version ?? 0, { state: 'gone' });
    expect(await begin('care', { customerId })).toMatchObject({ code: 'CUSTOMER_ERASED' });
    const message = { name: 'asked', key: customerId, messageId: randomUUID(), timeToLive: 'PT1M' };
    const sent = host.engine.publish({ ...message, variables: { customerId, name: NAME } });
    await expect(sent).rejects.toMatchObject({ code: 'CUSTOMER_ERASED' });
  });
});

describe('a message', () => {
  test('for a customer starts and reaches an instance under its key; its correlator cannot tell what it says', async () => {
    const { customerId, keyId } = await known();
    const variables = { customerId, name: NAME };
    const common = { key: customerId, timeToLive: 'PT1M', variables };
    const [asked, more] = ['asked', 'more'].map((name) => ({ ...common, name, messageId: name }));
    const buffered = await host.engine.publish(more as never);
    expect(buffered.outcome).toBe('buffered');
    const correlator = await correlatorOf();
    const seen = await decoded(correlator);
    expect([seen.includes('jornada:sealed'), seen.includes(NAME)]).toEqual([true, false]);
    const { started } = await host.engine.publish(asked as never);
    const instanceId = started[0]?.instanceId ?? '';
    expect(await keyOf(instanceId)).toBe(keyId);
    expect(await host.ended(instanceId)).toBe('COMPLETED');
    expect(JSON.stringify(await host.journal(instanceId))).toContain(NAME);
  });

  test('of nobody known starts an instance under a key of its own', async () => {
    const message = { name: 'asked', key: '', messageId: randomUUID(), timeToLive: 'PT1M' };
    const { started } = await host.engine.publish({ ...message, variables: { name: NAME } });
    expect(keyIdIn(`p.${await keyOf(started[0]?.instanceId ?? '')}.x`)).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('may not be made to look like a sealed one', async () => {
    const message = { name: 'asked', key: '', messageId: randomUUID(), timeToLive: 'PT1M' };
    const sent = host.engine.publish({ ...message, variables: { 'jornada:sealed': {} } });
    await expect(sent).rejects.toMatchObject({ code: 'VARIABLE_NAME' });
  });
});

const tasked = ({ state }: Awaited<ReturnType<TestEngine['until']>>): boolean =>
  Object.keys(state?.tasks ?? {}).length > 0;

/** The one instance that `parentId` called. */
async function called(parentId: string): Promise<string> {
  for (;;) {
    const { items } = await host.store.processInstances.search({
      filter: { callerInstanceId: parentId },
    });
    if (items[0]) return items[0].instanceId;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The message correlator of this test's queue that was started last. */
async function correlatorOf(): Promise<string> {
  const query = `WorkflowType = 'messageCorrelator' and TaskQueue = '${host.options.taskQueue}'`;
  for (;;) {
    for await (const { workflowId } of host.client.workflow.list({ query })) return workflowId;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
