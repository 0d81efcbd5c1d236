import { describe, expect, test } from 'vitest';
import type { JournalKind } from '../../../engine/model/index.js';
import type { JournalInstance, Store } from '../../../store/index.js';
import { aLife, anInstance as anyInstance, KEYS, numbered } from '../../support/store.js';

/** Everything people read, in a fixed order. */
async function readAll(store: Store): Promise<object> {
  const all = { limit: 10_000 };
  return {
    instances: (await store.processInstances.search(all)).items,
    elements: (await store.elementInstances.search(all)).items,
    tasks: (await store.userTasks.search(all)).items,
    incidents: (await store.incidents.search(all)).items,
    variables: (await store.variables.search(all)).items,
    called: (await store.calledInstances.search(all)).items,
    timers: (await store.timers.search(all)).items,
    subscriptions: (await store.subscriptions.search(all)).items,
  };
}

/** Everything people read of one instance, with its id left out. */
async function readOne(store: Store, { instanceId }: { readonly instanceId: string }) {
  const filter = { instanceId };
  const parts = {
    journal: (await store.journal.search({ filter })).items,
    instance: await store.processInstances.get(instanceId),
    elements: (await store.elementInstances.search({ filter })).items,
    tasks: (await store.userTasks.search({ filter })).items,
    incidents: (await store.incidents.search({ filter })).items,
    variables: (await store.variables.search({ filter })).items,
    called: (await store.calledInstances.search({ filter })).items,
  };
  return JSON.parse(JSON.stringify(parts).replaceAll(instanceId, 'it'));
}

const task = { elementId: 'Task_Call', elementInstanceId: 'Task_Call:2', scopeId: 'Process:1' };
const ending = [
  { kind: 'elementCompleted', elementId: 'Process', elementInstanceId: 'Process:1' },
  { kind: 'instanceCompleted' },
] as const;

/** The journal, and the projections that are made of it: the same in the open and sealed. */
export function journalSuite(store: () => Store): void {
  journalUnder('system', store);
  journalUnder(KEYS.ana, store);
}

function journalUnder(customerKeyId: string, store: () => Store): void {
  const anInstance = (changes: Partial<JournalInstance> = {}): JournalInstance =>
    anyInstance({ customerKeyId, ...changes });

  describe(`journal under key ${customerKeyId}`, () => {
    test('gives back what was appended', async () => {
      const instance = anInstance();
      const life = aLife();
      expect(await store().journal.append(instance, life)).toEqual({ lastSequence: life.length });
      const { instanceId } = instance;
      const { items } = await store().journal.search({ filter: { instanceId } });
      expect(items).toEqual(life.map((entry) => ({ instanceId, ...entry, isErased: false })));
    });

    test('an instance whose start was refused says so, also after a rebuild', async () => {
      const instance = anInstance();
      const { instanceId } = instance;
      const refused = { kind: 'requestRefused', data: { code: 'VARIABLE_MISSING' } } as const;
      await store().journal.append(instance, numbered([refused]));
      const found = await store().processInstances.get(instanceId);
      expect(found).toMatchObject({ state: 'REFUSED', startedAt: null });
      expect(found?.endedAt).not.toBeNull();
      await store().journal.rebuild();
      expect(await store().processInstances.get(instanceId)).toEqual(found);
      // Of one that runs it is the request that was refused.
      const other = anInstance();
      await store().journal.append(other, numbered([{ kind: 'instanceStarted' }, refused]));
      const running = await store().processInstances.get(other.instanceId);
      expect(running).toMatchObject({ state: 'ACTIVE', endedAt: null });
    });

    test('tells what an instance waits for, also after a rebuild', async () => {
      const instance = anInstance();
      const filter = { instanceId: instance.instanceId };
      const timer = (kind: JournalKind, timerId: string, dueAt = '2026-03-03T10:00:00.000Z') =>
        ({ kind, elementId: 'late', elementInstanceId: 'T:2', data: { timerId, dueAt } }) as const;
      const wait = (kind: JournalKind, subscriptionId: string) => {
        const data = { subscriptionId, of: 'message', name: 'paid', key: '42' };
        return { kind, elementId: 'paid', elementInstanceId: 'T:2', data } as const;
      };
      const entries = numbered([
        { kind: 'instanceStarted' },
        timer('timerArmed', 'late:3'),
        timer('timerArmed', 'late:4'),
        timer('timerFired', 'late:4'),
        timer('timerArmed', 'late:5'),
        timer('timerCancelled', 'late:5'),
        timer('timerArmed', 'late:3', '2026-03-04T10:00:00.000Z'),
        wait('subscriptionOpened', 'paid:6'),
        wait('subscriptionOpened', 'paid:7'),
        wait('messageReceived', 'paid:7'),
        wait('subscriptionOpened', 'paid:8'),
        wait('subscriptionClosed', 'paid:8'),
      ]);
      const waits = async () => ({
        timers: (await store().timers.search({ filter })).items.map(({ timerId, state, dueAt }) => [
          timerId,
          state,
          dueAt,
        ]),
        open: (await store().subscriptions.search({ filter: { ...filter, closedAt: null } })).items,
      });
      await store().journal.append(instance, entries);
      const told = await waits();
      expect(told.timers).toEqual([
        ['late:4', 'FIRED', '2026-03-03T10:00:00.000Z'],
        ['late:5', 'CANCELLED', '2026-03-03T10:00:00.000Z'],
        ['late:3', 'ARMED', '2026-03-04T10:00:00.000Z'],
      ]);
      expect(told.open).toMatchObject([
        { subscriptionId: 'paid:6', kind: 'message', name: 'paid', key: '42', takenAt: null },
        { subscriptionId: 'paid:7', takenAt: expect.any(String) },
      ]);
      await store().journal.rebuild();
      expect(await waits()).toEqual(told);
    });

    test('projects a whole life', async () => {
      const instance = anInstance({ businessKey: 'order-7' });
      const { instanceId } = instance;
      const filter = { instanceId };
      await store().journal.append(instance, aLife());
      expect(await store().processInstances.get(instanceId)).toEqual({
        instanceId,
        processId: 'onboarding',
        definitionVersion: 1,
        definitionHash: 'hash-1',
        callerInstanceId: null,
        rootInstanceId: instanceId,
        customerKeyId,
        businessKey: 'order-7',
        lastSequence: 21,
        state: 'COMPLETED',
        startedAt: '2026-03-02T12:00:01.000Z',
        endedAt: '2026-03-02T12:00:21.000Z',
        durationMs: 20_000,
        hasIncident: false,
      });
      expect(await store().userTasks.get(instanceId, 'Task_Call:2')).toMatchObject({
        assignee: 'ana',
        candidateGroups: ['success'],
        state: 'COMPLETED',
        action: 'approve',
        completedBy: 'ana',
        revision: 7,
        formId: 'call-form',
      });
      const elements = (await store().elementInstances.search({ filter })).items;
      expect(elements.map((row) => [row.elementId, row.kind, row.state, row.scopeId])).toEqual([
        ['Process', 'process', 'COMPLETED', null],
        ['Task_Call', 'userTask', 'COMPLETED', 'Process:1'],
        ['Task_Mail', 'serviceTask', 'CANCELLED', 'Process:1'],
        ['Call_Bill', 'callActivity', 'COMPLETED', 'Process:1'],
      ]);
      expect((await store().incidents.search({ filter })).items).toMatchObject([
        {
          code: 'MAIL_REFUSED',
          class: 'UNKNOWN',
          state: 'RESOLVED',
          resolvedBy: 'olga',
          elementId: 'Task_Mail',
        },
      ]);
      expect((await store().calledInstances.search({ filter })).items).toMatchObject([
        { childId: 'child:7', processId: 'billing', state: 'ENDED', outcome: 'completed' },
      ]);
      const variables = (await store().variables.search({ filter })).items;
      expect(variables.map(({ scopeId, name, value }) => [scopeId, name, value])).toEqual([
        ['Process:1', 'nested', { a: [1, 'x'] }],
        ['Process:1', 'note', null],
        ['Process:1', 'plan', 'silver'],
        ['Process:1', 'seats', 80],
        ['Process:1', 'text', '5'],
        ['Task_Call:2', 'answer', true],
      ]);
    });

    test('projects the same whether entries come together or one by one', async () => {
      const [one, two] = [anInstance(), anInstance()];
      await store().journal.append(one, aLife());
      for (const entry of aLife()) await store().journal.append(two, [entry]);
      expect(await readOne(store(), two)).toEqual(await readOne(store(), one));
    });

    test('shows an open incident until it is closed', async () => {
      const instance = anInstance();
      const incident = { elementId: 'A', elementInstanceId: 'A:1' };
      const data = { incidentId: 'incident:1', code: 'X', message: 'y' };
      const opened = numbered([
        { kind: 'instanceStarted' },
        { kind: 'incidentOpened', ...incident, data },
      ]);
      await store().journal.append(instance, opened);
      const filter = { hasIncident: true, instanceId: instance.instanceId };
      expect((await store().processInstances.search({ filter })).items).toHaveLength(1);
      const closed = numbered([{ kind: 'incidentClosed', ...incident, data }], 3);
      await store().journal.append(instance, closed);
      expect((await store().processInstances.search({ filter })).items).toHaveLength(0);
    });

    test('suspends, resumes, and follows a migration', async () => {
      const instance = anInstance();
      const append = async (
        kind: 'instanceStarted' | 'instanceSuspended' | 'instanceResumed',
        at: number,
      ) => {
        await store().journal.append(instance, numbered([{ kind }], at));
        return (await store().processInstances.get(instance.instanceId))?.state;
      };
      expect(await append('instanceStarted', 1)).toBe('ACTIVE');
      expect(await append('instanceSuspended', 2)).toBe('SUSPENDED');
      expect(await append('instanceResumed', 3)).toBe('ACTIVE');
      const migrated = { ...instance, definition: { version: 2, hash: 'hash-2' } };
      await store().journal.append(migrated, numbered([{ kind: 'flowTaken' }], 4));
      expect(await store().processInstances.get(instance.instanceId)).toMatchObject({
        definitionVersion: 2,
        definitionHash: 'hash-2',
        lastSequence: 4,
      });
    });

    test('passes over what it has, alone and together with what is new', async () => {
      const instance = anInstance();
      const life = aLife();
      await store().journal.append(instance, life.slice(0, 5));
      expect(await store().journal.append(instance, life.slice(0, 3))).toEqual({ lastSequence: 5 });
      expect(await store().journal.append(instance, life.slice(2, 9))).toEqual({ lastSequence: 9 });
      const { instanceId } = instance;
      expect((await store().journal.search({ filter: { instanceId } })).items).toHaveLength(9);
    });

    test('refuses a gap, says what it expects, and stores nothing of it', async () => {
      const instance = anInstance();
      const { instanceId } = instance;
      const life = aLife();
      await expect(store().journal.append(instance, life.slice(1, 3))).rejects.toMatchObject({
        code: 'STORE_JOURNAL_GAP',
        facts: { instance: instanceId, expected: 1, found: 2 },
      });
      expect(await store().processInstances.get(instanceId)).toBeNull();
      await store().journal.append(instance, life.slice(0, 3));
      const torn = [...life.slice(3, 5), ...life.slice(6, 8)];
      await expect(store().journal.append(instance, torn)).rejects.toMatchObject({
        facts: { expected: 6, found: 7 },
      });
      expect((await store().processInstances.get(instanceId))?.lastSequence).toBe(3);
    });

    test('writes many appends at once; one that is refused does not hinder the others', async () => {
      const life = aLife();
      const many = Array.from({ length: 40 }, () => anInstance());
      const bad = anInstance();
      const outcomes = await Promise.allSettled([
        ...many.map((instance) => store().journal.append(instance, life.slice(0, 10))),
        store().journal.append(bad, life.slice(3, 5)),
        ...many.map((instance) => store().journal.append(instance, life.slice(10))),
      ]);
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
      const filter = { instanceId: { $in: many.map(({ instanceId }) => instanceId) } };
      const { items } = await store().processInstances.search({ filter });
      expect(items.map(({ state, lastSequence }) => [state, lastSequence])).toEqual(
        many.map(() => ['COMPLETED', 21]),
      );
    });

    test('refuses only the append whose data the database refuses', async () => {
      const [good, bad] = [anInstance(), anInstance()];
      const nameless = numbered([{ kind: 'elementEntered', data: { kind: 'task', name: null } }]);
      const [first, second] = await Promise.allSettled([
        store().journal.append(good, aLife()),
        store().journal.append(bad, nameless),
      ]);
      expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
      expect(await store().processInstances.get(bad.instanceId)).toBeNull();
    });

    test('holds any text, names like those of the prototype included', async () => {
      const instance = anInstance();
      const values = {
        odd: 'a\u0000b\ud800c \\u0000 "\'\n😀',
        __proto__x: 1,
        constructor: { 'k\u0000': 'v' },
      };
      const data = { values };
      const entries = numbered([{ kind: 'variablesWritten', scopeId: 's', data }]);
      await store().journal.append(instance, entries);
      const { instanceId } = instance;
      const { items } = await store().variables.search({ filter: { instanceId } });
      expect(items.map(({ name, value }) => [name, value])).toEqual([
        ['__proto__x', 1],
        ['constructor', { 'k\ufffd': 'v' }],
        ['odd', 'a\ufffdb\ufffdc \\u0000 "\'\n😀'],
      ]);
    });

    test('replaces what a decision left behind that was never recorded, and says so in the audit', async () => {
      const [instance, expected] = [anInstance(), anInstance()];
      const recorded = aLife().slice(0, 5);
      const lost = numbered([{ kind: 'taskCompleted', ...task, actor: 'ana' }, ...ending], 6);
      const decided = numbered([{ kind: 'taskAssigned', ...task, data: { assignee: 'bea' } }], 6);
      const { append } = store().journal;
      await append(instance, recorded, { after: 0, fence: 10 });
      await append(instance, lost, { after: 5, fence: 20 });
      expect((await store().processInstances.get(instance.instanceId))?.state).toBe('COMPLETED');
      expect(await append(instance, decided, { after: 5, fence: 21 })).toEqual({ lastSequence: 6 });
      await append(expected, [...recorded, ...decided]);
      expect(await readOne(store(), instance)).toEqual(await readOne(store(), expected));
      const object = `instance:${instance.instanceId}`;
      expect((await store().audit.query({ filter: { object } })).items).toMatchObject([
        { action: 'journal.replaced', facts: { from: 6, to: 8, after: 5, fence: 21 } },
      ]);
    });

    test('takes the same decision twice as one, and lets a tail go that nothing took the place of', async () => {
      const instance = anInstance();
      const { instanceId } = instance;
      const { append } = store().journal;
      const recorded = aLife().slice(0, 5);
      await append(instance, recorded, { after: 0, fence: 10 });
      const lost = numbered([{ kind: 'taskCompleted', ...task, actor: 'ana' }], 6);
      await append(instance, lost, { after: 5, fence: 20 });
      await append(instance, lost, { after: 5, fence: 21 });
      const audit = () => store().audit.query({ filter: { object: `instance:${instanceId}` } });
      expect((await audit()).items).toEqual([]);
      expect(await append(instance, [], { after: 5, fence: 22 })).toEqual({ lastSequence: 5 });
      expect(await store().userTasks.get(instanceId, 'Task_Call:2')).toMatchObject({
        state: 'CREATED',
        completedBy: null,
      });
      expect((await audit()).items).toHaveLength(1);
    });

    test('mends what a stale writer left while the newer one could not write', async () => {
      const instance = anInstance();
      const { append } = store().journal;
      await append(instance, aLife().slice(0, 5), { after: 0, fence: 10 });
      const stale = numbered([{ kind: 'taskCompleted', ...task }, ...ending], 6);
      await append(instance, stale, { after: 5, fence: 20 });
      const unacknowledged = numbered(
        [{ kind: 'taskAssigned', ...task, data: { assignee: 'b' } }],
        6,
      );
      const next = numbered([{ kind: 'taskAssigned', ...task, data: { assignee: 'c' } }], 7);
      const all = [...unacknowledged, ...next];
      expect(await append(instance, all, { after: 6, fence: 40 })).toEqual({ lastSequence: 7 });
      const row = await store().userTasks.get(instance.instanceId, 'Task_Call:2');
      expect(row).toMatchObject({ assignee: 'c', state: 'CREATED', revision: 7 });
    });

    test('refuses a writer whom a newer attempt has overtaken', async () => {
      const instance = anInstance();
      const { append } = store().journal;
      await append(instance, aLife().slice(0, 5), { after: 0, fence: 10 });
      const newer = numbered([{ kind: 'taskAssigned', ...task, data: { assignee: 'b' } }], 6);
      await append(instance, newer, { after: 5, fence: 30 });
      const late = numbered([{ kind: 'taskCompleted', ...task }, ...ending], 6);
      const refused = { code: 'STORE_JOURNAL_STALE' };
      await expect(append(instance, late, { after: 5, fence: 20 })).rejects.toMatchObject(refused);
      await append(instance, [], { after: 6, fence: 40 });
      const empty = numbered([{ kind: 'taskCompleted', ...task }], 7);
      await expect(append(instance, empty, { after: 6, fence: 35 })).rejects.toMatchObject(refused);
      // A server's clock that went back stops nobody who has more recorded.
      const more = numbered([{ kind: 'taskAssigned', ...task, data: { assignee: 'd' } }], 7);
      await append(instance, more, { after: 6, fence: 50 });
      const back = numbered([{ kind: 'taskCompleted', ...task, actor: 'ana' }], 8);
      expect(await append(instance, back, { after: 7, fence: 5 })).toEqual({ lastSequence: 8 });
    });

    test('rebuilds every projection as it was', async () => {
      const migrated = anInstance();
      await store().journal.append(migrated, aLife().slice(0, 6));
      const later = { ...migrated, definition: { version: 3, hash: 'hash-3' } };
      await store().journal.append(later, aLife().slice(6, 12));
      const before = await readAll(store());
      const { entries, instances } = await store().journal.rebuild();
      expect(await readAll(store())).toEqual(before);
      expect(entries).toBeGreaterThan(instances);
      const appended = await store().journal.append(later, aLife().slice(12));
      expect(appended.lastSequence).toBe(21);
    });

    test('takes appends that come during a rebuild', async () => {
      const instance = anInstance();
      await store().journal.append(instance, aLife().slice(0, 4));
      await Promise.all([
        store().journal.rebuild(),
        store().journal.append(instance, aLife().slice(4)),
      ]);
      const before = await readAll(store());
      await store().journal.rebuild();
      expect(await readAll(store())).toEqual(before);
      expect((await store().processInstances.get(instance.instanceId))?.state).toBe('COMPLETED');
    });
  });

  describe(`a parked instance under key ${customerKeyId}`, () => {
    const at = '2026-03-02T13:00:00.000Z';
    const parked = { incidentId: 'parked:2', code: 'STATE_TOO_LARGE', message: 'too much', at };
    const incidentsOf = async ({ instanceId }: { readonly instanceId: string }) =>
      (await store().incidents.search({ filter: { instanceId } })).items;

    test('shows an incident until a decision that began later is recorded', async () => {
      const instance = anInstance();
      const { journal, processInstances } = store();
      await journal.append(instance, numbered([{ kind: 'instanceStarted' }]), {
        after: 0,
        fence: 1,
      });
      await journal.park(instance, { ...parked, fence: 5 });
      expect(await incidentsOf(instance)).toMatchObject([
        {
          incidentId: 'parked:2',
          code: parked.code,
          class: 'UNKNOWN',
          state: 'ACTIVE',
          openedAt: at,
        },
      ]);
      expect(await processInstances.get(instance.instanceId)).toMatchObject({ hasIncident: true });
      await journal.append(instance, [], { after: 1, fence: 4 });
      expect(await incidentsOf(instance)).toMatchObject([{ state: 'ACTIVE' }]);
      await journal.append(instance, [], { after: 1, fence: 6 });
      expect(await incidentsOf(instance)).toMatchObject([
        { state: 'RESOLVED', endedAt: expect.any(String), resolvedBy: null },
      ]);
      await journal.park(instance, { ...parked, fence: 5 });
      expect(await incidentsOf(instance)).toMatchObject([{ state: 'RESOLVED' }]);
    });

    test('is there before its journal begins, and its journal begins all the same', async () => {
      const instance = anInstance();
      await store().journal.park(instance, { ...parked, fence: 5 });
      const found = await store().processInstances.get(instance.instanceId);
      expect(found).toMatchObject({ state: 'CREATED', lastSequence: 0, hasIncident: true });
      await store().journal.append(instance, aLife(), { after: 0, fence: 6 });
      const ended = await store().processInstances.get(instance.instanceId);
      expect(ended).toMatchObject({ state: 'COMPLETED', hasIncident: false });
    });

    test('one incident follows the other, and neither a rebuild nor a mended tail takes it away', async () => {
      const instance = anInstance();
      const { journal } = store();
      const life = aLife().slice(0, 5);
      await journal.append(instance, life, { after: 0, fence: 1 });
      await journal.park(instance, { ...parked, fence: 5 });
      const again = { ...parked, incidentId: 'parked:5', code: 'DECISION_TOO_LARGE', fence: 7 };
      await journal.park(instance, again);
      const both = [
        { incidentId: 'parked:2', state: 'RESOLVED' },
        { incidentId: 'parked:5', state: 'ACTIVE' },
      ];
      const byId = async () =>
        (await incidentsOf(instance)).toSorted((a, b) => (a.incidentId < b.incidentId ? -1 : 1));
      expect(await byId()).toMatchObject(both);
      await journal.rebuild();
      expect(await byId()).toMatchObject(both);
      await journal.append(instance, life.slice(0, 3), { after: 3, fence: 7 });
      expect(await byId()).toMatchObject(both);
      await journal.unpark(instance.instanceId);
      expect(await byId()).toMatchObject([{ state: 'RESOLVED' }, { state: 'RESOLVED' }]);
    });
  });
}
