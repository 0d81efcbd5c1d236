/**
 * A whole onboarding by Camunda's own client: it deploys the packages, tells what happens outside, finds tasks and works them,
 * until the customer is activated. Mails, record and processes are the real ones.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../engine/model/index.js';
import { createRegistry } from '../../registry/index.js';
import { createOperate } from '../../worker/control/operations.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { openPeople, type People } from '../support/camunda.js';
import { type MailedEngine, startMailedEngine } from '../support/mailed-engine.js';
import { ORDER } from '../support/order.js';
import { readPackage } from '../support/package.js';

/** Callers after what they call. */
const PACKAGES = ['signup', 'welcome', 'training', 'quick-wins', 'onboarding'];
const DEAL = { ...ORDER, orderId: 'O-7001', planId: 'enterprise', seats: 2 };
const NOW = { consistency: { waitUpToMs: 0 } };
const WITHIN_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'jornada-camunda-'));
let engine: MailedEngine;
let people: People;
let camunda: CamundaClient;

beforeAll(async () => {
  engine = await startMailedEngine([]);
  const { store, durable } = engine;
  const parts = { engine: durable.engine, store, registry: createRegistry(store), folder };
  people = await openPeople(store, createOperate(parts as unknown as ControlParts));
  camunda = people.client(await people.token(['designer', 'csm', 'admin']));
});
afterAll(async () => {
  await people?.app.close();
  await engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Where all stands, for whoever reads why a test failed. */
async function situation(): Promise<string> {
  const filter = { state: 'ACTIVE' } as never;
  const { items: elements } = await camunda.searchElementInstances({ filter }, NOW);
  const { items: incidents } = await camunda.searchIncidents({ filter }, NOW);
  const at = elements.map(
    ({ processDefinitionId, elementId }) => `${processDefinitionId}/${elementId}`,
  );
  return JSON.stringify({ at, incidents: incidents.map(({ errorMessage }) => errorMessage) });
}

/** Looks until something is there. */
async function found<T>(what: string, look: () => Promise<T | null | undefined>): Promise<T> {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const one = await look();
    if (one !== null && one !== undefined) return one;
    if (Date.now() > deadline) throw new Error(`not found: ${what}; ${await situation()}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** The value of a variable of a process, of the newest instance. */
const valueIn = (processDefinitionId: string, name: string): Promise<Json> =>
  found(`${name} of ${processDefinitionId}`, async () => {
    const [instance] = (
      await camunda.searchProcessInstances({ filter: { processDefinitionId } as never }, NOW)
    ).items;
    if (!instance) return null;
    const scopeKey = instance.processInstanceKey as never;
    const { items } = await camunda.searchVariables({ filter: { scopeKey, name } as never }, NOW);
    return items[0] ? (JSON.parse(items[0].value) as Json) : null;
  });

const complete = async (elementId: string, variables: Readonly<Record<string, Json>>) => {
  const { userTaskKey } = await found(elementId, async () => {
    const filter = { elementId, state: 'CREATED' } as never;
    return (await camunda.searchUserTasks({ filter }, NOW)).items[0];
  });
  await camunda.completeUserTask({ userTaskKey, variables });
};

const publish = (name: string, correlationKey: string, variables: object = {}) =>
  camunda.publishMessage({
    ...{ name, correlationKey, timeToLive: 7 * 86_400_000 },
    variables: variables as never,
  });

test('a customer is brought from the deal to activation', { timeout: 240_000 }, async () => {
  for (const key of PACKAGES) {
    const files = Object.entries(readPackage(key)).map(([path, text]) => new File([text], path));
    const { deployments } = await camunda.createDeployment({ resources: files });
    const ids = deployments.map(({ processDefinition }) => processDefinition?.processDefinitionId);
    expect(ids).toContain(key);
  }
  const sponsor = { name: 'Ana Prado', mail: 'ana@aurora.example', locale: 'pt-BR' };
  await publish('deal.won', 'O-7001', { order: DEAL, sponsor, pace: 'demo' });

  const { contractId } = (await valueIn('signup', 'contract')) as { contractId: string };
  await publish('contract.signed', contractId, { version: 1, signer: 'Ana', hash: 'abcd' });
  await valueIn('signup', 'linkExpiresAt');
  const id = String(await valueIn('signup', 'customerId'));
  const { contactId: adminId } = (await valueIn('signup', 'adminContact')) as { contactId: string };
  await publish('user.first-login', adminId);
  await complete('check-setup', { setupConfirmed: true });
  await publish('product.event', id, { name: 'data.imported', eventId: 'e1', contactId: adminId });

  const meetingId = String(await valueIn('welcome', 'meetingId'));
  const slot = { start: '2030-03-04T13:00:00.000Z', end: '2030-03-04T14:00:00.000Z' };
  await publish('meeting.accepted', meetingId, { slot, sequence: 0 });
  await complete('held-notes', { decision: 'held', goalsText: 'first process live' });

  await complete('name-learners', { learnerIds: [adminId] });
  const enrolmentId = String(await valueIn('training-learner', 'enrolmentId'));
  await publish('training.progress', enrolmentId, { pct: 100, score: 90 });

  const goal = { metric: 'process.live', unit: '', baseline: 0, target: 1, dueDate: '2030-01-01' };
  await complete('agree-goals', { goals: [goal] });
  await complete('confirm-goals', { decision: 'confirm' });
  const done = { contactId: adminId, at: new Date().toISOString() };
  await publish('product.event', id, { name: 'report.delivered', eventId: 'e2', ...done });
  await publish('product.event', id, { name: 'process.live', eventId: 'e3', ...done });

  const filter = { processDefinitionId: 'onboarding' } as never;
  const ended = await found('the end of the onboarding', async () => {
    const [one] = (await camunda.searchProcessInstances({ filter }, NOW)).items;
    return one?.endDate ? one : null;
  });
  expect(ended.state).toBe('COMPLETED');
  const { processInstanceKey } = ended;
  const outcome = await camunda.searchVariables(
    { filter: { processInstanceKey, name: 'outcome' } as never },
    NOW,
  );
  expect(outcome.items.map(({ value }) => value)).toContain('"activated"');
  // Called processes tell who called them.
  const called = await camunda.searchProcessInstances(
    { filter: { parentProcessInstanceKey: processInstanceKey } as never },
    NOW,
  );
  expect(called.items.map((one) => one.processDefinitionId).sort()).toEqual([
    'quick-wins',
    'signup',
    'training',
    'welcome',
  ]);
  const incidents = await camunda.searchIncidents({ filter: { state: 'ACTIVE' } as never }, NOW);
  expect(incidents.items).toEqual([]);
});
