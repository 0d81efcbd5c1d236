/** Starts by timers, messages and commands: what is started once, and what a refusal leaves; a large fan-out with large variables stays in bounds. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { Variables } from '../../engine/model/index.js';
import { createRegistry } from '../../registry/index.js';
import { createKeyedHash } from '../../worker/encryption/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  endEvent,
  every,
  forEach,
  messageStart,
  model,
  serviceTask,
  startEvent,
  userTask,
} from '../support/durable-model.js';

let host: TestEngine;

beforeAll(async () => {
  host = await startTestEngine(
    { echo: async ({ variables }) => ({ y: variables.x ?? null }) },
    { limits: { drainEvents: 300, events: 200 } },
  );
});
afterAll(async () => {
  await host?.close();
});

const countOf = async (processId: string, definitionVersion: number): Promise<number> => {
  const filter = { processId, definitionVersion };
  return (await host.store.processInstances.search({ filter })).items.length;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('a timer start fires on its schedule until the next version takes its place', async () => {
  const tick = (cycle: string): string =>
    model('ticking', [startEvent('tick', every(cycle)), endEvent('end')], 'tick > end');
  await host.deploy('ticking', tick('R/PT1S'));
  await host.deploy('ticking', tick('R/PT1S'));
  for (let i = 0; i < 100 && (await countOf('ticking', 1)) < 2; i += 1) await pause(100);
  // A period is longer than a firing can be late here: one that were missed would count as fired (S57).
  await host.deploy('ticking', tick('R2/PT2S'));
  const before = await countOf('ticking', 1);
  expect(before).toBeGreaterThanOrEqual(2);
  await expect.poll(() => countOf('ticking', 2), { timeout: 20_000 }).toBe(2);
  await pause(2500);
  expect(await countOf('ticking', 1)).toBeLessThanOrEqual(before + 1);
  expect(await countOf('ticking', 2)).toBe(2);
});

/** The Schedules of a timer start event, by the id that its engine gives it. */
const scheduleOf = async (processId: string, elementId: string) => {
  const hash = await createKeyedHash(host.options)(
    SYSTEM_KEY_ID,
    `timer\n${processId}\n${elementId}`,
  );
  return host.client.schedule.getHandle(`t.${SYSTEM_KEY_ID}.${hash}`);
};

const daily = (time: string): string =>
  model('daily', [startEvent('tick', every(time)), endEvent('end')], 'tick > end');

test('a timer start is a Schedule of one instant, replaced by the next version and removed with the event', async () => {
  const started = Date.now();
  await host.deploy('daily', daily('R/PT24H'));
  const schedule = await scheduleOf('daily', 'tick');
  const { policies, info, raw } = await schedule.describe();
  expect(policies).toMatchObject({ overlap: 'BUFFER_ALL', catchupWindow: 315_360_000_000 });
  expect(info.nextActionTimes).toHaveLength(1);
  const wait = (info.nextActionTimes[0]?.getTime() ?? 0) - started;
  expect(Math.abs(wait - 24 * 3_600_000)).toBeLessThan(60_000);
  // Nothing of the process is to be read in what the server keeps.
  expect(JSON.stringify(raw)).not.toMatch(/daily|tick/);
  await host.deploy('daily', daily('R/PT48H'));
  const next = (await schedule.describe()).info.nextActionTimes;
  expect(Math.abs((next[0]?.getTime() ?? 0) - started - 48 * 3_600_000)).toBeLessThan(60_000);
  expect(next).toHaveLength(1);
  await host.deploy(
    'daily',
    model('daily', [startEvent('by-hand'), endEvent('end')], 'by-hand > end'),
  );
  await expect(schedule.describe()).rejects.toMatchObject({ name: 'ScheduleNotFoundError' });
});

describe('a deployment that was killed before it set its timers', () => {
  const unset = (key: string, xml: string) =>
    createRegistry(host.store).deploy({
      packages: [{ key, files: { 'process.bpmn': xml } }],
      deployedAt: new Date().toISOString(),
      mode: 'strict',
      alongside: [],
    });
  const ticking = (processId: string, time: string): string =>
    model(processId, [startEvent('tick', every(time)), endEvent('end')], 'tick > end');
  const hoursAhead = async (processId: string): Promise<number> => {
    const { info } = await (await scheduleOf(processId, 'tick')).describe();
    return Math.round(((info.nextActionTimes[0]?.getTime() ?? 0) - Date.now()) / 3_600_000);
  };

  test('gets them when it is repeated, also where an older version has its own', async () => {
    await unset('cut', ticking('cut', 'R/PT24H'));
    await host.deploy('cut', ticking('cut', 'R/PT24H'));
    expect(await hoursAhead('cut')).toBe(24);
    await unset('cut', ticking('cut', 'R/PT48H'));
    await host.deploy('cut', ticking('cut', 'R/PT48H'));
    expect(await hoursAhead('cut')).toBe(48);
    const byHand = model('cut', [startEvent('by-hand'), endEvent('end')], 'by-hand > end');
    await unset('cut', byHand);
    await host.deploy('cut', byHand);
    await expect(hoursAhead('cut')).rejects.toMatchObject({ name: 'ScheduleNotFoundError' });
  });

  test('gets them when a worker starts', async () => {
    await host.deploy('cut-too', ticking('cut-too', 'R/PT24H'));
    await unset('cut-too', ticking('cut-too', 'R/PT48H'));
    await (await host.again()).close();
    expect(await hoursAhead('cut-too')).toBe(48);
  });
});

test('a Schedule that was paused is silent; one that was removed is made anew; missed periods start one instance', async () => {
  const xml = model('paused', [startEvent('tick', every('R/PT8S')), endEvent('end')], 'tick > end');
  const deployedAt = Date.now();
  await host.deploy('paused', xml);
  const schedule = await scheduleOf('paused', 'tick');
  await schedule.pause('maintenance');
  await pause(17_000);
  expect(await countOf('paused', 1)).toBe(0);
  await schedule.unpause('done');
  const again = await host.again();
  try {
    for (let i = 0; i < 50 && (await countOf('paused', 1)) === 0; i += 1) await pause(100);
    await pause(1000);
    // Two instants passed in the pause, one instance came of them; a slow machine sees later ones as well.
    const passed = Math.floor((Date.now() - deployedAt) / 8000);
    const count = await countOf('paused', 1);
    expect(count).toBeGreaterThanOrEqual(1);
    expect(count).toBeLessThanOrEqual(passed - 1);
    await schedule.delete();
  } finally {
    await again.close();
  }
  const third = await host.again();
  expect((await schedule.describe()).state.paused).toBe(false);
  await third.close();
  await schedule.delete();
});

test('while an instance lives that a message with a key started, the next one waits for its end', async () => {
  const parts = [messageStart('opened', 'account-opened'), userTask('greet'), endEvent('end')];
  await host.deploy('account', model('account', parts, 'opened > greet > end'));
  const publish = (messageId: string) =>
    host.engine.publish({
      name: 'account-opened',
      key: 'customer-7',
      messageId,
      timeToLive: 'PT1M',
      variables: {},
    });
  const first = await publish('a1');
  expect(first).toMatchObject({ outcome: 'received', started: [{ processId: 'account' }] });
  expect(await publish('a2')).toMatchObject({ outcome: 'buffered', started: [] });
  const instanceId = first.started[0]?.instanceId ?? '';
  await host.engine.cancel({ instanceId, requestId: 'c', actor: null });
  for (let i = 0; i < 100 && (await countOf('account', 1)) < 2; i += 1) await pause(100);
  expect(await countOf('account', 1)).toBe(2);
});

/** What the package says of itself: an amount is a number. */
const REFUND = `key: refund
title: { en: Refund, pt-BR: Reembolso }
description: { en: Pays back., pt-BR: Devolve. }
owner: finance
roles: { finance: { en: Finance, pt-BR: Financeiro } }
variables: { amount: { type: number, class: N, title: { en: Amount, pt-BR: Valor } } }
outcomes: { paid: { en: Paid, pt-BR: Pago } }
retention: { instances: P1Y, reason: { en: Taxes, pt-BR: Impostos } }
`;

test('a start that was refused gives its key back', async () => {
  const parts = [messageStart('asked', 'refund-asked'), userTask('pay'), endEvent('end')];
  const report = await host.engine.deploy('refund', {
    'process.bpmn': model('refund', parts, 'asked > pay > end'),
    'process.yaml': REFUND,
  });
  expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const publish = (messageId: string, variables: Variables) =>
    host.engine.publish({
      name: 'refund-asked',
      key: 'customer-7',
      messageId,
      timeToLive: 'PT1M',
      variables,
    });
  const refused = { outcome: 'buffered', started: [], refusedBy: ['refund'] };
  expect(await publish('r1', { amount: 'much' })).toMatchObject(refused);
  expect((await publish('r2', { amount: 9 })).started).toMatchObject([{ processId: 'refund' }]);
  // The refused one stands in the store too, as one that never began.
  const filter = { processId: 'refund', state: 'ACTIVE' } as const;
  const active = async () => (await host.store.processInstances.search({ filter })).items.length;
  await expect.poll(active, { timeout: 10_000 }).toBe(1);
  const never = { processId: 'refund', state: 'REFUSED' } as const;
  const { items } = await host.store.processInstances.search({ filter: never });
  expect(items).toMatchObject([{ startedAt: null }]);
});

describe('a start by a command', () => {
  const all = async () =>
    (await host.store.processInstances.search({ filter: { processId: 'pay' } })).items;
  let requests = 0;
  const start = (businessKey: string, variables: Variables, requestId = `pay ${requests++}`) =>
    host.engine.start({ processId: 'pay', businessKey, variables, requestId, actor: null });

  beforeAll(async () => {
    const parts = [startEvent('begin'), userTask('check'), endEvent('end')];
    const report = await host.engine.deploy('pay', {
      'process.bpmn': model('pay', parts, 'begin > check > end'),
      'process.yaml': REFUND.replace('key: refund', 'key: pay'),
    });
    expect(report.ok).toBe(true);
  });

  test('leaves nothing behind when it is refused, so that the corrected one starts', async () => {
    for (const variables of [{ amount: 'much' }, { amuont: 9 }] as Variables[]) {
      const refused = await start('p-1', variables, 'same request');
      expect(refused).toMatchObject({ ok: false, isNew: false, instanceId: '' });
      expect(refused.code).toMatch(/^VARIABLE_(TYPE|UNDECLARED)$/);
    }
    expect(await all()).toEqual([]);
    const started = await start('p-1', { amount: 9 }, 'same request');
    expect(started).toMatchObject({ ok: true, isNew: true, status: 'active' });
  });

  test('again: the same request is answered the same, another says that it was there or is refused', async () => {
    const { instanceId } = await start('p-2', { amount: 9 }, 'first');
    expect(await start('p-2', { amount: 9 }, 'first')).toMatchObject({ instanceId, isNew: true });
    const again = await start('p-2', { amount: 9 });
    const said = "was there already under business key 'p-2'; nothing was started";
    expect(again).toMatchObject({ ok: true, instanceId, isNew: false, message: said });
    expect(again).toMatchObject({ waitsFor: [{ kind: 'task', elementId: 'check' }] });
    const other = await start('p-2', { amount: 10 });
    expect(other).toMatchObject({ ok: false, code: 'BUSINESS_KEY_USED', instanceId });
    // What was there is not judged by what it would have to be today.
    expect(await start('p-2', { amount: 'x' })).toMatchObject({ code: 'BUSINESS_KEY_USED' });
    await host.engine.cancel({ instanceId, requestId: 'end p-2', actor: null });
    await host.ended(instanceId);
    expect(await start('p-2', { amount: 9 }, 'first')).toMatchObject({ instanceId, isNew: true });
    const late = await start('p-2', { amount: 9 });
    expect(late).toMatchObject({ ok: true, instanceId, isNew: false });
    expect(late.message).toContain('has ended');
    expect(await start('p-2', { amount: 10 })).toMatchObject({ code: 'BUSINESS_KEY_USED' });
  });

  test('what a killed starter claimed and did not start, the next one starts with its own variables', async () => {
    const key = { processId: 'pay', kind: 'businessKey', key: 'p-3' } as const;
    await host.store.starts.claim(key, 'left-behind', { digest: 'what the killed one asked for' });
    const started = await start('p-3', { amount: 7 });
    expect(started).toMatchObject({ ok: true, isNew: true, instanceId: 'left-behind' });
    expect((await host.until('left-behind', ({ state }) => state !== null)).state).toBeTruthy();
    await host.engine.cancel({ instanceId: 'left-behind', requestId: 'end p-3', actor: null });
    await host.ended('left-behind');
    // The key tells what was asked for in truth.
    expect(await start('p-3', { amount: 7 })).toMatchObject({ ok: true, isNew: false });
    expect(await start('p-3', { amount: 8 })).toMatchObject({ code: 'BUSINESS_KEY_USED' });
  });

  test('a key of an instance that was refused before is free', async () => {
    const [refused] = (await host.store.processInstances.search({ filter: { state: 'REFUSED' } }))
      .items;
    const instanceId = refused?.instanceId ?? '';
    expect(instanceId).not.toBe('');
    const key = { processId: 'pay', kind: 'businessKey', key: 'p-4' } as const;
    await host.store.starts.claim(key, instanceId);
    const started = await start('p-4', { amount: 7 });
    expect(started).toMatchObject({ ok: true, isNew: true });
    expect(started.instanceId).not.toBe(instanceId);
  });

  test('two at a time with other variables: one starts, the other hears of it', async () => {
    const answers = await Promise.all([start('p-5', { amount: 1 }), start('p-5', { amount: 2 })]);
    expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(new Set(answers.map(({ instanceId }) => instanceId)).size).toBe(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: 'BUSINESS_KEY_USED' });
  });
});

test('a key has one instance among all the messages that start a process', async () => {
  const parts = [
    messageStart('bought', 'plan-bought'),
    messageStart('trial', 'trial-begun'),
    userTask('greet'),
    endEvent('end'),
  ];
  const chains = 'bought > greet, trial > greet, greet > end';
  await host.deploy('welcome', model('welcome', parts, chains));
  const publish = (name: string, messageId: string, key = 'customer-7') =>
    host.engine.publish({ name, key, messageId, timeToLive: 'PT5M', variables: {} });
  const end = async (instanceId: string) =>
    host.engine.cancel({ instanceId, requestId: `end ${instanceId}`, actor: null });
  const first = await publish('plan-bought', 'w1');
  expect(first).toMatchObject({ outcome: 'received', started: [{ processId: 'welcome' }] });
  expect(await publish('trial-begun', 'w2')).toMatchObject({ outcome: 'buffered', started: [] });
  expect(await publish('trial-begun', 'w3', 'customer-8')).toMatchObject({ outcome: 'received' });
  await end(first.started[0]?.instanceId ?? '');
  for (let i = 0; i < 100 && (await countOf('welcome', 1)) < 3; i += 1) await pause(100);
  expect(await countOf('welcome', 1)).toBe(3);
  // The second has the key now; what came since waits for its end.
  expect(await publish('plan-bought', 'w4')).toMatchObject({ outcome: 'buffered' });
  const { items } = await host.store.processInstances.search({ filter: { processId: 'welcome' } });
  for (const { instanceId } of items) await end(instanceId);
  for (let i = 0; i < 100 && (await countOf('welcome', 1)) < 4; i += 1) await pause(100);
  expect(await countOf('welcome', 1)).toBe(4);
});

test('a hundred jobs of forty kilobytes each pass no limit of Temporal, over several runs', async () => {
  const many = serviceTask('each', 'echo', {}, 1, forEach('list', 'x', 'results', 'i'));
  const nodes = [startEvent('start'), many, userTask('check'), endEvent('end')];
  await host.deploy('heavy', model('heavy', nodes, 'start > each > check > end'));
  const list = Array.from({ length: 100 }, (_, i) => i);
  const variables = { list, i: 1, document: 'x'.repeat(40_000) };
  const start = { processId: 'heavy', requestId: null, actor: null, variables };
  const { instanceId } = await host.engine.start(start);
  const view = await host.until(
    instanceId,
    ({ state, runs }) => Object.keys(state?.tasks ?? {}).length === 1 && runs > 0,
    90_000,
  );
  expect(view.state?.incidents).toEqual({});
});
