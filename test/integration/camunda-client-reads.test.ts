/** What Camunda's own client reads of definitions, and how it narrows what it looks for, against the app on a real engine. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
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
  startEvent,
  userTask,
} from '../support/durable-model.js';

const folder = mkdtempSync(join(tmpdir(), 'jornada-camunda-reads-'));
let host: TestEngine;
let people: People;
let admin: CamundaClient;
const NOW = { consistency: { waitUpToMs: 0 } };
const NOWHERE = '9999999999999999' as never;

beforeAll(async () => {
  host = await startTestEngine({});
  const registry = createRegistry(host.store);
  const parts = { engine: host.engine, store: host.store, registry, folder };
  people = await openPeople(host.store, createOperate(parts as unknown as ControlParts));
  admin = people.client(await people.token(['admin', 'csm', 'designer']));
});
afterAll(async () => {
  await people?.app.close();
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => expect(people.troubles).toEqual([]));

const ask = async (method: string, path: string): Promise<Response> =>
  fetch(`${people.address}/v2${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(await people.token(['csm'])).toString('base64')}`,
    },
  });

const DISH = readFileSync('test/fixtures/decisions/valid-dish.dmn', 'utf8');

/** Deploys a model under a file of this name. @returns the key of its definition */
async function deploy(name: string, xml: string): Promise<string> {
  const { deployments } = await admin.createDeployment({ resources: [new File([xml], name)] });
  return deployments[0]?.processDefinition?.processDefinitionKey ?? '';
}

describe('definitions', () => {
  test('the form that starts a process, or nothing where there is none', async () => {
    const root = 'definitions/_template';
    const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /\.(bpmn|dmn|form|yaml|liquid)$/.test(path))
      .filter((path) => !path.startsWith('scenarios/'));
    const resources = paths.map((path) => new File([readFileSync(join(root, path))], path));
    const { deployments } = await admin.createDeployment({ resources });
    const made = deployments.flatMap((one) => one.processDefinition ?? []);
    const processDefinitionKey = made[0]?.processDefinitionKey as never;
    const form = await admin.getStartProcessForm({ processDefinitionKey }, NOW);
    expect(form).toMatchObject({ formId: 'ask', version: 1 });
    const schema = readFileSync(join(root, 'forms/ask.form'), 'utf8');
    expect((form as { schema: string }).schema).toBe(schema);
    expect(await admin.getProcessDefinition({ processDefinitionKey }, NOW)).toMatchObject({
      ...{ hasStartForm: true, resourceName: 'process.bpmn' },
    });
    const plain = await deploy(
      'plain.bpmn',
      model('reads-plain', [startEvent('start'), endEvent('end')], 'start > end'),
    );
    const of = { processDefinitionKey: plain as never };
    // The client takes no answer of 204 for this one, though its document has it.
    const nothing = await ask('GET', `/process-definitions/${plain}/form`);
    expect([nothing.status, await nothing.text()]).toEqual([204, '']);
    expect(await admin.getProcessDefinition(of, NOW)).toMatchObject({ hasStartForm: false });
    await expect(
      admin.getStartProcessForm({ processDefinitionKey: NOWHERE }, NOW),
    ).rejects.toMatchObject({ status: 404 });
  });

  test('a definition is named by the file that was sent', async () => {
    const xml = model('reads-named', [startEvent('start'), endEvent('end')], 'start > end');
    const file = new File([xml], 'models/ordering.bpmn');
    const { deployments } = await admin.createDeployment({ resources: [file] });
    expect(deployments[0]?.processDefinition).toMatchObject({
      resourceName: 'models/ordering.bpmn',
    });
    const { items } = await admin.searchProcessDefinitions(
      { filter: { resourceName: 'models/ordering.bpmn' } },
      NOW,
    );
    expect(items).toMatchObject([{ processDefinitionId: 'reads-named' }]);
    const { processDefinitionKey } = items[0] as (typeof items)[number];
    expect(await admin.getProcessDefinitionXml({ processDefinitionKey }, NOW)).toBe(xml);
  });

  test('decisions and their files: by id, by file, by key, and as DMN', async () => {
    const xml = model('reads-dishes', [startEvent('start'), endEvent('end')], 'start > end');
    const deployDish = async (text: string) => {
      const files = [new File([xml], 'dishes.bpmn'), new File([text], 'dish.dmn')];
      return (await admin.createDeployment({ resources: files })).deployments;
    };
    const first = await deployDish(DISH);
    const files = first.flatMap((one) => one.decisionRequirements ?? []);
    expect(files).toMatchObject([{ resourceName: 'dish.dmn', version: 1 }]);
    const { decisionRequirementsKey, decisionRequirementsId } = files[0] as (typeof files)[number];
    expect(await admin.getDecisionRequirements({ decisionRequirementsKey }, NOW)).toEqual(files[0]);
    expect(await admin.getDecisionRequirementsXml({ decisionRequirementsKey }, NOW)).toBe(DISH);

    const { items } = await admin.searchDecisionDefinitions(
      { filter: { decisionRequirementsKey }, sort: [{ field: 'name', order: 'ASC' }] },
      NOW,
    );
    expect(items.map((one) => one.decisionDefinitionId)).toEqual([
      ...['Decision_Dish', 'Decision_Party', 'Decision_Season'],
    ]);
    const [dish] = items as [(typeof items)[number]];
    expect(dish).toMatchObject({
      ...{ name: 'Dish', version: 1, decisionRequirementsId, decisionRequirementsVersion: 1 },
    });
    const of = { decisionDefinitionKey: dish.decisionDefinitionKey };
    expect(await admin.getDecisionDefinition(of, NOW)).toEqual(dish);
    expect(await admin.getDecisionDefinitionXml(of, NOW)).toBe(DISH);

    const changed = DISH.replace('</definitions>', '<!-- again --></definitions>');
    await deployDish(changed);
    const versions = await admin.searchDecisionRequirements(
      { filter: { decisionRequirementsId }, sort: [{ field: 'version', order: 'DESC' }] },
      NOW,
    );
    expect(versions.items.map(({ version }) => version)).toEqual([2, 1]);
    const latest = await admin.searchDecisionDefinitions(
      { filter: { decisionDefinitionId: 'Decision_Dish' as never, isLatestVersion: true } },
      NOW,
    );
    expect(latest.items).toMatchObject([{ version: 2, decisionRequirementsVersion: 2 }]);
    // What a trial names is what the searches find.
    const tried = await admin.evaluateDecision({
      ...{ decisionDefinitionKey: dish.decisionDefinitionKey },
      variables: { season: 'Summer', 'Guest Count': 10 },
    });
    expect(tried).toMatchObject({ decisionRequirementsId, decisionRequirementsKey });
  });

  test('what is not there is not found, and what nothing is filtered by is refused', async () => {
    const gone = { decisionDefinitionKey: NOWHERE };
    await expect(admin.getDecisionDefinition(gone, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(admin.getDecisionDefinitionXml(gone, NOW)).rejects.toMatchObject({ status: 404 });
    const odd = { filter: { colour: 'red' } } as never;
    for (const asked of [
      () => admin.searchDecisionDefinitions(odd, NOW),
      () => admin.searchDecisionRequirements(odd, NOW),
    ]) {
      await expect(asked()).rejects.toMatchObject({ status: 400, title: 'INVALID_ARGUMENT' });
    }
  });
});

describe('by definition', () => {
  test('tasks, elements, incidents and variables are narrowed to a version of a process', async () => {
    const parts = (name: string) => [
      startEvent('start'),
      userTask(name),
      scriptTask('sum', 'price * 2', 'total'),
      endEvent('end'),
    ];
    const xml = (name: string) => model('reads-by', parts(name), `start > ${name} > sum > end`);
    const first = await deploy('by.bpmn', xml('look'));
    const second = await deploy('by.bpmn', xml('check'));
    for (const processDefinitionKey of [first, second]) {
      await admin.createProcessInstance({
        processDefinitionKey: processDefinitionKey as never,
        variables: { of: processDefinitionKey },
      });
    }
    const filter = (key: string) => ({ filter: { processDefinitionKey: key } as never });
    for (const [key, element] of [
      [first, 'look'],
      [second, 'check'],
    ] as const) {
      const tasks = (await admin.searchUserTasks(filter(key), NOW)).items;
      expect(tasks.map(({ elementId }) => elementId)).toEqual([element]);
      const elements = (await admin.searchElementInstances(filter(key), NOW)).items;
      expect(elements.map(({ elementId }) => elementId)).toEqual(['start', element]);
      const held = (await admin.searchVariables(filter(key), NOW)).items;
      expect(held.map(({ name, value }) => [name, JSON.parse(value)])).toEqual([['of', key]]);
      const { userTaskKey } = tasks[0] as (typeof tasks)[number];
      await admin.completeUserTask({ userTaskKey });
      const incidents = (await admin.searchIncidents(filter(key), NOW)).items;
      expect(incidents).toMatchObject([{ elementId: 'sum', processDefinitionKey: key }]);
    }
    expect((await admin.searchIncidents(filter(NOWHERE), NOW)).items).toEqual([]);
    const odd = { filter: { colour: 'red' } } as never;
    for (const asked of [
      () => admin.searchUserTasks(odd, NOW),
      () => admin.searchElementInstances(odd, NOW),
      () => admin.searchIncidents(odd, NOW),
      () => admin.searchVariables(odd, NOW),
    ]) {
      await expect(asked()).rejects.toMatchObject({ status: 400 });
    }
  });
});

describe('what a task sees, and what stops instances', () => {
  const parts = [
    startEvent('start'),
    userTask('answer'),
    scriptTask('sum', 'price * 2', 'total'),
    endEvent('end'),
  ];
  const taskOf = async (processInstanceKey: string) => {
    const { items } = await admin.searchUserTasks({ filter: { processInstanceKey } as never }, NOW);
    return items[0] as (typeof items)[number];
  };

  test('variables of a task, those that hold for it, and what was done to it', async () => {
    await deploy('seen.bpmn', model('reads-seen', parts, 'start > answer > sum > end'));
    const { processInstanceKey } = await admin.createProcessInstance({
      ...{ processDefinitionId: 'reads-seen' as never, variables: { plan: 'gold', seats: 3 } },
    });
    const { userTaskKey, elementInstanceKey } = await taskOf(processInstanceKey);
    await admin.createElementInstanceVariables({
      ...{ elementInstanceKey, variables: { plan: 'free' }, local: true },
    });
    const sort = [{ field: 'name', order: 'ASC' }] as const;
    const all = await admin.searchUserTaskVariables({ userTaskKey, sort: [...sort] }, NOW);
    expect(all.items.map(({ name, value }) => [name, value]).sort()).toEqual([
      ['plan', '"free"'],
      ['plan', '"gold"'],
      ['seats', '3'],
    ]);
    const held = await admin.searchUserTaskEffectiveVariables(
      { userTaskKey, sort: [...sort] },
      NOW,
    );
    expect(held.items.map(({ name, value }) => [name, value])).toEqual([
      ['plan', '"free"'],
      ['seats', '3'],
    ]);
    const second = await admin.searchUserTaskEffectiveVariables(
      { userTaskKey, sort: [...sort], page: { from: 1, limit: 1 } },
      NOW,
    );
    expect(second.items.map(({ name }) => name)).toEqual(['seats']);
    expect(second.page.totalItems).toBe(2);
    const named = { userTaskKey, filter: { name: 'seats' } };
    expect((await admin.searchUserTaskVariables(named, NOW)).items).toHaveLength(1);

    await admin.assignUserTask({ userTaskKey, assignee: 'ann' });
    await admin.updateUserTask({ userTaskKey, changeset: { priority: 90 } });
    const acts = await admin.searchUserTaskAuditLogs({ userTaskKey }, NOW);
    expect(acts.items.map(({ operationType, result }) => [operationType, result])).toEqual([
      ['UPDATE', 'SUCCESS'],
      ['ASSIGN', 'SUCCESS'],
    ]);
    expect(acts.items[0]).toMatchObject({ userTaskKey, entityKey: userTaskKey });
    const assigned = { userTaskKey, filter: { operationType: 'ASSIGN' } } as never;
    expect((await admin.searchUserTaskAuditLogs(assigned, NOW)).items).toHaveLength(1);
    const worker = people.client(await people.token(['csm']));
    await expect(worker.searchUserTaskAuditLogs({ userTaskKey }, NOW)).rejects.toMatchObject({
      status: 403,
    });
  });

  test('instances by process, by version and by what stops them; incidents of one', async () => {
    const flow = 'start > answer > sum > end';
    await deploy('counted.bpmn', model('reads-counted', parts, flow));
    const key = await deploy(
      'counted.bpmn',
      model('reads-counted', [...parts, userTask('more')], `${flow}`.replace('end', 'more > end')),
    );
    const start = (processDefinitionVersion: number) =>
      admin.createProcessInstance({
        ...{ processDefinitionId: 'reads-counted' as never, processDefinitionVersion },
      });
    await start(1);
    const stopped = await start(2);
    const { userTaskKey, elementInstanceKey } = await taskOf(stopped.processInstanceKey);
    await admin.completeUserTask({ userTaskKey });
    const all = await admin.getProcessDefinitionInstanceStatistics(
      { sort: [{ field: 'activeInstancesWithIncidentCount', order: 'DESC' }] },
      NOW,
    );
    expect(all.items).toContainEqual({
      ...{ processDefinitionId: 'reads-counted', hasMultipleVersions: true, tenantId: '<default>' },
      latestProcessDefinitionName: null,
      ...{ activeInstancesWithIncidentCount: 1, activeInstancesWithoutIncidentCount: 1 },
    });
    const versions = await admin.getProcessDefinitionInstanceVersionStatistics(
      {
        filter: { processDefinitionId: 'reads-counted' as never },
        sort: [{ field: 'processDefinitionVersion', order: 'DESC' }],
      },
      NOW,
    );
    const { items } = versions as { items: { processDefinitionVersion: number }[] };
    expect(items).toMatchObject([
      { processDefinitionKey: key, activeInstancesWithIncidentCount: 1 },
      { processDefinitionVersion: 1, activeInstancesWithoutIncidentCount: 1 },
    ]);
    const own = await admin.searchProcessInstanceIncidents(
      { processInstanceKey: stopped.processInstanceKey },
      NOW,
    );
    expect(own.items).toMatchObject([{ elementId: 'sum', state: 'ACTIVE' }]);
    const [incident] = own.items as [(typeof own.items)[number]];
    const code = incident.errorMessage.split(':', 1)[0];
    const errors = await admin.getProcessInstanceStatisticsByError({}, NOW);
    const error = errors.items.find(({ errorMessage }) => errorMessage === code);
    expect(error?.activeInstancesWithErrorCount).toBeGreaterThan(0);
    const filter = { errorHashCode: error?.errorHashCode ?? 0 };
    const by = await admin.getProcessInstanceStatisticsByDefinition({ filter }, NOW);
    expect(by.items).toContainEqual(
      expect.objectContaining({ processDefinitionKey: key, activeInstancesWithErrorCount: 1 }),
    );
    const of = { elementInstanceKey: incident.elementInstanceKey };
    expect((await admin.searchElementInstanceIncidents(of, NOW)).items).toEqual(own.items);
    expect((await admin.searchElementInstanceIncidents({ elementInstanceKey }, NOW)).items).toEqual(
      [],
    );
    await expect(
      admin.searchElementInstanceIncidents(
        { ...of, filter: { processInstanceKey: NOWHERE } } as never,
        NOW,
      ),
    ).rejects.toMatchObject({ status: 400 });
  });
});

test('messages that an instance waits for: by name, state and instance, and what came of them', async () => {
  const parts = [
    startEvent('start'),
    messageCatch('paid', 'reads.paid', '= order'),
    messageCatch('sent', 'reads.sent', '= order'),
    endEvent('end'),
  ];
  await deploy('waits.bpmn', model('reads-waits', parts, 'start > paid > sent > end'));
  const [waiting, cancelled] = await Promise.all(
    ['reads-o-1', 'reads-o-2'].map((order) =>
      admin.createProcessInstance({
        ...{ processDefinitionId: 'reads-waits' as never, variables: { order } },
      }),
    ),
  );
  const { processInstanceKey, processDefinitionKey } = waiting as NonNullable<typeof waiting>;
  const found = async (filter: object) => {
    const asked = { filter: { processDefinitionId: 'reads-waits', ...filter } } as never;
    return (await admin.searchMessageSubscriptions(asked, NOW)).items;
  };
  await expect.poll(() => found({ messageSubscriptionState: 'CREATED' })).toHaveLength(2);
  const own = { processInstanceKey };
  const [paid] = await found(own);
  expect(paid).toMatchObject({
    ...{ processInstanceKey, rootProcessInstanceKey: processInstanceKey, processDefinitionKey },
    ...{ elementId: 'paid', messageName: 'reads.paid', correlationKey: 'reads-o-1' },
    messageSubscriptionState: 'CREATED',
  });
  const { messageSubscriptionKey, elementInstanceKey } = paid as NonNullable<typeof paid>;
  expect(await found({ messageSubscriptionKey })).toEqual([paid]);
  expect(await found({ elementInstanceKey })).toEqual([paid]);
  await admin.correlateMessage({ name: 'reads.paid', correlationKey: 'reads-o-1', variables: {} });
  await admin.cancelProcessInstance({
    processInstanceKey: (cancelled as NonNullable<typeof cancelled>).processInstanceKey,
  });
  await expect.poll(() => found({ ...own, messageName: 'reads.sent' })).toHaveLength(1);
  expect(await found({ messageSubscriptionState: 'CORRELATED' })).toMatchObject([
    { messageSubscriptionKey, messageSubscriptionState: 'CORRELATED' },
  ]);
  await expect.poll(() => found({ messageSubscriptionState: 'DELETED' })).toHaveLength(1);
  expect(await found({ messageSubscriptionState: 'MIGRATED' })).toEqual([]);
  const odd = { filter: { correlationKey: 'reads-o-1' } } as never;
  await expect(admin.searchMessageSubscriptions(odd, NOW)).rejects.toMatchObject({ status: 400 });
  const csv = await ask('POST', '/message-subscriptions/search.csv');
  expect(csv.status).toBe(200);
  expect(await csv.text()).toContain('"reads.paid"');
});
