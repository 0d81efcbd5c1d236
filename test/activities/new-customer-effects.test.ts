/** What side effects write of a new customer into a real record: once, and as told. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSideEffects, type SideEffectDeps } from '../../activities/side-effects.js';
import type { Variables } from '../../engine/model/index.js';
import {
  CONTACT,
  CUSTOMER,
  ENROLMENT,
  GOAL,
  MEETING,
  openStore,
  type Store,
  TRAINING_CERTIFICATE,
  USAGE_EVENT,
} from '../../store/index.js';
import { createSealing } from '../../worker/encryption/index.js';
import { fixedKeys } from '../support/fixed-keys.js';
import { sideEffectDeps } from '../support/side-effects.js';

const KEY = '6f1d3c5e-0c7b-4c7e-9d52-3f5a1b2c4d5e';
const NOW = Date.parse('2026-03-02T12:00:00.000Z');

let store: Store;
let deps: SideEffectDeps;

beforeAll(async () => {
  const keyProvider = fixedKeys();
  store = await openStore({ databaseUrl: null, folder: null }, createSealing(keyProvider));
  deps = sideEffectDeps(store, { keyProvider, now: () => NOW });
});

afterAll(() => store?.close());

/** Carries a job out; `effectKey` is that of a job of its own, unless it is given. */
const run = async (type: string, variables: Variables, effectKey: string = randomUUID()) => {
  const place = { instanceId: 'i', processId: 'p', elementId: 'e', elementInstanceId: 'e:1' };
  const job = { ...place, variables, headers: {}, effectKey, customerKeyId: KEY, jobId: 'j' };
  return (await createSideEffects(deps)[type]?.(job)) as Record<string, unknown>;
};

let orders = 0;
const order = (more: Variables = {}): Variables => {
  orders += 1;
  return {
    customerId: randomUUID(),
    attempt: `attempt ${orders} ${randomUUID()}`,
    legalName: 'Padaria Aurora Ltda',
    taxId: `${10_000_000 + orders}`,
    country: 'US',
    tz: 'America/Sao_Paulo',
    locale: 'pt-BR',
    planId: 'team',
    seats: 3,
    value: { minor: 120_000, currency: 'BRL' },
    subscriptionId: randomUUID(),
    billingContact: { name: 'Ana Prado', mail: 'ana@aurora.example' },
    adminContact: { name: 'Rui Sá', mail: 'rui@aurora.example' },
    users: [{ name: 'Lia Reis', mail: 'lia@aurora.example' }],
    source: 'sale',
    settings: { pricePeriod: 'year' },
    ...more,
  };
};

const recorded = async (): Promise<Variables> => {
  const given = order();
  await run('customer.record', given);
  return given;
};

const idOf = (given: Variables): string => String(given.customerId);

describe('customer.record', () => {
  test('writes a customer once, under the key of the instance, and tells its contacts', async () => {
    const given = order();
    const first = await run('customer.record', given, 'one');
    expect(await run('customer.record', given, 'one')).toEqual(first);
    const whole = await deps.record.get(idOf(given));
    expect(whole?.customer).toMatchObject({ keyId: KEY, state: 'active', stage: 'onboarding' });
    expect(whole?.contacts.map(({ role, isPrimary }) => [role, isPrimary])).toEqual([
      ['admin', true],
      ['billing', false],
      ['user', false],
    ]);
    expect(whole?.subscriptions).toHaveLength(1);
    const { contactId } = first.adminContact as { contactId: string };
    expect(contactId).toBe(whole?.contacts[0]?.contactId);
  });

  test('of one person in three roles writes three contacts, who are read once for their address', async () => {
    const ana = { name: 'Ana Prado', mail: 'ana@aurora.example' };
    const users = [
      { ...ana, mail: 'Ana@Aurora.example' },
      { name: 'Lia Reis', mail: 'lia@aurora.example' },
    ];
    const given = order({ adminContact: ana, billingContact: ana, users });
    await run('customer.record', given);
    const read = async (oncePerAddress: boolean) => {
      const { contacts } = await run('customer.read', { customerId: idOf(given), oncePerAddress });
      return (contacts as { name: string; role: string }[]).map(
        ({ name, role }) => `${name} ${role}`,
      );
    };
    expect(await read(false)).toHaveLength(4);
    expect(await read(true)).toEqual(['Ana Prado admin', 'Lia Reis user']);
  });

  test('gives a key of its own to whom the key of the instance does not belong', async () => {
    await recorded();
    const other = await recorded();
    const row = await deps.record.table(CUSTOMER).get(idOf(other));
    expect(row?.keyId).not.toBe(KEY);
  });

  test('of another administrator marks the one before as left', async () => {
    const given = await recorded();
    const adminContact = { name: 'Leo Luz', mail: 'leo@aurora.example' };
    await run('customer.record', { ...given, adminContact });
    const contacts = await deps.record.table(CONTACT).of([idOf(given)]);
    const admins = contacts.filter(({ role }) => role === 'admin');
    expect(admins.map(({ state }) => state)).toEqual(['left', 'active']);
  });

  test('is withdrawn with its attempt, which then writes no more; the customer may come back', async () => {
    const given = await recorded();
    const attempt = String(given.attempt);
    expect(await run('customer.withdraw', { attempt })).toEqual({ withdrawn: true });
    expect(await run('customer.withdraw', { attempt })).toEqual({ withdrawn: false });
    const whole = await deps.record.get(idOf(given));
    expect([whole?.customer.state, whole?.subscriptions[0]?.state]).toEqual(['gone', 'cancelled']);
    await expect(run('customer.record', given)).rejects.toMatchObject({
      type: 'PROVISIONING_BARRED',
    });
    await run('customer.record', order({ customerId: idOf(given), source: 'return' }));
    expect((await deps.record.get(idOf(given)))?.customer.state).toBe('active');
  });

  test('leaves a customer who was there alone when its expansion is undone', async () => {
    const given = await recorded();
    const more = order({ customerId: idOf(given), source: 'expansion' });
    await run('customer.record', more);
    await run('customer.withdraw', { attempt: more.attempt ?? '' });
    const whole = await deps.record.get(idOf(given));
    expect(whole?.customer.state).toBe('active');
    expect(whole?.subscriptions.map(({ state }) => state)).toEqual(['active', 'cancelled']);
  });
});

describe('usage and goals', () => {
  test('an event that is told twice counts once, and props keep no text', async () => {
    const customerId = idOf(await recorded());
    const event = { name: 'process.live', at: '2026-03-02T11:00:00Z', props: { n: 2, who: 'Ana' } };
    expect(await run('usage.record', { customerId, event })).toMatchObject({ isNew: true });
    expect(await run('usage.record', { customerId, event })).toMatchObject({ isNew: false });
    const rows = await deps.record.table(USAGE_EVENT).of([customerId]);
    expect(rows.map(({ props }) => props)).toEqual([{ n: 2 }]);
  });

  test('tell who is active, and whether the administrator has logged in', async () => {
    const customerId = idOf(await recorded());
    const [admin] = await deps.record.table(CONTACT).of([customerId]);
    const login = { name: 'user.first-login', contactId: admin?.contactId ?? '' };
    await run('usage.record', { customerId, event: { ...login, at: '2026-03-01T11:00:00Z' } });
    const settings = { activeDays: 14, keyFeatures: ['a', 'b'], loginEvents: [login.name] };
    const { usage } = await run('usage.read', { customerId, settings });
    const expected = { activeUsers: 1, activeLicencePct: 33, keyFeaturesUsed: 0 };
    expect(usage).toMatchObject({ ...expected, adminLoggedIn: true });
  });

  test('a goal is measured by what came since, and settled once', async () => {
    const customerId = idOf(await recorded());
    const goal = { metric: 'report', unit: '', baseline: 5, target: 7, dueDate: '2030-01-01' };
    const { goals } = await run('goal.record', { customerId, goals: [goal] });
    const { goalId } = (goals as readonly { goalId: string }[])[0] ?? { goalId: '' };
    const tell = (eventId: string, at: string) =>
      run('usage.record', { customerId, event: { name: 'report', eventId, at } });
    await tell(`${goalId} before`, '2020-01-01T00:00:00Z');
    await tell(`${goalId} 1`, '2029-03-02T11:00:00Z');
    expect((await run('goal.measure', { customerId })).measures).toMatchObject([
      { value: 6, progressPct: 50, isReached: false },
    ]);
    await tell(`${goalId} 2`, '2029-03-02T11:30:00Z');
    await tell(`${goalId} late`, '2030-01-02T00:00:00Z');
    expect((await run('goal.measure', { customerId })).measures).toMatchObject([
      { value: 7, progressPct: 100, isReached: true },
    ]);
    await run('goal.settle', { goalId, state: 'reached', reachedBy: 'event' });
    expect(await run('goal.settle', { goalId, state: 'missed' })).toMatchObject({
      state: 'reached',
    });
    expect(await deps.record.table(GOAL).get(goalId)).toMatchObject({ state: 'reached' });
  });

  test('a goal of another customer is not changed', async () => {
    const goal = { metric: 'report', target: 7, dueDate: '2030-01-01' };
    const customerId = idOf(await recorded());
    const { goals } = await run('goal.record', { customerId, goals: [goal] });
    const { goalId = '' } = (goals as readonly { goalId: string }[])[0] ?? {};
    const given = { customerId: idOf(await recorded()), goals: [{ ...goal, goalId, target: 1 }] };
    await expect(run('goal.record', given)).rejects.toMatchObject({ type: 'JOB_INPUT_INVALID' });
    expect((await deps.record.table(GOAL).get(goalId))?.target).toBe(7);
  });

  test('of a product that tells nothing, nobody knows whether a goal was missed', async () => {
    const customerId = idOf(await recorded());
    const goal = { metric: 'report', target: 7, dueDate: '2030-01-01' };
    await run('goal.record', { customerId, goals: [goal] });
    await expect(run('goal.measure', { customerId, silentDays: 7 })).rejects.toMatchObject({
      type: 'USAGE_SILENT',
    });
  });
});

describe('meetings and training', () => {
  test('a meeting is proposed once, and an older version changes nothing', async () => {
    const customerId = idOf(await recorded());
    const hours = { slotHours: ['09:00', '17:30'], officeHours: ['08:00', '19:00'] };
    const counts = { slotCount: 3, slotDays: 5, slotMinutes: 60, officeTz: 'UTC' };
    const wanted = { customerId, tz: 'Europe/Lisbon', settings: { ...hours, ...counts } };
    const { meetingId } = await run('calendar.propose-slots', wanted, 'propose');
    const again = await run('calendar.propose-slots', wanted, 'propose');
    expect(again).toMatchObject({ meetingId });
    expect(await deps.record.table(MEETING).of([customerId])).toHaveLength(1);
    await run('meeting.record', { customerId, meetingId: String(meetingId), state: 'held' });
    const [row] = await deps.record.table(MEETING).of([customerId]);
    expect(row).toMatchObject({ state: 'held', kind: 'meeting', tz: 'Europe/Lisbon' });
  });

  test('progress never goes back, and a certificate holds so many months', async () => {
    const customerId = idOf(await recorded());
    const [contact] = await deps.record.table(CONTACT).of([customerId]);
    const contactId = contact?.contactId ?? '';
    const courseId = 'short';
    const { enrolmentId } = await run('lms.enrol', { customerId, contactId, courseId });
    const place = { contactId, courseId, enrolmentId: String(enrolmentId) };
    await run('lms.progress', { ...place, pct: 60, score: 50 });
    expect(await run('lms.progress', { ...place, pct: 40 })).toEqual({
      progressPct: 60,
      score: 50,
    });
    const [row] = await deps.record.table(ENROLMENT).of([customerId]);
    expect(row).toMatchObject({ state: 'started', progressPct: 60, score: 50 });
    const certified = { customerId, contactId, programId: courseId, holder: 'Rui Sá' };
    const issued = await run('certificate.issue', { ...certified, validMonths: 12 }, 'certify');
    expect(issued).toMatchObject({ expiresAt: '2027-03-02' });
    expect(issued.verificationId).toMatch(/^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/);
    await run('certificate.issue', { ...certified, validMonths: 12 }, 'certify');
    expect(await deps.record.table(TRAINING_CERTIFICATE).of([customerId])).toHaveLength(1);
  });
});
