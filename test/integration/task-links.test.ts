/** Deciding from a mail on a real engine with real mail: the link of a task, and what whoever tries it otherwise is answered. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Variables } from '../../engine/model/index.js';
import { createRegistry } from '../../registry/index.js';
import type { User } from '../../store/index.js';
import { createOperate } from '../../worker/control/operations.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { createCustomers } from '../../worker/customers/index.js';
import { careForTaskMails, type TaskMailCare } from '../../worker/task-mails/index.js';
import { openPeople, type People } from '../support/camunda.js';
import { type MailedEngine, startMailedEngine } from '../support/mailed-engine.js';
import { ORDER } from '../support/order.js';
import { type DecidedBy, decidedBy } from '../support/task-links.js';

let engine: MailedEngine;
let people: People;
let care: TaskMailCare;
const troubles: unknown[] = [];

const by = () => ({
  ...{ actor: null, requestId: 'test', reason: null, at: new Date().toISOString() },
});

/** Somebody who reads mail. */
async function aPerson(group: string, more: Partial<User> = {}): Promise<User> {
  const loginName = `m-${randomUUID().slice(0, 8)}`;
  const user = {
    ...{ userId: randomUUID(), loginName, displayName: 'Cora Lima' },
    ...({ mail: `${loginName}@example.test`, locale: 'en', isDemo: false } as const),
    ...{ groups: [group], roles: ['csm'] as const, ...more },
  };
  return engine.store.identities.add(user, 'unusable', by());
}

beforeAll(async () => {
  engine = await startMailedEngine(['signup']);
  const { store, durable, deps, catcher } = engine;
  for (const how of ['buttons', 'choice', 'form', 'barred'] as const) {
    const report = await durable.engine.deploy(...decidedBy('links', how));
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
  const customers = createCustomers({ record: deps.record, fingerprint: deps.fingerprint });
  const registry = createRegistry(store);
  const parts = { engine: durable.engine, store, registry, customers, folder: '/' };
  const operate = createOperate(parts as unknown as ControlParts);
  people = await openPeople(store, operate);
  care = careForTaskMails({
    camunda: { store, operate, registry, cursorSecret: Buffer.alloc(0), version: '0.0.0' },
    ...{ effects: store.effects, smtp: { url: catcher.url }, fingerprint: deps.fingerprint },
    ...{ sender: { name: 'Jornada', mail: 'jornada@example.test' }, now: Date.now },
    publicUrl: people.address,
    trouble: (error) => troubles.push(error),
  });
});
afterAll(async () => {
  await care?.close();
  await people?.app.close();
  await engine?.close();
});

async function until<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`nothing came; ${troubles.map(String).join('; ')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const mailTo = (person: User) =>
  until(async () =>
    (await engine.catcher.mailbox.list()).find(({ to }) => to.includes(person.mail ?? '')),
  );

const ID = /\/decide#([\w-]{43})/;

/** Starts one whose task is told to somebody. @returns instance, and the secret of the link in the mail */
async function aTask(
  how: DecidedBy,
  person: User,
  group: string,
  within = 'PT10M',
  who = 'nobody',
) {
  const { instanceId } = await engine.durable.engine.start({
    ...{ processId: `links-${how}`, requestId: null, actor: null },
    variables: {
      ...{ group, within, why: 'It came <b>broken</b>' },
      ...((how === 'buttons' || how === 'barred') && { verdict: 'none' }),
      ...(how === 'barred' && { who }),
    },
  });
  const mail = await mailTo(person);
  return { instanceId, mail, token: ID.exec(mail.text)?.[1] ?? '' };
}

const send = async (path: string, body: object, accept = 'application/json') => {
  const answer = await people.app.inject({
    ...{ method: 'POST', url: path, payload: body, headers: { accept } },
    remoteAddress: `10.0.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return { status: answer.statusCode, body: isJson ? answer.json() : answer.body };
};
const look = (token: string) => send('/decide', { token });
const decide = (token: string, choice: string, more: object = {}) =>
  send('/decide/decision', { token, choice, ...more });

const actsOn = async (instanceId: string) => {
  const filter = { object: { $like: `task:${instanceId}*` } };
  return (await engine.store.audit.query({ filter, limit: 100 })).items;
};
const taskOf = async (instanceId: string) => {
  const { items } = await engine.store.userTasks.search({ filter: { instanceId } });
  return items[0];
};

describe('a person', { timeout: 90_000 }, () => {
  test('decides by the link of a mail, once, and the audit says how', async () => {
    const group = randomUUID();
    const cora = await aPerson(group);
    await aPerson(group, { mail: null });
    const { instanceId, mail, token } = await aTask('buttons', cora, group);
    expect(mail.subject).toBe('To decide: Approve the refund');
    expect(mail.text).not.toContain('broken');
    const seen = await look(token);
    expect(seen.body).toMatchObject({
      ...{ title: 'Approve the refund', person: cora.loginName, over: null },
      facts: [{ label: 'Why do they want it', value: 'It came <b>broken</b>' }],
      choices: [
        { choice: 'action:approve', label: 'Approve' },
        { choice: 'action:refuse', label: 'Refuse' },
      ],
    });
    const done = await decide(token, 'action:approve', { reason: 'As agreed' });
    expect(done).toMatchObject({ status: 200, body: { label: 'Approve', waitsFor: [] } });
    expect(await engine.durable.ended(instanceId)).toBe('COMPLETED');
    expect(await taskOf(instanceId)).toMatchObject({
      ...{ action: 'approve', completedBy: cora.loginName, state: 'COMPLETED' },
    });
    const [act] = (await actsOn(instanceId)).filter(({ action }) => action === 'completeTask');
    expect(act).toMatchObject({
      ...{ actor: cora.loginName, outcome: 'done', reason: 'As agreed' },
      data: { action: 'approve', by: 'mail link' },
    });
    expect((await decide(token, 'action:refuse')).body.code).toBe('TASK_LINK_USED');
    expect((await look(token)).body.code).toBe('TASK_LINK_USED');
    // The secret itself is kept nowhere.
    const { rows } = await engine.store.reading((db) =>
      db.execute<{ token_hash: string }>('select token_hash from task_mails' as never),
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.map((row) => row.token_hash)).toContain(
      createHash('sha256').update(token).digest('hex'),
    );
  });

  test('decides by a choice of the form, which the process goes by', async () => {
    const group = randomUUID();
    const cora = await aPerson(group, { locale: 'pt-BR' });
    const { instanceId, mail, token } = await aTask('choice', cora, group);
    expect(mail.subject).toBe('Para decidir: Approve the refund');
    const { body } = await look(token);
    expect(body.question).toBe('Is it paid');
    expect(body.choices.map(({ choice }: { choice: string }) => choice)).toEqual([
      ...['verdict:yes', 'verdict:no'],
    ]);
    expect((await decide(token, 'verdict:perhaps')).body.code).toBe('TASK_LINK_CHOICE');
    expect((await decide(token, 'verdict:yes')).status).toBe(200);
    await engine.durable.ended(instanceId);
    const filter = { instanceId, elementId: 'paid' };
    expect((await engine.store.elementInstances.search({ filter })).items).toHaveLength(1);
  });

  test('decides for nobody to whom the task is barred, as who stands in for them', async () => {
    const [group, other] = [randomUUID(), randomUUID()];
    const [cora, bea] = [await aPerson(other), await aPerson(group)];
    await engine.store.inbox.substitutes.add(
      {
        ...{ substituteId: randomUUID(), absentId: cora.userId, personId: bea.userId },
        ...{ fromAt: new Date(Date.now() - 3_600_000).toISOString(), tz: 'UTC' },
        ...{ untilAt: new Date(Date.now() + 3_600_000).toISOString(), processIds: null },
      },
      by(),
    );
    const barred = await aTask('barred', bea, group, 'PT10M', cora.loginName);
    const refused = await decide(barred.token, 'action:approve');
    expect([refused.status, refused.body.code]).toEqual([409, 'TASK_FOUR_EYES']);
    expect(await taskOf(barred.instanceId)).toMatchObject({ state: 'CREATED' });
  });

  test('is led to the form where it asks for more', async () => {
    const group = randomUUID();
    const cora = await aPerson(group);
    const { token, instanceId } = await aTask('form', cora, group);
    const seen = await look(token);
    expect(seen.body).toMatchObject({ choices: [], over: null });
    expect((await decide(token, 'verdict:yes')).body.code).toBe('TASK_LINK_CHOICE');
    const page = await send('/decide', { token }, 'text/html');
    expect(page.body).toContain(`href="/tasks/${seen.body.taskKey}"`);
    expect(page.body).not.toContain('<button');
    expect((await taskOf(instanceId))?.state).toBe('CREATED');
  });

  test('is told that the timer had won, and who has decided already', async () => {
    const group = randomUUID();
    const cora = await aPerson(group);
    const late = await aTask('buttons', cora, group, 'PT3S');
    await engine.durable.ended(late.instanceId);
    expect((await look(late.token)).body).toMatchObject({
      ...{ choices: [], over: expect.stringContaining('Nobody decided in time') },
    });
    const told = await decide(late.token, 'action:approve');
    expect(told.status).toBe(409);
    expect(told.body.detail).toContain('Nobody decided in time');

    const group2 = randomUUID();
    const [dora, eva] = [await aPerson(group2), await aPerson(group2)];
    const { token, instanceId } = await aTask('buttons', dora, group2);
    const other = ID.exec((await mailTo(eva)).text)?.[1] ?? '';
    expect(other).not.toBe(token);
    expect((await decide(other, 'action:refuse')).status).toBe(200);
    expect((await look(token)).body.over).toContain(`${eva.loginName} has decided`);
    const second = await decide(token, 'action:approve');
    expect([second.status, second.body.detail]).toEqual([
      ...[409, expect.stringContaining(eva.loginName)],
    ]);
    expect((await taskOf(instanceId))?.action).toBe('refuse');
  });

  test('whose task somebody else has claimed is told so, and decides nothing', async () => {
    const group = randomUUID();
    const cora = await aPerson(group);
    const { token, instanceId } = await aTask('buttons', cora, group);
    const task = await taskOf(instanceId);
    await engine.durable.engine.assignTask({
      ...{ instanceId, taskId: task?.taskId ?? '', requestId: null, actor: 'bea' },
      ...{ assignee: 'bea', mayReassign: false },
    });
    expect((await look(token)).body).toMatchObject({
      choices: [],
      over: expect.stringMatching(/^bea has it by now: .*Z\.$/),
    });
    const refused = await decide(token, 'action:approve');
    expect([refused.status, refused.body.code]).toEqual([409, 'TASK_ASSIGNED']);
    expect((await taskOf(instanceId))?.state).toBe('CREATED');
  });
});

test('terms of an order are approved from a mail, with whose they are before one; what needs words is left to the form', {
  timeout: 90_000,
}, async () => {
  const lia = await aPerson('legal');
  const started = await engine.durable.engine.start({
    ...{ processId: 'signup', requestId: null, actor: 'tess' },
    variables: { ...ORDER, orderId: 'O-by-mail', terms: 'custom', source: 'sale' } as Variables,
  });
  expect(started).toMatchObject({ ok: true });
  const mail = await mailTo(lia);
  expect(mail.subject).toBe('To decide: Review terms');
  expect(mail.text).not.toContain(ORDER.legalName);
  const token = ID.exec(mail.text)?.[1] ?? '';
  const { body } = await look(token);
  expect(body.says).toEqual([
    expect.stringContaining(`Customer: ${ORDER.legalName}, BR. Order O-by-mail: team`),
    'Terms: custom',
  ]);
  expect(body.choices).toEqual([{ choice: 'decision:approve', label: 'Approve' }]);
  const page = await send('/decide', { token }, 'text/html');
  expect(page.body).toContain(`Customer: ${ORDER.legalName}`);
  expect((await decide(token, 'decision:approve')).status).toBe(200);
  const { items } = await engine.store.userTasks.search({
    filter: { instanceId: started.instanceId, elementId: 'review-terms' },
  });
  expect(items).toMatchObject([{ state: 'COMPLETED', completedBy: lia.loginName }]);
});

describe('nobody gets further', { timeout: 90_000 }, () => {
  test('by guessing, and waits after a few tries', async () => {
    const from = { remoteAddress: '10.9.9.9', headers: { accept: 'application/json' } };
    const codes: string[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      const payload = { token: randomBytes(32).toString('base64url') };
      const answer = await people.app.inject({ method: 'POST', url: '/decide', payload, ...from });
      codes.push(answer.json().code);
    }
    expect(codes.slice(0, 5)).toEqual(Array(5).fill('LINK_UNKNOWN'));
    expect(codes.slice(5)).toEqual(['SIGN_IN_TOO_MANY', 'SIGN_IN_TOO_MANY']);
    expect((await look('x')).body.code).toBe('LINK_UNKNOWN');
  });

  test('by opening the page, by whatever method, nor from another site', async () => {
    const group = randomUUID();
    const cora = await aPerson(group);
    const { token, instanceId } = await aTask('buttons', cora, group);
    const urls = [
      '/decide',
      `/decide?token=${token}`,
      `/decide?token=${token}&choice=action:approve`,
    ];
    for (const url of urls) {
      for (const method of ['GET', 'HEAD'] as const) {
        expect((await people.app.inject({ method, url })).statusCode).toBe(200);
      }
    }
    const decision = '/decide/decision';
    for (const method of ['GET', 'HEAD'] as const) {
      const url = `${decision}?token=${token}&choice=action:approve`;
      const { statusCode } = await people.app.inject({ method, url });
      // The address is one of the web app's, which shows nothing here.
      expect(statusCode).toBe(404);
    }
    for (const site of ['cross-site', 'same-site']) {
      const answer = await people.app.inject({
        ...{ method: 'POST', url: decision, payload: { token, choice: 'action:approve' } },
        headers: { 'sec-fetch-site': site },
      });
      expect(answer.json().code).toBe('HTTP_CROSS_SITE');
    }
    const before = await engine.store.reading((db) =>
      db.execute(
        'select * from task_mails where used_at is not null or held_until is not null' as never,
      ),
    );
    await look(token);
    const after = await engine.store.reading((db) =>
      db.execute(
        'select * from task_mails where used_at is not null or held_until is not null' as never,
      ),
    );
    expect(after.rows).toEqual(before.rows);
    expect((await taskOf(instanceId))?.state).toBe('CREATED');
    expect((await decide(token, 'action:approve')).status).toBe(200);
  });

  test('by two presses at once: one decides', async () => {
    const group = randomUUID();
    const cora = await aPerson(group);
    const { token } = await aTask('buttons', cora, group);
    const both = await Promise.all([
      decide(token, 'action:approve'),
      decide(token, 'action:refuse'),
    ]);
    const told = both.map(({ status, body }) => (status === 200 ? 200 : body.code));
    expect(told.toSorted()).toEqual([200, 'TASK_LINK_USED']);
  });

  test("by the link of another task, or another's", async () => {
    const group = randomUUID();
    const cora = await aPerson(group);
    const first = await aTask('buttons', cora, group);
    await engine.catcher.mailbox.clear();
    const second = await aTask('choice', cora, group);
    // What belongs to the other task is none of this one.
    expect((await decide(second.token, 'action:approve')).body.code).toBe('TASK_LINK_CHOICE');
    const { taskKey } = (await look(second.token)).body;
    expect((await look(first.token)).body.taskKey).not.toBe(taskKey);
    expect(
      (
        await send('/decide/decision', {
          ...{ token: first.token, choice: 'action:approve', taskKey },
        })
      ).body.code,
    ).toBe('UNKNOWN_PROPERTY');
    expect((await taskOf(second.instanceId))?.state).toBe('CREATED');
  });

  test('once the person is disabled, has another password, another role, or is in the group no more', async () => {
    for (const change of [{ isActive: false }, { roles: ['designer'] as const }, { groups: [] }]) {
      const group = randomUUID();
      const cora = await aPerson(group);
      const { token, instanceId } = await aTask('buttons', cora, group);
      expect((await look(token)).status).toBe(200);
      await engine.store.identities.change(cora.userId, change, by());
      expect((await look(token)).body.code).toBe('LINK_REVOKED');
      expect((await decide(token, 'action:approve')).body.code).toBe('LINK_REVOKED');
      expect((await taskOf(instanceId))?.state).toBe('CREATED');
    }
  });

  test('to a task that somebody else has or has done, once they are in its group no more', async () => {
    for (const how of ['has', 'has done'] as const) {
      const group = randomUUID();
      const cora = await aPerson(group);
      const { token, instanceId } = await aTask('buttons', cora, group);
      const task = await taskOf(instanceId);
      const place = { instanceId, taskId: task?.taskId ?? '', requestId: null, actor: 'bea' };
      const given = await engine.durable.engine.assignTask({
        ...{ ...place, assignee: 'bea', mayReassign: false },
      });
      expect(given).toMatchObject({ ok: true });
      if (how === 'has done') {
        await engine.durable.engine.completeTask({ ...place, action: 'refuse', variables: {} });
        await engine.durable.ended(instanceId);
      }
      expect((await look(token)).body).toMatchObject({ choices: [], over: expect.any(String) });
      await engine.store.identities.change(cora.userId, { groups: [] }, by());
      const seen = await look(token);
      expect([seen.status, seen.body.code]).toEqual([410, 'LINK_REVOKED']);
      expect(JSON.stringify(seen.body)).not.toContain('broken');
      expect((await decide(token, 'action:approve')).body.code).toBe('LINK_REVOKED');
    }
  });

  test('after its time, nor by what was mailed before', async () => {
    const group = randomUUID();
    const cora = await aPerson(group);
    const { token, instanceId } = await aTask('buttons', cora, group);
    const task = await taskOf(instanceId);
    const of = { instanceId, taskId: task?.taskId ?? '', userId: cora.userId };
    const fresh = randomBytes(32).toString('base64url');
    const tokenHash = createHash('sha256').update(fresh).digest('hex');
    const expiresAt = new Date(Date.now() - 1).toISOString();
    const { revocationEpoch: epoch } = cora;
    await engine.store.inbox.mails.arm(of, { tokenHash, epoch, expiresAt });
    expect((await look(fresh)).body.code).toBe('TASK_LINK_OVER');
    expect((await look(token)).body.code).toBe('LINK_UNKNOWN');
    const refusals = (await actsOn(instanceId)).filter(({ outcome }) => outcome === 'refused');
    expect(refusals.map(({ action, code }) => `${action} ${code}`)).toContain(
      'decideByLink TASK_LINK_OVER',
    );
  });
});

test('the page shows what strangers wrote as they wrote it', { timeout: 60_000 }, async () => {
  const group = randomUUID();
  const cora = await aPerson(group);
  const { token } = await aTask('buttons', cora, group);
  const { body } = await send('/decide', { token }, 'text/html');
  expect(body).toContain('It came &lt;b&gt;broken&lt;/b&gt;');
  const done = await send('/decide/decision', { token, choice: 'action:approve' }, 'text/html');
  expect(done.body).toContain('Decided: Approve');
  const again = await send('/decide/decision', { token, choice: 'action:approve' }, 'text/html');
  expect([again.status, again.body.includes('This link was used')]).toEqual([410, true]);
});

test('nothing went wrong on the way', () => {
  expect(troubles).toEqual([]);
  expect(people.troubles).toEqual([]);
});
