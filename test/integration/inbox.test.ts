/** The inbox on a real engine, with a real record and real mail: from the list to what came of a task. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRegistry } from '../../registry/index.js';
import { createOperate } from '../../worker/control/operations.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { createCustomers } from '../../worker/customers/index.js';
import { newCustomer } from '../../worker/customers/new-customer.js';
import { openPeople, type People } from '../support/camunda.js';
import { anImport } from '../support/customer-record.js';
import {
  after,
  endEvent,
  model,
  startEvent,
  timerBoundary,
  userTask,
} from '../support/durable-model.js';
import { type MailedEngine, startMailedEngine } from '../support/mailed-engine.js';
import { readPackage } from '../support/package.js';

const CUSTOMER = {
  ...{ legalName: 'Padaria Aurora Ltda', taxId: '11.222.333/0001-81', country: 'BR' },
  ...{ planId: 'team', mrrMinor: 14_900, currency: 'BRL', contactName: 'Ana Prado' },
  ...{ contactMail: 'ana@aurora.example', locale: 'pt-BR', tz: 'America/Sao_Paulo' },
  since: '2024-02-29',
};

const folder = mkdtempSync(join(tmpdir(), 'jornada-inbox-'));
let engine: MailedEngine;
let people: People;
let cory: Person;
let bea: Person;

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into as they come
type Body = any;
type Answer = { readonly status: number; readonly etag: string | null; readonly body: Body };
type Ask = (
  method: string,
  path: string,
  body?: object,
  headers?: Record<string, string>,
) => Promise<Answer>;

interface Person {
  readonly name: string;
  readonly ask: Ask;
  readonly authorization: string;
}

const HOUR_MS = 3_600_000;

async function aCsm(groups: readonly string[]): Promise<Person> {
  const credentials = await people.token(['csm'], groups);
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const ask: Ask = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${people.address}/api/v1${path}`, {
      method,
      headers: {
        authorization,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      ...{ status: answer.status, etag: answer.headers.get('etag') },
      body: text === '' ? null : JSON.parse(text),
    };
  };
  return { name: credentials.split(':')[0] ?? '', ask, authorization };
}

beforeAll(async () => {
  engine = await startMailedEngine(['support-ticket']);
  const { store, durable, deps } = engine;
  const customer = await newCustomer(CUSTOMER, deps.fingerprint, Date.now());
  await deps.record.take([customer], anImport(), 0);
  await durable.deploy(
    'hurry',
    model(
      'hurry',
      [
        startEvent('start'),
        userTask('review'),
        timerBoundary('late', 'review', after('PT3S')),
        endEvent('end'),
        endEvent('end-late'),
      ],
      'start > review > end, late > end-late',
    ),
  );
  const customers = createCustomers({ record: deps.record, fingerprint: deps.fingerprint });
  const registry = createRegistry(store);
  const parts = { engine: durable.engine, store, registry, customers, folder };
  people = await openPeople(store, createOperate(parts as unknown as ControlParts));
  cory = await aCsm(['support-agent']);
  bea = await aCsm(['support-agent']);
});
afterAll(async () => {
  await people?.app.close();
  await engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks until an answer holds. */
async function until(ask: () => Promise<Answer>, holds: (body: Body) => unknown): Promise<Body> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const { body } = await ask();
    if (holds(body)) return body;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(body).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

const receive = (messageId: string) =>
  engine.durable.engine.publish({
    ...{ name: 'ticket.received', key: messageId, messageId, timeToLive: 'P7D' },
    variables: {
      ...{ messageId, channel: 'mail', subject: 'Relatório', body: 'Erro ao salvar' },
      ...{ from: { name: 'Ana', mail: 'ana@aurora.example' }, pace: 'demo' },
    },
  });

const TRIAGED = {
  ...{ decision: 'ticket', ticketType: 'problem', component: 'product' },
  ...{ impact: 'one user', urgency: 'hampered' },
};

const withoutDates = (history: readonly Body[]) =>
  history.map(({ kind, actor, text }) => ({ kind, actor, text }));

/** A file as programs send it. */
async function attach(person: Person, path: string, name: string, bytes: Buffer | string) {
  const answer = await fetch(`${people.address}/api/v1${path}/attachments`, {
    method: 'POST',
    headers: {
      ...{ authorization: person.authorization, 'content-type': 'application/octet-stream' },
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
    body: bytes,
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}

describe('a CSM', { timeout: 90_000 }, () => {
  test('finds a task, claims it, drafts, is told what does not fit, and what is waited for then', async () => {
    await receive('inbox-1');
    const { items } = await until(
      () => cory.ask('GET', '/tasks?view=groups'),
      (body) => body.items.length === 1,
    );
    const [task] = items;
    expect(task).toMatchObject({
      ...{ title: { en: 'Triage', 'pt-BR': 'Triagem' }, assignee: null, state: 'CREATED' },
      process: { en: 'Support ticket', 'pt-BR': 'Chamado de suporte' },
      customer: { name: CUSTOMER.legalName },
      clock: { state: 'running', targetMs: 4 * HOUR_MS, calendar: { name: 'office' } },
      ticket: { status: 'new' },
    });
    expect(Date.parse(task.clock.dueAt)).toBeGreaterThan(Date.now());
    const path = `/tasks/${task.taskKey}`;
    expect((await cory.ask('GET', '/tasks/counts')).body).toMatchObject({
      ...{ mine: { count: 0 }, groups: { count: 1 }, unassigned: { count: 1 }, all: { count: 1 } },
    });

    const claimed = await cory.ask('POST', `${path}/assignment`, { assignee: cory.name });
    expect(claimed).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { task: { assignee: cory.name } },
    });
    const late = await bea.ask('POST', `${path}/assignment`, { assignee: bea.name });
    expect(late).toMatchObject({ status: 409, body: { code: 'TASK_ASSIGNED' } });
    const { meanwhile } = late.body;
    expect(meanwhile).toMatchObject([
      { kind: 'taskAssigned', actor: cory.name, data: { assignee: cory.name } },
    ]);
    expect(late.body.detail).toContain(`Meanwhile: ${cory.name} claimed it at ${meanwhile[0].at}.`);

    const draft = { data: { decision: 'ticket', mergeInto: 7 }, version: 0 };
    const saved = await cory.ask('PUT', `${path}/draft`, draft);
    expect(saved).toMatchObject({ status: 200, body: { version: 1 } });
    const second = await cory.ask('PUT', `${path}/draft`, { data: {}, version: 0 });
    expect(second).toMatchObject({ status: 412, body: { code: 'TASK_DRAFT_CHANGED' } });
    expect(second.body.meanwhile).toEqual([
      {
        ...{ at: saved.body.savedAt, actor: cory.name, kind: 'draftSaved', text: null },
        data: { version: 1 },
      },
    ]);
    const read = await cory.ask('GET', `${path}?locale=pt-BR`);
    expect(read.body).toMatchObject({
      task: { hasDraft: true },
      form: { formId: 'triage' },
      variables: { subject: 'Relatório', lastText: 'Erro ao salvar' },
      draft: { data: draft.data, version: 1 },
    });
    expect(JSON.stringify(read.body.form.schema)).toContain('Parte de outro chamado');
    expect((await bea.ask('GET', path)).body.draft).toMatchObject({ version: 0, data: {} });

    await cory.ask('POST', `${path}/comments`, { text: 'It is the export again' });
    const misfit = await cory.ask('POST', `${path}/completion`, {
      variables: { decision: 'ticket', ticketType: 'nonsense', component: null },
    });
    expect(misfit).toMatchObject({ status: 400, body: { code: 'FORM_SUBMISSION' } });
    expect(misfit.body.problems).toMatchObject([
      { path: 'ticketType', code: 'FORM_VALUE_OPTION' },
      { path: 'component', code: 'FORM_VALUE_REQUIRED' },
    ]);
    const stale = await cory.ask(
      ...(['POST', `${path}/completion`, { variables: TRIAGED }, { 'if-match': '"1"' }] as const),
    );
    expect(stale).toMatchObject({
      status: 412,
      body: { code: 'TASK_CHANGED', meanwhile: [{ kind: 'taskAssigned', actor: cory.name }] },
    });
    const done = await cory.ask('POST', `${path}/completion`, {
      ...{ variables: TRIAGED, reason: 'The export, as before' },
    });
    expect(done).toMatchObject({ status: 200, body: { task: { state: 'COMPLETED' } } });
    const again = await cory.ask('POST', `${path}/completion`, { variables: TRIAGED });
    expect(again).toMatchObject({ status: 409, body: { code: 'TASK_UNKNOWN' } });
    expect(again.body.detail).toContain(cory.name);
    expect(again.body.meanwhile).toMatchObject([
      { kind: 'taskCompleted', actor: cory.name, text: 'The export, as before' },
    ]);

    const whole = (await cory.ask('GET', path)).body;
    expect(whole.draft.version).toBe(0);
    expect(whole.variables).toMatchObject(TRIAGED);
    expect(withoutDates(whole.history)).toEqual([
      { kind: 'taskOpened', actor: null, text: null },
      { kind: 'taskAssigned', actor: cory.name, text: null },
      { kind: 'comment', actor: cory.name, text: 'It is the export again' },
      { kind: 'taskCompleted', actor: cory.name, text: 'The export, as before' },
    ]);
    const completed = (await cory.ask('GET', '/tasks?view=completed')).body.items;
    expect(completed[0]).toMatchObject({ completedBy: cory.name, clock: { state: 'met' } });
  });

  test('sees the clocks of the ticket, and the customer beside it', async () => {
    const { items } = await until(
      () => cory.ask('GET', '/tasks?view=all&elementId=work'),
      (body) => body.items[0]?.ticket?.clock,
    );
    const path = `/tasks/${items[0].taskKey}`;
    const whole = (await cory.ask('GET', path)).body;
    expect(whole.ticketClocks.map((clock: Body) => clock.metric)).toContain('first_reply');
    for (const clock of whole.ticketClocks) {
      const parts = clock.why as readonly Body[];
      expect(parts.length).toBeGreaterThan(0);
      if (clock.state === 'running') expect(clock.remainingMs).toEqual(expect.any(Number));
    }
    const known = (await cory.ask('GET', `${path}/context`)).body;
    expect(known).toMatchObject({
      customer: { name: CUSTOMER.legalName, tz: 'America/Sao_Paulo', locale: 'pt-BR' },
      contacts: [{ name: 'Ana Prado', mail: 'ana@aurora.example', isPrimary: true }],
      plans: [{ planId: 'team' }],
      tickets: [{ status: 'open' }],
      history: [{ process: { en: 'Support ticket' }, state: 'ACTIVE' }],
    });
    const byMail = await cory.ask('GET', '/tasks?view=all&text=ana%40aurora.example');
    expect(byMail.body.items.map((item: Body) => item.elementId)).toContain('work');
    const byKey = await cory.ask('GET', `/tasks?view=all&text=${items[0].taskKey}`);
    expect(byKey.body.items).toHaveLength(1);
  });

  test('delegates, gets it back, and changes when it is due', async () => {
    const { items } = (await cory.ask('GET', '/tasks?view=all&elementId=work')).body;
    const path = `/tasks/${items[0].taskKey}`;
    await cory.ask('POST', `${path}/assignment`, { assignee: cory.name, mayReassign: true });
    const handed = await cory.ask('POST', `${path}/delegation`, { to: bea.name, reason: 'Lunch' });
    expect(handed.body.task).toMatchObject({ assignee: bea.name, owner: cory.name });
    const back = await bea.ask('POST', `${path}/return`);
    expect(back.body.task).toMatchObject({ assignee: cory.name, owner: null });
    const dueAt = '2030-01-01T00:00:00.000Z';
    const changed = await cory.ask('PATCH', path, { dueAt, priority: 80 });
    expect(changed.body.task).toMatchObject({ dueAt, priority: 80 });
    const seen = { 'if-match': handed.etag ?? '' };
    const stale = await bea.ask('POST', `${path}/completion`, {}, seen);
    expect(stale).toMatchObject({ status: 412, body: { code: 'TASK_CHANGED' } });
    const { meanwhile } = stale.body;
    expect(meanwhile).toMatchObject([
      { kind: 'taskReturned', actor: bea.name, data: { assignee: cory.name } },
      { kind: 'taskUpdated', actor: cory.name, data: { dueAt, priority: 80 } },
    ]);
    expect(stale.body.detail).toContain(
      `${bea.name} returned it to ${cory.name} at ${meanwhile[0].at}; ${cory.name} changed it at`,
    );
    const taken = await bea.ask('POST', `${path}/delegation`, { to: cory.name });
    expect(taken).toMatchObject({
      ...{ status: 409, body: { code: 'TASK_ASSIGNED', meanwhile: [{ kind: 'taskReturned' }] } },
    });
    const freed = await cory.ask('POST', `${path}/assignment`, {
      assignee: null,
      mayReassign: true,
    });
    expect(freed.body.task).toMatchObject({ assignee: null });
  });

  test('has the form still where its package changed elsewhere', async () => {
    const files = readPackage('support-ticket');
    const changed = { ...files, 'process.yaml': `${files['process.yaml']}\n# Another version.\n` };
    const { processes } = await engine.durable.engine.deploy('support-ticket', changed);
    expect(processes).toMatchObject([{ version: 2 }]);
    const open = () => cory.ask('GET', '/tasks?view=groups&elementId=triage');
    const before = (await open()).body.items.map(({ taskKey }: Body) => taskKey);
    await receive('inbox-form');
    const isNew = ({ taskKey }: Body) => !before.includes(taskKey);
    const { items } = await until(open, (body) => body.items.some(isNew));
    const { body } = await cory.ask('GET', `/tasks/${items.find(isNew).taskKey}`);
    expect(body.form).toMatchObject({ formId: 'triage', version: 1 });
  });

  test('is told that the timer has won, and nothing is saved then', async () => {
    await engine.durable.engine.start({ processId: 'hurry', requestId: null, actor: null });
    const { items } = await until(
      () => cory.ask('GET', '/tasks?view=all&processId=hurry'),
      (body) => body.items.length === 1,
    );
    const path = `/tasks/${items[0].taskKey}`;
    await cory.ask('PUT', `${path}/draft`, { data: { note: 'nearly' }, version: 0 });
    await until(
      () => cory.ask('GET', path),
      (body) => body.task.state === 'CANCELLED',
    );
    const tooLate = await cory.ask('POST', `${path}/completion`, {});
    expect(tooLate.status).toBe(409);
    expect(tooLate.body.detail).toMatch(/late|ended|completed/);
    expect(tooLate.body.meanwhile).toMatchObject([{ kind: 'taskCancelled', actor: null }]);
    const over = await cory.ask('PUT', `${path}/draft`, { data: { note: 'more' }, version: 1 });
    expect(over).toMatchObject({ status: 409, body: { code: 'TASK_OVER' } });
    expect(over.body.meanwhile).toEqual(tooLate.body.meanwhile);
    const whole = (await cory.ask('GET', path)).body;
    expect(whole.draft.data).toEqual({ note: 'nearly' });
    expect(whole.history.at(-1)).toMatchObject({ kind: 'taskCancelled' });
  });
});

describe('whoever stands in for somebody to whom a task is barred', () => {
  const BARRED = `<zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="support-agent" />
    <zeebe:properties><zeebe:property name="jornada:notBy" value="=who" /></zeebe:properties>`;
  const begun = new Set<string>();
  let absent: Person;
  let standIn: Person;
  beforeAll(async () => {
    const check = { ...userTask('check'), extensions: BARRED };
    const parts = [startEvent('start'), check, endEvent('end')];
    await engine.durable.deploy('barred', model('barred', parts, 'start > check > end'));
    absent = await aCsm(['support-agent']);
    standIn = await aCsm([]);
    const days = { from: dayFrom(0), until: dayFrom(1), tz: 'UTC' };
    const named = await absent.ask('POST', '/substitutes', { substitute: standIn.name, ...days });
    expect(named.status).toBe(201);
  });
  const dayFrom = (days: number): string =>
    new Date(Date.now() + days * 24 * HOUR_MS).toISOString().slice(0, 10);
  const begin = async (who: string): Promise<string> => {
    await engine.durable.engine.start({
      ...{ processId: 'barred', requestId: null, actor: null, variables: { who } },
    });
    const isFresh = ({ processId, taskKey }: Body): boolean =>
      processId === 'barred' && !begun.has(taskKey);
    const { items } = await until(
      () => standIn.ask('GET', '/tasks?view=groups&limit=200'),
      (body) => body.items.some(isFresh),
    );
    const { taskKey } = items.find(isFresh);
    begun.add(taskKey);
    return taskKey;
  };
  const byCamunda = async (key: string, path: string, method: string, body: object) => {
    const answer = await fetch(`${people.address}/v2/user-tasks/${key}${path}`, {
      method,
      headers: { authorization: standIn.authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, detail: answer.status === 204 ? '' : await answer.text() };
  };

  test('may not do it by Camunda’s API, nor once they made themselves one who may', async () => {
    const key = await begin(absent.name);
    const refused = await byCamunda(key, '/completion', 'POST', {});
    expect([refused.status, refused.detail]).toEqual([
      409,
      expect.stringContaining('TASK_FOUR_EYES'),
    ]);
    const taken = await byCamunda(key, '/assignment', 'POST', { assignee: standIn.name });
    expect(taken.detail).toContain('TASK_FOUR_EYES');
    const changeset = { candidateUsers: [standIn.name] };
    expect((await byCamunda(key, '', 'PATCH', { changeset })).status).toBe(204);
    const own = await standIn.ask('POST', `/tasks/${key}/completion`, {});
    expect([own.status, own.body.code]).toEqual([409, 'TASK_FOUR_EYES']);
    expect((await byCamunda(key, '/completion', 'POST', {})).detail).toContain('TASK_FOUR_EYES');
  });

  test('does another in two names, also by Camunda’s API', async () => {
    const key = await begin('somebody-else');
    expect((await byCamunda(key, '/completion', 'POST', {})).status).toBe(204);
    const { body } = await absent.ask('GET', `/tasks/${key}`);
    expect(body.history.at(-1)).toMatchObject({
      ...{ kind: 'taskCompleted', actor: standIn.name, data: { standsFor: absent.name } },
    });
  });

  test('a key of a request is of one request, on our own routes too', async () => {
    const key = await begin('somebody-else');
    const headers = { 'idempotency-key': 'inbox-key-1' };
    const path = `/tasks/${key}/assignment`;
    expect((await absent.ask('POST', path, { assignee: absent.name }, headers)).status).toBe(200);
    expect((await absent.ask('POST', path, { assignee: absent.name }, headers)).status).toBe(200);
    const other = await absent.ask('POST', path, { assignee: null }, headers);
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_KEY_USED']);
    const completion = await absent.ask('POST', `/tasks/${key}/completion`, {}, headers);
    expect(completion.status).toBe(409);
  });

  test('a remark that is sent twice under one key is one, and another one under it is refused', async () => {
    const key = await begin('somebody-else');
    const headers = { 'idempotency-key': 'inbox-remark-1' };
    const path = `/tasks/${key}/comments`;
    const first = await absent.ask('POST', path, { text: 'It is the export again' }, headers);
    const again = await absent.ask('POST', path, { text: 'It is the export again' }, headers);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    const other = await absent.ask('POST', path, { text: 'It is the import' }, headers);
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_KEY_USED']);
    const { body } = await absent.ask('GET', `/tasks/${key}`);
    const said = body.history.filter(({ kind }: { kind: string }) => kind === 'comment');
    expect(said.map(({ text }: { text: string }) => text)).toEqual(['It is the export again']);
  });
});

describe('a file of a task', { timeout: 90_000 }, () => {
  test('is attached, listed, fetched to be saved, and removed; who may not is told so', async () => {
    await receive('inbox-file');
    const open = () => cory.ask('GET', '/tasks?view=groups&elementId=triage');
    const { items } = await until(open, (body) => body.items.length > 0);
    const path = `/tasks/${items[0].taskKey}`;
    const content = `%PDF-1.7 ${'x'.repeat(400_000)}`;
    const kept = await attach(cory, path, '../Relatório "1".pdf', content);
    expect(kept).toMatchObject({
      ...{ status: 201 },
      body: { name: 'Relatório _1_.pdf', bytes: content.length, attachedBy: cory.name },
    });
    const listed = await bea.ask('GET', `${path}/attachments`);
    expect(listed.body).toMatchObject({ items: [kept.body], most: 20 });
    const file = `${path}/attachments/${kept.body.attachmentId}`;
    const got = await fetch(`${people.address}/api/v1${file}`, {
      headers: { authorization: bea.authorization },
    });
    expect(Object.fromEntries(got.headers)).toMatchObject({
      ...{ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' },
      'content-disposition': expect.stringMatching(/^attachment; filename="Relat_rio _1_\.pdf"/),
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    });
    expect(await got.text()).toBe(content);

    for (const [name, bytes, status, code] of [
      ['page.html', '<script>', 415, 'ATTACHMENT_TYPE'],
      ['page.pdf', '<script>', 415, 'ATTACHMENT_TYPE'],
      ['..', 'x', 400, 'ATTACHMENT_NAME'],
      ['large.txt', Buffer.alloc(11_000_000, 'x'), 413, 'ATTACHMENT_TOO_LARGE'],
    ] as const) {
      expect(await attach(cory, path, name, bytes)).toMatchObject({ status, body: { code } });
    }
    expect((await cory.ask('GET', `${path}/attachments`)).body.items).toHaveLength(1);
    const removal = `${file}/removal`;
    const notHers = await bea.ask('POST', removal, { reason: 'No' });
    expect(notHers).toMatchObject({ status: 403, body: { code: 'ATTACHMENT_NOT_YOURS' } });
    expect((await cory.ask('POST', removal, {})).status).toBe(204);
    expect((await cory.ask('GET', file)).status).toBe(404);
    const { items: acts } = await engine.store.audit.query({
      filter: { object: { $like: 'task:*' }, action: { $like: '*Attach*' } },
    });
    expect(acts.map(({ action }) => action)).toContain('removeTaskAttachment');
  });
});
