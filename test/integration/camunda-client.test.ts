/** Camunda's own client, unmodified and in its strictest mode, against the app on a real engine. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createRegistry } from '../../registry/index.js';
import { createOperate } from '../../worker/control/operations.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { openPeople, type People } from '../support/camunda.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  endEvent,
  messageCatch,
  model,
  scriptTask,
  signalCatch,
  startEvent,
  userTask,
} from '../support/durable-model.js';

const folder = mkdtempSync(join(tmpdir(), 'jornada-camunda-'));
let host: TestEngine;
let people: People;
let app: FastifyInstance;
let admin: CamundaClient;
const NOW = { consistency: { waitUpToMs: 0 } };

beforeAll(async () => {
  host = await startTestEngine({});
  const registry = createRegistry(host.store);
  const parts = { engine: host.engine, store: host.store, registry, folder };
  people = await openPeople(host.store, createOperate(parts as unknown as ControlParts));
  app = people.app;
  admin = people.client(await people.token(['admin', 'csm', 'designer']));
});
afterAll(async () => {
  await app?.close();
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});

// Whatever the client got has the shape that the document tells.
afterEach(() => expect(people.troubles).toEqual([]));

/** Deploys a model by the client. @returns the key of its definition */
async function deploy(xml: string): Promise<string> {
  const file = new File([xml], 'order.bpmn', { type: 'application/xml' });
  const { deployments } = await admin.createDeployment({ resources: [file] });
  return deployments[0]?.processDefinition?.processDefinitionKey ?? '';
}

/** A process with the decisions of a fixture beside it. */
const dishes = (processId: string): File[] => {
  const xml = model(processId, [startEvent('start'), endEvent('end')], 'start > end');
  return [
    new File([xml], 'process.bpmn', { type: 'application/xml' }),
    new File([readFileSync('test/fixtures/decisions/valid-dish.dmn')], 'dish.dmn'),
  ];
};

const taskOf = async (processInstanceKey: string) => {
  const found = await admin.searchUserTasks(
    { filter: { processInstanceKey, state: 'CREATED' } as never },
    NOW,
  );
  expect(found.page.totalItems).toBe(1);
  return found.items[0] as (typeof found.items)[number];
};

describe('through the life of an instance', () => {
  test('deploys, starts, searches, assigns, changes, completes', async () => {
    const parts = [startEvent('start'), userTask('check'), userTask('ship'), endEvent('end')];
    const key = await deploy(model('order', parts, 'start > check > ship > end'));
    expect(key).toMatch(/^\d+$/);
    expect(await deploy(model('order', parts, 'start > check > ship > end'))).toBe(key);
    const started = await admin.createProcessInstance({
      processDefinitionId: 'order' as never,
      variables: { amount: 12 },
      businessId: 'o-1' as never,
    });
    expect(started).toMatchObject({ processDefinitionKey: key, processDefinitionVersion: 1 });
    const { processInstanceKey } = started;
    const task = await taskOf(processInstanceKey);
    expect(task).toMatchObject({ elementId: 'check', processInstanceKey, assignee: null });
    const { userTaskKey } = task;
    await admin.assignUserTask({ userTaskKey, assignee: 'ann' });
    await expect(
      admin.assignUserTask({ userTaskKey, assignee: 'ben', allowOverride: false }),
    ).rejects.toMatchObject({ status: 409, title: 'INVALID_STATE' });
    await admin.updateUserTask({
      userTaskKey,
      changeset: { priority: 80, dueDate: '2030-01-01T10:00:00+02:00' },
    });
    expect(await admin.getUserTask({ userTaskKey }, NOW)).toMatchObject({
      ...{ assignee: 'ann', priority: 80, dueDate: '2030-01-01T08:00:00.000Z' },
    });
    await admin.unassignUserTask({ userTaskKey });
    await admin.completeUserTask({ userTaskKey, variables: { ok: true } });
    await expect(admin.completeUserTask({ userTaskKey })).rejects.toMatchObject({ status: 409 });
    const ship = await taskOf(processInstanceKey);
    expect(ship.elementId).toBe('ship');
    const variables = await admin.searchVariables(
      { filter: { processInstanceKey } as never, sort: [{ field: 'name', order: 'ASC' }] },
      NOW,
    );
    expect(variables.items.map(({ name, value }) => [name, value])).toEqual([
      ['amount', '12'],
      ['ok', 'true'],
    ]);
    expect(variables.items[0]?.scopeKey).toBe(processInstanceKey);
    await admin.createElementInstanceVariables({
      elementInstanceKey: processInstanceKey as never,
      variables: { amount: 13 },
    });
    const { variableKey } = variables.items[0] as (typeof variables.items)[number];
    expect(await admin.getVariable({ variableKey }, NOW)).toMatchObject({ value: '13' });
    const held = (value: string) =>
      admin.searchUserTasks(
        { filter: { processInstanceVariables: [{ name: 'amount', value }] } as never },
        NOW,
      );
    expect((await held('13')).items.map((one) => one.userTaskKey)).toContain(ship.userTaskKey);
    expect((await held('14')).items).toEqual([]);
    await expect(held('thirteen')).rejects.toMatchObject({ status: 400 });
    await admin.completeUserTask({ userTaskKey: ship.userTaskKey });
    const flows = await admin.getProcessInstanceSequenceFlows({ processInstanceKey }, NOW);
    expect(flows.items).toHaveLength(3);
    const counts = await admin.getProcessInstanceStatistics({ processInstanceKey }, NOW);
    expect(counts.items).toContainEqual({
      ...{ elementId: 'ship', active: 0, canceled: 0, incidents: 0, completed: 1 },
    });
    const line = await admin.getProcessInstanceCallHierarchy({ processInstanceKey }, NOW);
    expect(line).toMatchObject([{ processInstanceKey, processDefinitionKey: key }]);
    expect(await admin.getProcessInstance({ processInstanceKey }, NOW)).toMatchObject({
      ...{ state: 'COMPLETED', businessId: 'o-1', hasIncident: false },
    });
    const elements = await admin.searchElementInstances(
      { filter: { processInstanceKey } as never },
      NOW,
    );
    expect(elements.items.map(({ elementId, type, state }) => [elementId, type, state])).toEqual([
      ['start', 'START_EVENT', 'COMPLETED'],
      ['check', 'USER_TASK', 'COMPLETED'],
      ['ship', 'USER_TASK', 'COMPLETED'],
      ['end', 'END_EVENT', 'COMPLETED'],
    ]);
    expect(
      await admin.getProcessDefinitionXml({ processDefinitionKey: key as never }, NOW),
    ).toContain('id="order"');
  });

  test('publishes, correlates, broadcasts', async () => {
    await deploy(
      model(
        'waiting',
        [
          startEvent('start'),
          messageCatch('paid', 'paid', 'order'),
          messageCatch('sent', 'sent', 'order'),
          signalCatch('closing', 'closing'),
          endEvent('end'),
        ],
        'start > paid > sent > closing > end',
      ),
    );
    const { processInstanceKey } = await admin.createProcessInstance({
      processDefinitionId: 'waiting' as never,
      variables: { order: 'w-1' },
    });
    await expect(
      admin.correlateMessage({ name: 'sent', correlationKey: 'w-1' }),
    ).rejects.toMatchObject({ status: 404 });
    const message = { name: 'paid', correlationKey: 'w-1', timeToLive: 60_000 };
    expect((await admin.publishMessage(message)).messageKey).toMatch(/^\d+$/);
    const taken = await admin.correlateMessage({ name: 'sent', correlationKey: 'w-1' });
    expect(taken.processInstanceKey).toBe(processInstanceKey);
    await admin.broadcastSignal({ signalName: 'closing' });
    const state = async () =>
      (await admin.getProcessInstance({ processInstanceKey }, NOW)).state as string;
    await expect.poll(state, { timeout: 10_000 }).toBe('COMPLETED');
  });

  test('resolves an incident, once its cause is mended', async () => {
    await deploy(
      model(
        'counting',
        [
          startEvent('start'),
          scriptTask('sum', 'price * 2', 'total'),
          userTask('look'),
          endEvent('end'),
        ],
        'start > sum > look > end',
      ),
    );
    const { processInstanceKey } = await admin.createProcessInstance({
      processDefinitionId: 'counting' as never,
    });
    const { items } = await admin.searchIncidents(
      { filter: { processInstanceKey, state: 'ACTIVE' } as never },
      NOW,
    );
    expect(items).toMatchObject([{ elementId: 'sum', processInstanceKey }]);
    const { incidentKey, elementInstanceKey } = items[0] as (typeof items)[number];
    expect(await admin.getElementInstance({ elementInstanceKey }, NOW)).toMatchObject({
      ...{ hasIncident: true, incidentKey, state: 'ACTIVE' },
    });
    await admin.createElementInstanceVariables({
      elementInstanceKey: processInstanceKey as never,
      variables: { price: 4 },
    });
    await admin.resolveIncident({ incidentKey });
    expect(await admin.getIncident({ incidentKey }, NOW)).toMatchObject({ state: 'RESOLVED' });
    expect((await taskOf(processInstanceKey)).elementId).toBe('look');
  });

  test('modifies, migrates, cancels', async () => {
    const parts = (name: string) => [
      startEvent('start'),
      userTask(name),
      userTask('ship'),
      endEvent('end'),
    ];
    await deploy(model('moving', parts('check'), 'start > check > ship > end'));
    const target = await deploy(model('moving', parts('review'), 'start > review > ship > end'));
    const { processInstanceKey } = await admin.createProcessInstance({
      ...{ processDefinitionId: 'moving' as never, processDefinitionVersion: 1 },
    });
    const first = await taskOf(processInstanceKey);
    await expect(
      admin.migrateProcessInstance({
        ...{ processInstanceKey, targetProcessDefinitionKey: target as never },
        mappingInstructions: [],
      }),
    ).rejects.toMatchObject({ status: 400, title: 'INVALID_ARGUMENT' });
    await admin.migrateProcessInstance({
      ...{ processInstanceKey, targetProcessDefinitionKey: target as never },
      mappingInstructions: [
        { sourceElementId: 'check' as never, targetElementId: 'review' as never },
      ],
    });
    const review = await taskOf(processInstanceKey);
    expect(review).toMatchObject({
      ...{ elementId: 'review', userTaskKey: first.userTaskKey, processDefinitionVersion: 2 },
    });
    await admin.modifyProcessInstance({
      processInstanceKey,
      moveInstructions: [
        {
          sourceElementInstruction: {
            ...{ sourceType: 'byKey', sourceElementInstanceKey: review.elementInstanceKey },
          },
          targetElementId: 'ship' as never,
        },
      ] as never,
    });
    expect((await taskOf(processInstanceKey)).elementId).toBe('ship');
    await admin.cancelProcessInstance({ processInstanceKey });
    expect(await admin.getProcessInstance({ processInstanceKey }, NOW)).toMatchObject({
      state: 'TERMINATED',
    });
    await expect(admin.cancelProcessInstance({ processInstanceKey })).rejects.toMatchObject({
      status: 409,
    });
  });

  test('waits for the end, and tells the variables that were asked for', async () => {
    await deploy(
      model(
        'quick',
        [startEvent('start'), scriptTask('sum', 'price * 2', 'total'), endEvent('end')],
        'start > sum > end',
      ),
    );
    const { variables } = await admin.createProcessInstance({
      ...{ processDefinitionId: 'quick' as never, variables: { price: 4 } },
      ...{ awaitCompletion: true, fetchVariables: ['total'] },
    });
    expect(variables).toEqual({ total: 8 });
  });
});

describe('beside what Camunda has', () => {
  const ask = async (method: string, path: string, body: object | null, more = {}) => {
    const credentials = await people.token(['admin', 'csm']);
    return askAs(credentials, method, path, body, more);
  };
  const askAs = (who: string, method: string, path: string, body: object | null, more = {}) =>
    fetch(`${people.address}/v2${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(who).toString('base64')}`,
        ...(body && { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body && { body: JSON.stringify(body) }),
    });

  test('a request under the same key is done once, and another under it is refused', async () => {
    const who = await people.token(['csm']);
    const key = { 'idempotency-key': 'order-77' };
    const body = { processDefinitionId: 'order', variables: { amount: 1 } };
    const first = await askAs(who, 'POST', '/process-instances', body, key);
    const again = await askAs(who, 'POST', '/process-instances', body, key);
    const { processInstanceKey } = (await first.json()) as { processInstanceKey: string };
    expect(await again.json()).toMatchObject({ processInstanceKey });
    const other = { ...body, variables: { amount: 2 } };
    const refused = await askAs(who, 'POST', '/process-instances', other, key);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ title: 'IDEMPOTENCY_KEY_USED' });
    // Somebody else's key of the same name is another key.
    expect((await ask('POST', '/process-instances', other, key)).status).toBe(200);
    const odd = await ask('POST', '/process-instances', body, { 'idempotency-key': 'a b' });
    expect(odd.status).toBe(400);
  });

  test('who changes a task that somebody has changed since is told so', async () => {
    const { processInstanceKey } = await admin.createProcessInstance({
      processDefinitionId: 'order' as never,
    });
    const { userTaskKey } = await taskOf(processInstanceKey);
    const path = `/user-tasks/${userTaskKey}`;
    const etag = (await ask('GET', path, null)).headers.get('etag') ?? '';
    expect(etag).toBe('"1"');
    const assign = (assignee: string, ifMatch: string) =>
      ask('POST', `${path}/assignment`, { assignee }, { 'if-match': ifMatch });
    expect((await assign('ann', etag)).status).toBe(204);
    const late = await assign('ben', etag);
    expect(late.status).toBe(412);
    expect(await late.json()).toMatchObject({ title: 'PRECONDITION_FAILED' });
    expect((await assign('ben', '"2"')).status).toBe(204);
    expect((await assign('ben', 'two')).status).toBe(400);
  });
});

describe('what is tried out', () => {
  test('an expression gives its value, or null and why', async () => {
    const asked = { expression: '=x + y', variables: { x: 1, y: 2 } };
    expect(await admin.evaluateExpression(asked)).toEqual({
      ...{ expression: '=x + y', result: 3, warnings: [] },
    });
    const failed = await admin.evaluateExpression({ ...asked, variables: { x: 1, y: 'two' } });
    expect(failed.result).toBeNull();
    expect(failed.warnings).toMatchObject([{ message: expect.stringMatching(/^FEEL_/) }]);
    expect(await admin.evaluateExpression({ expression: 'x' })).toMatchObject({ result: 'x' });
    await expect(admin.evaluateExpression({ expression: '=1 +' })).rejects.toMatchObject({
      ...{ status: 400, title: 'INVALID_ARGUMENT' },
    });
  });

  test('a decision tells what it required, its inputs and the rules that held', async () => {
    const { deployments } = await admin.createDeployment({ resources: dishes('dishes') });
    const made = deployments.flatMap(({ decisionDefinition }) => decisionDefinition ?? []);
    const dish = made.find((one) => one.decisionDefinitionId === 'Decision_Dish');
    const variables = { season: 'Summer', 'Guest Count': 10 };
    const decisionDefinitionId = 'Decision_Dish' as never;
    const told = await admin.evaluateDecision({ decisionDefinitionId, variables });
    expect(told).toMatchObject({
      ...{ decisionDefinitionKey: dish?.decisionDefinitionKey, output: '"Buffet for 10"' },
      ...{ decisionDefinitionVersion: 1, failureMessage: null, decisionDefinitionName: 'Dish' },
      decisionRequirementsKey: dish?.decisionRequirementsKey,
      evaluatedDecisions: [
        { decisionDefinitionId: 'Decision_Season', decisionDefinitionType: 'LITERAL_EXPRESSION' },
        { decisionDefinitionId: 'Decision_Party', decisionDefinitionType: 'UNKNOWN' },
        {
          ...{ decisionDefinitionId: 'Decision_Dish', decisionDefinitionType: 'DECISION_TABLE' },
          evaluatedInputs: [
            { inputId: 'Clause_Season', inputName: 'Party.season', inputValue: '"Summer"' },
            { inputId: 'Clause_Size', inputName: 'Party.size', inputValue: '"large"' },
          ],
          matchedRules: [
            {
              ...{ ruleId: 'Rule_Buffet', ruleIndex: 2 },
              evaluatedOutputs: [{ outputName: 'dish', outputValue: '"Buffet for 10"' }],
            },
          ],
        },
      ],
    });
    expect(told.evaluatedDecisions.map((one) => one.decisionEvaluationInstanceKey)).toEqual(
      [1, 2, 3].map((n) => `${told.decisionEvaluationKey}-${n}`),
    );
    const key = { decisionDefinitionKey: told.decisionDefinitionKey };
    const again = await admin.evaluateDecision({ ...key, variables });
    expect(again.output).toBe(told.output);
    expect(again.decisionEvaluationKey).not.toBe(told.decisionEvaluationKey);

    const failed = await admin.evaluateDecision({ ...key, variables: { season: 'Autumn' } });
    expect(failed).toMatchObject({ output: 'null', failedDecisionDefinitionId: 'Decision_Party' });
    expect(failed.failureMessage).toMatch(/^DECISION_/);
    expect(failed.evaluatedDecisions).toHaveLength(1);
  });

  test('a decision that another package brings unchanged keeps its key', async () => {
    const keysOf = async (processId: string) => {
      const { deployments } = await admin.createDeployment({ resources: dishes(processId) });
      return deployments.flatMap(({ decisionDefinition: one }) => one?.decisionDefinitionKey ?? []);
    };
    const keys = await keysOf('dishes');
    expect(keys).toHaveLength(3);
    expect(await keysOf('more-dishes')).toEqual(keys);
    const [decisionDefinitionKey] = keys as [never];
    const told = await admin.evaluateDecision({ decisionDefinitionKey, variables: {} });
    expect(told.decisionDefinitionKey).toBe(decisionDefinitionKey);
  });

  test('no such decision is not found, and two names for one are refused', async () => {
    const unknown = { decisionDefinitionId: 'Decision_None' as never };
    await expect(admin.evaluateDecision(unknown)).rejects.toMatchObject({ status: 404 });
    const both = { ...unknown, decisionDefinitionKey: '1' };
    await expect(admin.evaluateDecision(both as never)).rejects.toMatchObject({ status: 400 });
  });
});

describe('what is asked wrongly', () => {
  test('a model with faults is refused with all of them, and nothing is deployed', async () => {
    const xml = model('broken', [startEvent('start'), userTask('check')], 'start > check');
    const file = new File([xml.replace('id="check"', 'id="start"')], 'broken.bpmn');
    await expect(admin.createDeployment({ resources: [file] })).rejects.toMatchObject({
      ...{ status: 400, title: 'INVALID_ARGUMENT' },
    });
  });

  test('what is not there is not found', async () => {
    const key = '9999999999999999' as never;
    await expect(admin.getProcessInstance({ processInstanceKey: key }, NOW)).rejects.toMatchObject({
      status: 404,
    });
    await expect(admin.completeUserTask({ userTaskKey: key })).rejects.toMatchObject({
      status: 404,
    });
    const found = await admin.searchUserTasks({ filter: { userTaskKey: key } as never }, NOW);
    expect(found.items).toEqual([]);
  });

  test('pages go on by cursors, and a cursor of another search is refused', async () => {
    const sort = [{ field: 'startDate', order: 'ASC' }] as const;
    const first = await admin.searchProcessInstances({ sort: [...sort], page: { limit: 2 } }, NOW);
    const after = first.page.endCursor as never;
    const next = await admin.searchProcessInstances(
      { sort: [...sort], page: { limit: 2, after } },
      NOW,
    );
    expect(first.items).toHaveLength(2);
    const keys = [...first.items, ...next.items].map((one) => one.processInstanceKey);
    expect(new Set(keys).size).toBe(keys.length);
    await expect(
      admin.searchProcessInstances({ page: { limit: 2, after } }, NOW),
    ).rejects.toMatchObject({ status: 400 });
  });

  test('who may not is told so, and nothing has changed', async () => {
    const auditor = people.client(await people.token(['auditor']));
    await expect(
      auditor.createProcessInstance({ processDefinitionId: 'order' as never }),
    ).rejects.toMatchObject({ status: 403 });
    const designer = people.client(await people.token(['designer']));
    await expect(designer.searchUserTasks({}, NOW)).rejects.toMatchObject({ status: 403 });
    const byValue = { filter: { variables: [{ name: 'amount', value: '12' }] } as never };
    expect((await designer.searchProcessInstances({}, NOW)).items.length).toBeGreaterThan(0);
    await expect(designer.searchProcessInstances(byValue, NOW)).rejects.toMatchObject({
      status: 403,
    });
    const nobody = people.client('unknown:token');
    await expect(nobody.searchUserTasks({}, NOW)).rejects.toMatchObject({ status: 401 });
  });
});
