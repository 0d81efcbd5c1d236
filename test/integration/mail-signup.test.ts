/** A sign-up on a real Temporal server, with its real side effects and real mail. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SideEffectDeps } from '../../activities/side-effects.js';
import type { PublishInput } from '../../contracts/correlation.js';
import { isContext, type Variables } from '../../engine/model/index.js';
import type { Store } from '../../store/index.js';
import { activeResources, type ResourceKind } from '../../store/registry/index.js';
import { createCustomers } from '../../worker/customers/index.js';
import type { MailCatcher } from '../../worker/mail-catcher/index.js';
import { anImport } from '../support/customer-record.js';
import type { TestEngine } from '../support/durable.js';
import { type MailedEngine, startMailedEngine } from '../support/mailed-engine.js';
import { ORDER } from '../support/order.js';

let engine: MailedEngine;
let catcher: MailCatcher;
let store: Store;
let durable: TestEngine;
let deps: SideEffectDeps;

beforeAll(async () => {
  engine = await startMailedEngine(['signup']);
  ({ catcher, store, deps, durable } = engine);
});

afterAll(() => engine?.close());

const start = async (variables: Variables): Promise<string> => {
  const command = { processId: 'signup', variables: { ...ORDER, ...variables } as Variables };
  const answer = await durable.engine.start({ ...command, requestId: null, actor: 'test' });
  if (!answer.ok) throw new Error(answer.message ?? 'not started');
  return answer.instanceId;
};

const root = (view: Awaited<ReturnType<TestEngine['until']>>): Variables =>
  view.state?.variables[view.state.rootId ?? ''] ?? {};

const publish = (name: string, key: string, variables: Variables = {}) => {
  const message: PublishInput = {
    name,
    key,
    variables,
    timeToLive: 'P7D',
    messageId: `${name} ${key}`,
  };
  return durable.engine.publish(message);
};

/** Waits for the contract, and signs it. */
const sign = async (instanceId: string): Promise<void> => {
  const view = await durable.until(instanceId, (seen) => root(seen).contract !== undefined);
  const { contractId } = root(view).contract as { contractId: string };
  await publish('contract.signed', contractId, { version: 1, signer: 'Ana', hash: 'abcd' });
};

/** Waits for a task, and sends an answer. */
const answerTask = async (instanceId: string, elementId: string, variables: Variables) => {
  const taskOf = (view: Awaited<ReturnType<TestEngine['until']>>) =>
    Object.values(view.state?.tasks ?? {}).find((task) => task.elementId === elementId);
  const view = await durable.until(instanceId, (seen) => taskOf(seen) !== undefined);
  const place = { instanceId, requestId: null, actor: 'pat', action: null };
  return durable.engine.completeTask({ ...place, taskId: taskOf(view)?.id ?? '', variables });
};

/** Waits for a task, and completes it. */
const complete = async (instanceId: string, elementId: string, variables: Variables) => {
  expect(await answerTask(instanceId, elementId, variables)).toMatchObject({ ok: true });
};

let looks = 0;
const countOf = (kind: ResourceKind, customerId: string): Promise<number> => {
  looks += 1;
  return store.effects.runOnce(
    `look${looks}`,
    'look',
    'look',
    async (tx) => (await activeResources(tx, kind, { customerId })).length,
  );
};

const KINDS: readonly ResourceKind[] = [
  'tenant',
  'billing-account',
  'licence',
  'entitlement',
  'access',
];

/** What becomes of a customer in a file. */
const imported = (taxId: string) => {
  const { fingerprint } = deps;
  const customers = createCustomers({ record: deps.record, fingerprint });
  const [legal_name, contact_name, since] = ['Aurora', 'Ana', '2026-01-02'];
  const place = { tz: 'America/Sao_Paulo', locale: 'pt-BR', country: 'BR', plan: 'team' };
  const price = { mrr_minor: '100', currency: 'BRL' };
  const cells = { legal_name, contact_name, since, tax_id: taxId, ...place, ...price };
  const line = { line: 2, cells: { ...cells, contact_email: 'ana@import.example' } };
  return customers.importLines(anImport(), [line], 0);
};

describe('a sign-up on a real server, with real mail and a real registry', () => {
  test('ends with a ready account; the token of its link is nowhere but in the mail', async () => {
    const id = await start({ orderId: 'O-ready' });
    await sign(id);
    const view = await durable.until(id, (seen) => root(seen).linkExpiresAt !== undefined);
    const { contactId } = root(view).adminContact as { contactId: string };
    const customerId = String(root(view).customerId);
    await publish('user.first-login', contactId);
    await complete(id, 'check-setup', { setupConfirmed: true });
    expect(await durable.ended(id)).toBe('COMPLETED');
    expect(await Promise.all(KINDS.map((kind) => countOf(kind, customerId)))).toEqual([
      1, 1, 3, 1, 1,
    ]);
    const mails = [...(await catcher.mailbox.list())].reverse();
    expect(mails.map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
      'ana@aurora.example: Seu contrato conosco, versão 1',
      'ana@aurora.example: Suas licenças estão prontas',
      'rui@aurora.example: Your access as administrator',
    ]);
    const token = /access#([\w-]+)/.exec(mails[2]?.text ?? '')?.[1] ?? '';
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(await durable.journal(id))).not.toContain(token);
    const recorded = await deps.record.get(customerId);
    expect(recorded).toMatchObject({
      customer: { legalName: 'Padaria Aurora Ltda', state: 'active', stage: 'onboarding' },
      subscriptions: [{ planId: 'team', seats: 3, priceMinor: 1_200_000, period: 'year' }],
    });
    expect(recorded?.contacts.map((one) => [one.role, !one.isErased && one.mail])).toEqual([
      ['admin', 'rui@aurora.example'],
      ['billing', 'ana@aurora.example'],
    ]);
    expect(recorded?.contacts[0]?.contactId).toBe(contactId);
  });

  test('is known to an import by its tax id, and after a cancellation no longer', async () => {
    const taxId = '11.444.777/0001-61';
    const id = await start({ orderId: 'O-cancelled', taxId });
    // the customer of the test before has the same mail domain
    await complete(id, 'new-or-same', { decision: 'new' });
    await sign(id);
    const view = await durable.until(id, (seen) => root(seen).linkExpiresAt !== undefined);
    const customerId = String(root(view).customerId);
    expect(await imported(taxId)).toMatchObject([{ outcome: 'known', customerId }]);
    await publish('customer.cancelled', 'O-cancelled');
    expect(await durable.ended(id)).toBe('COMPLETED');
    expect(await deps.record.get(customerId)).toMatchObject({
      customer: { state: 'gone', stage: null },
      subscriptions: [{ state: 'cancelled' }],
    });
    expect(await imported(taxId)).toMatchObject([{ outcome: 'taken' }]);
  });

  test('of a plan that nobody knows is tried again, aborted, and leaves nothing behind', async () => {
    const id = await start({ orderId: 'O-failed', planId: 'gold' });
    // the customer of the test before has the same tax id
    await complete(id, 'new-or-same', { decision: 'new' });
    await sign(id);
    const retry = { decision: 'retry', planId: 'silver', seats: 5000 };
    expect(await answerTask(id, 'retry-licences', retry)).toMatchObject({
      code: 'FORM_SUBMISSION',
    });
    await complete(id, 'retry-licences', { ...retry, planId: 'starter' });
    await complete(id, 'retry-licences', { decision: 'abort', abortReason: 'no such plan' });
    expect(await durable.ended(id)).toBe('COMPLETED');
    const entries = await durable.journal(id);
    const customerId = entries
      .map(({ data }) => (isContext(data?.values) ? data.values.customerId : undefined))
      .find((one) => one !== undefined);
    expect(await Promise.all(KINDS.map((kind) => countOf(kind, String(customerId))))).toEqual([
      0, 0, 0, 0, 0,
    ]);
    expect(
      entries.some(({ elementId, kind }) => elementId === 'failed' && kind === 'elementCompleted'),
    ).toBe(true);
  });
});
