/** The side effects of support, on a real store: what is kept, what happens once, and what joining and closing agree on. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSideEffects, type SideEffectDeps } from '../../activities/side-effects.js';
import type { ServiceTask } from '../../contracts/job.js';
import type { Variables } from '../../engine/model/index.js';
import {
  ENROLMENT,
  openStore,
  type Store,
  TICKET,
  TICKET_EVENT,
  TICKET_MESSAGE,
} from '../../store/index.js';
import { TICKET_READS } from '../../worker/control/tickets.js';
import { newCustomer } from '../../worker/customers/new-customer.js';
import { createSealing } from '../../worker/encryption/index.js';
import { anImport } from '../support/customer-record.js';
import { fixedKeys } from '../support/fixed-keys.js';
import { sideEffectDeps } from '../support/side-effects.js';

const KNOWN = {
  ...{ legalName: 'Ria Lda.', country: 'PT', planId: 'team', mrrMinor: 14_900, currency: 'EUR' },
  ...{ contactName: 'Inês', locale: 'pt-PT', tz: 'Europe/Lisbon', since: '2024-02-29' },
};

let store: Store;
let deps: SideEffectDeps;
let services: Readonly<Record<string, ServiceTask>>;
let customerId: string;
let otherId: string;
let contactId: string;

beforeAll(async () => {
  store = await openStore({ databaseUrl: null, folder: null }, createSealing(fixedKeys()));
  deps = sideEffectDeps(store);
  services = createSideEffects(deps);
  const make = (taxId: string, contactMail: string) =>
    newCustomer({ ...KNOWN, taxId, contactMail }, deps.fingerprint, Date.now());
  const [one, other] = [await make('599900016', 'ines@ria.pt'), await make('501442600', 'a@b.pt')];
  await deps.record.take([one, other], anImport(), 0);
  customerId = one.customer.customerId;
  contactId = one.contact.contactId;
  otherId = other.customer.customerId;
});
afterAll(() => store.close());

/** Runs a job; with the key of an earlier one it is tried again. */
const run = async (
  type: string,
  variables: Variables,
  effectKey: string = randomUUID(),
  customerKeyId = 'system',
): Promise<Variables> => {
  const place = { instanceId: 'i', processId: 'support-ticket', elementId: type, jobId: 'j' };
  const job = { ...place, variables, effectKey, headers: {}, customerKeyId };
  const answer = await services[type]?.({ ...job, elementInstanceId: 'e' });
  return answer ?? {};
};

const open = async (): Promise<string> => {
  const ticket = { type: 'question', component: 'product', priority: 'P3', channel: 'mail' };
  return String((await run('ticket.open', { customerId, contactId, ...ticket })).ticketId);
};

const message = (text: string, sourceId: string | null) => ({
  ...{ direction: 'in', visibility: 'public', auto: false, author: 'Inês', subject: null },
  ...{ text, attachments: [], sourceId },
});
const entry = (no: number, type: string, more: Variables = {}, text?: string) => ({
  event: { no, seq: no, at: `2026-03-02T09:0${no}:00-03:00`, type, ...more },
  message: text === undefined ? null : message(text, `s-${no}`),
});
const state = (more: Variables = {}) => ({
  ...{ type: 'question', component: 'product', priority: 'P3', status: 'open', assigneeId: 'rui' },
  ...{ incidentId: null, gateDecision: 'allow', mergedInto: null, outcome: null, ...more },
});
const slaRow = (more: Variables = {}) => ({
  ...{ metric: 'first_reply', number: 1, policy: 'standard', target: 480, basis: 'business' },
  ...{ state: 'running', startedAt: '2026-03-02T12:00:00.000Z', dueAt: '2026-03-02T20:00:00.000Z' },
  ...{ fulfilledAt: null, breachedAt: null, elapsedMinutes: 0, pausedMinutes: 0, why: [], ...more },
});

const textsOf = async (ticketId: string): Promise<readonly unknown[]> =>
  (await deps.record.table(TICKET_MESSAGE).of([customerId])).flatMap((row) =>
    row.ticketId === ticketId && !row.isErased ? [row.body] : [],
  );

describe('contact.identify', () => {
  const identify = (mail: string, more: Variables = {}) =>
    run('contact.identify', { from: { name: 'Inês', mail }, ...more });

  test('knows an address, however it is written', async () => {
    expect(await identify(' Ines@RIA.pt ')).toMatchObject({
      ...{ isKnown: true, customerId, contactId, planId: 'team' },
      contact: { mail: 'ines@ria.pt', locale: 'pt-PT' },
      training: { trained: false, colleague: false, graceUsed: 0 },
    });
  });

  test('offers the customer of a domain, and makes a contact once somebody says so', async () => {
    expect(await identify('rui@ria.pt')).toMatchObject({
      ...{ isKnown: false, problem: null, candidates: [{ value: customerId }] },
    });
    const key = randomUUID();
    const from = { name: 'Rui', mail: 'rui@ria.pt' };
    const first = await run('contact.identify', { from, customerId }, key);
    expect(await run('contact.identify', { from, customerId }, key)).toEqual(first);
    expect(await identify('rui@ria.pt')).toMatchObject({
      isKnown: true,
      contactId: first.contactId,
    });
    expect((await deps.record.get(customerId))?.contacts).toHaveLength(2);
  });

  test('lets the key of its instance die with the customer', async () => {
    const from = { name: 'Inês', mail: 'ines@ria.pt' };
    await run('contact.identify', { from }, randomUUID(), 'key-of-the-instance');
    expect(await store.customerKeys.all(customerId)).toContain('key-of-the-instance');
  });

  test('knows nobody by what is no address, whoever else had none', async () => {
    const from = { name: 'Eva', mail: 'unknown' };
    expect(await run('contact.identify', { from, customerId })).toMatchObject({ isKnown: true });
    expect(await identify('unknown')).toMatchObject({ isKnown: false, candidates: [] });
  });

  test('says that a customer is not there, and who has learnt', async () => {
    expect(await identify('x@y.example', { customerId: 'nobody' })).toMatchObject({
      ...{ isKnown: false, problem: 'no-customer', candidates: [] },
    });
    const passed = { progressPct: 100, score: 90, lastProgressAt: null, deadline: null };
    const of = { contactId, courseId: 'basics', runId: '1', customerId, state: 'passed' as const };
    await deps.record.table(ENROLMENT).add([{ ...of, ...passed }]);
    expect(await identify('ines@ria.pt')).toMatchObject({ training: { trained: true } });
    expect(await identify('rui@ria.pt')).toMatchObject({
      training: { trained: false, colleague: true },
    });
  });
});

describe('ticket.record', () => {
  test('writes what is new, once, whatever overlaps, and clocks where they changed', async () => {
    const ticketId = await open();
    const place = { ticketId, customerId, ticket: state() };
    const first = [entry(1, 'created', { to: 'P3' }, 'Help'), entry(2, 'status', { to: 'open' })];
    const key = randomUUID();
    const slaRows = [slaRow()];
    const written = { recordedUpTo: 2 };
    expect(await run('ticket.record', { ...place, entries: first, slaRows }, key)).toEqual(written);
    expect(await run('ticket.record', { ...place, entries: first, slaRows }, key)).toEqual(written);
    const more = [...first, entry(3, 'field', { name: 'policy', from: 'standard', to: null })];
    const again = { ...place, entries: more, slaRows: [slaRow({ elapsedMinutes: 9 })] };
    expect(await run('ticket.record', again)).toEqual({ recordedUpTo: 3 });
    const missed = { state: 'breached', breachedAt: '2026-03-02T20:00:00.000Z' };
    const late = { ...place, ticket: state({ status: 'on_hold' }), entries: [] };
    const last = await run('ticket.record', { ...late, slaRows: [slaRow(missed)] });
    expect(last).toEqual({ recordedUpTo: 3 });

    const events = await deps.record.table(TICKET_EVENT).of([customerId]);
    expect(events.map(({ seq, type, at }) => [seq, type, at])).toEqual([
      [1, 'created', '2026-03-02T12:01:00.000Z'],
      [2, 'status', '2026-03-02T12:02:00.000Z'],
      [3, 'policy', '2026-03-02T12:03:00.000Z'],
    ]);
    expect(await textsOf(ticketId)).toEqual(['Help']);
    const key8 = ticketId.slice(-8).toUpperCase();
    const seen = await TICKET_READS.getTicket({ store } as never, { key: key8 }, {} as never);
    expect(seen).toMatchObject({ ticket: { status: 'on-hold', assigneeId: 'rui' }, messages: 1 });
    expect(seen.clocks).toMatchObject([{ state: 'breached', targetMs: 28_800_000, elapsedMs: 0 }]);
  });
});

describe('ticket.join and ticket.close', () => {
  const reply = (into: string, sourceId: string, more: Variables = {}) =>
    run('ticket.join', {
      ...{ customerId, into, sourceId, author: 'Inês', subject: null, text: `text ${sourceId}` },
      ...{ attachments: [], at: '2026-03-02T12:00:00.000Z', ...more },
    });
  const close = (ticketId: string, known: readonly string[]) =>
    run('ticket.close', { ticketId, known, component: 'product', type: 'question', days: 30 });

  test('hand back what came at the instant of closing, and nothing after it', async () => {
    const ticketId = await open();
    expect(await reply(ticketId, 'm-1')).toMatchObject({ joined: true, joinedTo: ticketId });
    expect(await reply(ticketId, 'm-1')).toMatchObject({ joined: true });
    expect(await textsOf(ticketId)).toEqual(['text m-1']);
    expect(await close(ticketId, [])).toMatchObject({
      isClosed: false,
      missed: [{ sourceId: 'm-1', text: 'text m-1', author: 'Inês' }],
    });
    expect(await close(ticketId, ['m-1'])).toMatchObject({ isClosed: true, missed: [] });
    expect(await reply(ticketId, 'm-2')).toEqual({
      ...{ joined: false, joinedTo: null, closedId: ticketId },
    });
    expect(await textsOf(ticketId)).toEqual(['text m-1']);
  });

  test('know a ticket by its number as mails show it, of this customer alone', async () => {
    const ticketId = await open();
    const number = ticketId.slice(-8).toUpperCase();
    const joined = { joined: true, joinedTo: ticketId };
    expect(await reply(number, 'm-1')).toMatchObject(joined);
    expect(await reply(`[${number}]`, 'm-2')).toMatchObject(joined);
    expect(await reply(number, 'm-3', { customerId: otherId })).toMatchObject({ joined: false });
    expect(await reply(number.slice(1), 'm-4')).toMatchObject({ joined: false });
    await close(ticketId, ['m-1', 'm-2']);
    expect(await reply(number, 'm-5')).toMatchObject({ joined: false, closedId: ticketId });
  });

  test('one of both comes first, whoever is faster', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ticketId = await open();
      const both = await Promise.all([reply(ticketId, 'm-1'), close(ticketId, [])]);
      const [{ joined }, { isClosed }] = both as [Variables, Variables];
      expect([joined, isClosed].filter((won) => won === true)).toHaveLength(1);
    }
  });

  test('do not take what is not theirs, and follow a merge', async () => {
    const [source, target] = [await open(), await open()];
    expect(await reply(target, 'm-1', { customerId: otherId })).toMatchObject({ joined: false });
    expect(await reply('nothing', 'm-1')).toEqual({
      joined: false,
      joinedTo: null,
      closedId: null,
    });
    expect(await reply(source, 'm-1', { fromTicket: source })).toMatchObject({ joined: false });
    const merged = state({ status: 'closed', outcome: 'merged', mergedInto: target });
    const place = { ticketId: source, customerId, entries: [], slaRows: [] };
    await run('ticket.record', { ...place, ticket: merged });
    expect(await reply(source, 'm-3')).toMatchObject({ joined: true, joinedTo: target });
    expect(await textsOf(target)).toEqual(['text m-3']);
  });

  test('count tickets of a kind', async () => {
    const before = Number((await close(await open(), [])).similar);
    expect(before).toBeGreaterThan(1);
    expect((await close(await open(), [])).similar).toBe(before + 1);
  });

  test.each(['spam', 'merged'])('do not count what was %s among them', async (outcome) => {
    const before = Number((await close(await open(), [])).similar);
    const over = state({ status: 'closed', outcome });
    const place = { ticketId: await open(), customerId, entries: [], slaRows: [] };
    await run('ticket.record', { ...place, ticket: over });
    expect((await close(await open(), [])).similar).toBe(before + 1);
  });
});

describe('ticket.assign', () => {
  test('takes who has the fewest open tickets, then the one idle for longest, then the first', async () => {
    expect(await run('ticket.assign', { agents: ['new-1', 'new-2'] })).toEqual({
      assigneeId: 'new-1',
    });
    expect(await run('ticket.assign', { agents: [] })).toEqual({ assigneeId: null });
    const give = async (assigneeId: string): Promise<void> => {
      const place = { ticketId: await open(), customerId, entries: [], slaRows: [] };
      await run('ticket.record', { ...place, ticket: state({ assigneeId }) });
    };
    await give('new-1');
    expect(await run('ticket.assign', { agents: ['new-1', 'new-2'] })).toEqual({
      assigneeId: 'new-2',
    });
    await give('new-2');
    expect(await run('ticket.assign', { agents: ['new-2', 'new-1'] })).toEqual({
      assigneeId: 'new-1',
    });
    const tickets = await deps.record.table(TICKET).of([customerId]);
    expect(tickets.filter(({ assigneeId }) => assigneeId === 'new-1')).toHaveLength(1);
  });
});
