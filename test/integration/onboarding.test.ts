/** The life of a new customer, from a deal that is won to its activation, at the pace of a demo: real engine, record, mail. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SideEffectDeps } from '../../activities/side-effects.js';
import type { Variables } from '../../engine/model/index.js';
import {
  CUSTOMER,
  ENROLMENT,
  type EntityDeclaration,
  GOAL,
  MEETING,
  type ReadRow,
  type Store,
  TRAINING_CERTIFICATE,
  USAGE_EVENT,
} from '../../store/index.js';
import type { MailCatcher } from '../../worker/mail-catcher/index.js';
import type { TestEngine } from '../support/durable.js';
import { type MailedEngine, startMailedEngine } from '../support/mailed-engine.js';
import { ORDER } from '../support/order.js';

const PACKAGES = ['signup', 'welcome', 'training', 'quick-wins', 'onboarding'];

const DEAL = { ...ORDER, orderId: 'O-5001', planId: 'enterprise', seats: 2 };

let engine: MailedEngine;
let catcher: MailCatcher;
let store: Store;
let deps: SideEffectDeps;
let durable: TestEngine;

beforeAll(async () => {
  engine = await startMailedEngine(PACKAGES);
  ({ catcher, store, deps, durable } = engine);
});

afterAll(() => engine?.close());

const WITHIN_MS = 60_000;

/** Looks until something is there. */
async function found<T>(what: string, look: () => Promise<T | null | undefined>): Promise<T> {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const one = await look();
    if (one !== null && one !== undefined) return one;
    if (Date.now() > deadline) throw new Error(`not found: ${what}; ${await situation()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const situation = async (): Promise<string> => {
  const { items: tasks } = await store.userTasks.search({ filter: { state: 'CREATED' } });
  const { items: incidents } = await store.incidents.search({});
  const open = tasks.map(({ elementId }) => elementId);
  return JSON.stringify({
    open,
    incidents: incidents.map(({ elementId, code }) => [elementId, code]),
  });
};

const instanceOf = (processId: string): Promise<string> =>
  found(processId, async () => {
    const { items } = await store.processInstances.search({ filter: { processId } });
    return items[0]?.instanceId;
  });

const complete = async (elementId: string, variables: Variables): Promise<void> => {
  const task = await found(elementId, async () => {
    const filter = { elementId, state: 'CREATED' as const };
    return (await store.userTasks.search({ filter })).items[0];
  });
  const { instanceId, taskId } = task;
  const place = { instanceId, taskId, requestId: null, actor: 'pat', action: null };
  const answer = await durable.engine.completeTask({ ...place, variables });
  expect(answer).toMatchObject({ ok: true, code: null });
};

let messages = 0;
const publish = async (name: string, key: string, variables: Variables = {}): Promise<void> => {
  messages += 1;
  const messageId = `${name} ${key} ${messages}`;
  await durable.engine.publish({ name, key, variables, timeToLive: 'P7D', messageId });
};

const rowOf = <E extends EntityDeclaration>(
  entity: E,
  customerId: string,
  holds: (row: ReadRow<E>) => boolean = () => true,
): Promise<ReadRow<E>> =>
  found(entity.table, async () => (await deps.record.table(entity).of([customerId])).find(holds));

describe('an onboarding on a real server', () => {
  test('goes from a deal that is won to an activated customer', { timeout: 180_000 }, async () => {
    const sponsor = { name: 'Ana Prado', mail: 'ana@aurora.example', locale: 'pt-BR' };
    await publish('deal.won', 'O-5001', { order: DEAL, sponsor, pace: 'demo' });

    const signup = await instanceOf('signup');
    const variables = async () => {
      const { state } = await durable.engine.view(signup);
      return state?.variables[state.rootId ?? ''] ?? {};
    };
    const contract = await found('contract', async () => (await variables()).contract);
    const { contractId } = contract as { contractId: string };
    await publish('contract.signed', contractId, { version: 1, signer: 'Ana', hash: 'abcd' });
    await found('link', async () => (await variables()).linkExpiresAt);
    const { customerId, adminContact } = await variables();
    const id = String(customerId);
    const { contactId: adminId } = adminContact as { contactId: string };
    await publish('user.first-login', adminId);
    await complete('check-setup', { setupConfirmed: true });

    const { meetingId } = await rowOf(MEETING, id);
    await publish('product.event', id, {
      name: 'data.imported',
      eventId: 'e1',
      contactId: adminId,
    });
    const people = await found('sponsor', async () => {
      const whole = await deps.record.get(id);
      return whole?.contacts.some(({ role }) => role === 'sponsor') ? whole.contacts : null;
    });
    const sponsorId = people.find(({ role }) => role === 'sponsor')?.contactId ?? '';
    const slot = { start: '2030-03-04T13:00:00.000Z', end: '2030-03-04T14:00:00.000Z' };
    await publish('meeting.accepted', meetingId, { slot, sequence: 0 });
    await complete('held-notes', { decision: 'held', goalsText: 'first process live' });

    await complete('name-learners', { learnerIds: [adminId, sponsorId] });
    for (const contactId of [adminId, sponsorId]) {
      const { runId } = await rowOf(ENROLMENT, id, (row) => row.contactId === contactId);
      await publish('training.progress', runId, { pct: 100, score: 90 });
    }

    const goal = {
      metric: 'process.live',
      unit: '',
      baseline: 0,
      target: 1,
      dueDate: '2030-01-01',
    };
    await complete('agree-goals', { goals: [goal] });
    await complete('confirm-goals', { decision: 'confirm' });
    await rowOf(GOAL, id, (row) => row.isConfirmed);
    const done = { contactId: sponsorId, at: new Date().toISOString() };
    await publish('product.event', id, { name: 'report.delivered', eventId: 'e2', ...done });
    await publish('product.event', id, { name: 'process.live', eventId: 'e3', ...done });

    const onboarding = await instanceOf('onboarding');
    const state = await found('end of the onboarding', async () => {
      const instance = await store.processInstances.get(onboarding);
      return instance?.endedAt ? instance.state : null;
    });
    expect(state).toBe('COMPLETED');
    const ends = (await durable.journal(onboarding))
      .filter(({ kind, elementId }) => kind === 'elementCompleted' && elementId === 'activated')
      .map(({ elementId }) => elementId);
    expect(ends).toEqual(['activated']);

    expect(await rowOf(CUSTOMER, id)).toMatchObject({ stage: 'activation', touch: 'high' });
    expect(await rowOf(MEETING, id)).toMatchObject({ state: 'held', sequence: 0 });
    expect(await rowOf(GOAL, id)).toMatchObject({ state: 'reached', reachedBy: 'event' });
    const { length: certificates } = await deps.record.table(TRAINING_CERTIFICATE).of([id]);
    expect(certificates).toBe(2);
    const events = await deps.record.table(USAGE_EVENT).of([id]);
    expect(events.map(({ name }) => name).sort()).toEqual([
      'data.imported',
      'process.live',
      'report.delivered',
      'user.first-login',
    ]);
    const mails = await catcher.mailbox.list();
    const subjects = mails.map(({ subject }) => subject);
    for (const subject of ['Kick-off Padaria Aurora Ltda', 'Seu certificado', 'Your certificate']) {
      expect(subjects).toContain(subject);
    }
    const { items } = await store.incidents.search({});
    expect(items).toEqual([]);
  });
});
