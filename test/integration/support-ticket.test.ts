/** A ticket of support on a real Temporal server, with a real record and real mail. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SideEffectDeps } from '../../activities/side-effects.js';
import type { Variables } from '../../engine/model/index.js';
import { type Store, TICKET, TICKET_EVENT, TICKET_MESSAGE } from '../../store/index.js';
import { slaRowsOf } from '../../store/tickets.js';
import { newCustomer } from '../../worker/customers/new-customer.js';
import type { MailCatcher } from '../../worker/mail-catcher/index.js';
import { anImport } from '../support/customer-record.js';
import type { TestEngine } from '../support/durable.js';
import { type MailedEngine, startMailedEngine } from '../support/mailed-engine.js';

const CUSTOMER = {
  ...{ legalName: 'Padaria Aurora Ltda', taxId: '11.222.333/0001-81', country: 'BR' },
  ...{ planId: 'team', mrrMinor: 14_900, currency: 'BRL', contactName: 'Ana Prado' },
  ...{ contactMail: 'ana@aurora.example', locale: 'pt-BR', tz: 'America/Sao_Paulo' },
  since: '2024-02-29',
};

let engine: MailedEngine;
let catcher: MailCatcher;
let store: Store;
let deps: SideEffectDeps;
let durable: TestEngine;
let customerId: string;

beforeAll(async () => {
  engine = await startMailedEngine(['support-ticket']);
  ({ catcher, store, deps, durable } = engine);
  const customer = await newCustomer(CUSTOMER, deps.fingerprint, Date.now());
  await deps.record.take([customer], anImport(), 0);
  customerId = String(customer.customer.customerId);
});

afterAll(() => engine?.close());

type View = Awaited<ReturnType<TestEngine['until']>>;
const root = (view: View): Variables => view.state?.variables[view.state.rootId ?? ''] ?? {};

const publish = (name: string, key: string, messageId: string, variables: Variables) =>
  durable.engine.publish({ name, key, variables, timeToLive: 'P7D', messageId });

/** Hands a mail over, as a channel does. @returns its instance */
async function receive(messageId: string, more: Variables): Promise<string> {
  const from = { name: 'Ana', mail: 'Ana@aurora.example' };
  const mail = { messageId, channel: 'mail', from, subject: 'Relatório', pace: 'demo', ...more };
  const answer = await publish('ticket.received', messageId, messageId, mail as Variables);
  const [started] = answer.started;
  if (started === undefined) throw new Error(JSON.stringify(answer));
  return started.instanceId;
}

const taskOf = (view: View, elementId: string) =>
  Object.values(view.state?.tasks ?? {}).find((task) => task.elementId === elementId);

async function complete(
  instanceId: string,
  elementId: string,
  variables: Variables,
  actor = 'cory',
) {
  const view = await durable.until(instanceId, (seen) => taskOf(seen, elementId) !== undefined);
  const place = { instanceId, requestId: null, actor, action: null };
  const taskId = taskOf(view, elementId)?.id ?? '';
  const answer = await durable.engine.completeTask({ ...place, taskId, variables });
  expect(answer).toMatchObject({ ok: true });
}

const TRIAGED = {
  ...{ decision: 'ticket', ticketType: 'problem', component: 'product' },
  ...{ impact: 'one user', urgency: 'hampered' },
};

const statusIs = (id: string, status: string) =>
  durable.until(id, (seen) => root(seen).status === status);

describe('a ticket on a real server, with real mail and a real record', () => {
  test('misses its first reply, is answered, opened again by a reply that is joined, and closed', async () => {
    const id = await receive('ticket-1', { body: 'Erro ao salvar' });
    await complete(id, 'triage', TRIAGED);
    const view = await durable.until(id, (seen) => taskOf(seen, 'work') !== undefined);
    const elements = Object.values(view.state?.elements ?? {});
    // thousands of tickets wait at once: one timer and one message each
    expect(elements.flatMap(({ timers }) => timers)).toHaveLength(1);
    expect(elements.flatMap(({ subscriptions }) => subscriptions)).toHaveLength(1);
    const apology = { decision: 'release', apology: 'Respondemos hoje.' };
    await complete(id, 'tell-customer', apology);
    await complete(id, 'work', { decision: 'solve', answer: 'Corrigido.' });
    const ticketId = String(root(await statusIs(id, 'solved')).ticketId);
    const reply = await receive('ticket-2', { body: 'O erro voltou.', replyTo: ticketId });
    expect(await durable.ended(reply)).toBe('COMPLETED');
    await statusIs(id, 'open');
    // Whoever takes its work over has the ticket from then on.
    await complete(id, 'work', { decision: 'solve', answer: 'Agora sim.' }, 'eva');
    expect(await durable.ended(id, 40_000)).toBe('COMPLETED');

    const ticket = await deps.record.table(TICKET).get(ticketId);
    expect(ticket).toMatchObject({
      ...{ customerId, status: 'closed', outcome: 'closed', priority: 'P3', channel: 'mail' },
      ...{ type: 'problem', component: 'product', assigneeId: 'eva' },
    });
    const events = await deps.record.table(TICKET_EVENT).of([customerId]);
    expect(events.map(({ type, to }) => `${type} ${to}`)).toEqual([
      ...['created P3', 'assigned cory', 'status open', 'agent_reply null', 'status solved'],
      ...['customer_reply null', 'status open', 'agent_reply null', 'status solved'],
      ...['assigned eva', 'closed closed'],
    ]);
    const messages = await deps.record.table(TICKET_MESSAGE).of([customerId]);
    const texts = messages.map((row) => (row.isErased ? null : `${row.direction} ${row.body}`));
    expect(texts).toEqual([
      ...['in Erro ao salvar', 'out Corrigido.', 'in O erro voltou.', 'out Agora sim.'],
    ]);
    const rows = await store.effects.runOnce('look', 'look', 'look', async (tx) =>
      (await slaRowsOf(tx, ticketId)).map(({ metric, number, state, why, breachedAt }) => ({
        ...{ clock: `${metric} ${number} ${state}`, isMissed: breachedAt !== null },
        parts: (why as readonly unknown[]).length,
      })),
    );
    expect(rows).toMatchObject([
      { clock: 'first_reply 1 breached', isMissed: true, parts: 1 },
      { clock: expect.stringMatching(/^requester_wait 1 (met|breached)$/) },
    ]);
    const mails = [...(await catcher.mailbox.list())].reverse();
    const number = ticketId.slice(-8).toUpperCase();
    const told = mails.map(({ to, subject }) => `${to}: ${subject}`);
    expect(told.filter((line) => line.startsWith('ana@aurora'))).toEqual([
      `ana@aurora.example: [${number}] Recebemos sua mensagem`,
      `ana@aurora.example: [${number}] Estamos atrasados`,
      `ana@aurora.example: [${number}] Resolvido`,
      `ana@aurora.example: [${number}] Resolvido`,
      `ana@aurora.example: [${number}] Encerrado`,
    ]);
    expect(told).toContain(`max@support.example: [${number}] 100 % of the time is over`);
  }, 90_000);

  test('that is closed goes on in another one', async () => {
    const [first] = await deps.record.table(TICKET).of([customerId]);
    const closedId = first?.ticketId ?? '';
    const id = await receive('ticket-3', { body: 'Mais uma pergunta', replyTo: closedId });
    await complete(id, 'triage', { decision: 'spam' });
    expect(await durable.ended(id)).toBe('COMPLETED');
    const tickets = await deps.record.table(TICKET).of([customerId]);
    expect(tickets.slice(1)).toMatchObject([
      { followUpOf: closedId, status: 'closed', outcome: 'spam', assigneeId: null },
    ]);
  }, 60_000);

  test('of a stranger waits for a person who knows', async () => {
    const from = { name: 'Bia', mail: 'bia@aurora.example' };
    const id = await receive('ticket-4', { body: 'Oi', from });
    const view = await durable.until(id, (seen) => taskOf(seen, 'who-is-this') !== undefined);
    expect(root(view).knownCustomers).toMatchObject([
      { value: customerId, label: 'Padaria Aurora Ltda (BR)' },
    ]);
    await complete(id, 'who-is-this', { decision: 'known', knownId: customerId });
    await complete(id, 'triage', { decision: 'spam' });
    expect(await durable.ended(id)).toBe('COMPLETED');
    const whole = await deps.record.get(customerId);
    expect(whole?.contacts).toMatchObject([
      { mail: 'ana@aurora.example' },
      { mail: 'bia@aurora.example', role: 'user' },
    ]);
  }, 60_000);
});
