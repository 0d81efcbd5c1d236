/** What is done to process instances by Camunda's API. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { OperationName } from '../../../contracts/control.js';
import {
  type AskedDeps,
  askerOf,
  camundaOf,
  keyIn,
  refuseUnseenCustomer,
} from '../../camunda/asking.js';
import { invalid, TENANT } from '../../camunda/fields.js';
import { idOfKey, idsOf, keysFor, partsOf, rootOf } from '../../camunda/keys.js';
import { MODIFICATION, modificationOf } from '../../camunda/modification.js';
import { outcomeOf, Refusal } from '../../camunda/refusals.js';
import { definitionId } from '../../camunda/surroundings.js';
import type { AppState, CamundaDeps } from '../../deps.js';
import { inputOf } from '../../input.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';
import { ABOUT, CREATE, MIGRATE, NOTHING, SET } from './process-instances.about.js';

const MOST_BODY = 300_000;
/** The latest, where nobody says. */
const LATEST = -1;

/** Adds them. */
export function addProcessInstances(app: FastifyInstance, state: AppState): void {
  const large = { bodyLimit: MOST_BODY };
  const instanceIn = (request: FastifyRequest): Promise<string> =>
    idOfKey(camundaOf(state, request).store, 'processInstance', keyIn(request));
  addRoute(
    app,
    'createProcessInstance',
    ABOUT.createProcessInstance,
    async (request, reply) => {
      return reply.code(200).send(await create(camundaOf(state, request), request));
    },
    large,
  );
  for (const [route, operation] of Object.entries(PLAIN_ACTS)) {
    addRoute(
      app,
      route as keyof typeof PLAIN_ACTS,
      ABOUT[route as keyof typeof PLAIN_ACTS],
      async (request, reply) => {
        const { operate } = camundaOf(state, request);
        const key = await instanceIn(request);
        inputOf(NOTHING, request.body ?? undefined);
        const input = operation === 'resumeInstance' ? { key, timers: 'keep' as const } : { key };
        outcomeOf(await operate(operation as 'resumeInstance', input as never, askerOf(request)));
        return reply.code(204).send();
      },
    );
  }
  addRoute(
    app,
    'modifyProcessInstance',
    ABOUT.modifyProcessInstance,
    async (request, reply) => {
      const { store, operate } = camundaOf(state, request);
      const key = await instanceIn(request);
      const wanted = inputOf(MODIFICATION, request.body);
      const input = { key, isDryRun: false, ...(await modificationOf(store, wanted)) };
      outcomeOf(await operate('modifyInstance', input, askerOf(request)));
      return reply.code(204).send();
    },
    large,
  );
  addRoute(
    app,
    'migrateProcessInstance',
    ABOUT.migrateProcessInstance,
    async (request, reply) => {
      const { store, operate } = camundaOf(state, request);
      const key = await instanceIn(request);
      const { targetProcessDefinitionKey, mappingInstructions } = inputOf(MIGRATE, request.body);
      const [target = null] = await idsOf(store, 'processDefinition', [targetProcessDefinitionKey]);
      const instance = await store.processInstances.get(key);
      if (target === null || instance === null) throw new Problem('NOT_FOUND');
      const { instanceId: processId, rest: version } = partsOf(target);
      if (processId !== instance.processId) {
        throw invalid('targetProcessDefinitionKey', `it is of the process '${processId}'`);
      }
      const plan = { version: Number(version), mappings: mappingInstructions };
      outcomeOf(
        await operate('migrateInstance', { key, isDryRun: false, ...plan }, askerOf(request)),
      );
      return reply.code(204).send();
    },
    large,
  );
  addRoute(
    app,
    'setVariables',
    ABOUT.setVariables,
    async (request, reply) => {
      const { operate } = camundaOf(state, request);
      const key = await scopeIn(camundaOf(state, request), keyIn(request));
      const { variables: values } = inputOf(SET, request.body);
      outcomeOf(await operate('setVariables', { key, variables: values }, askerOf(request)));
      return reply.code(204).send();
    },
    large,
  );
}

const PLAIN_ACTS = {
  cancelProcessInstance: 'cancelInstance',
  deleteProcessInstance: 'deleteInstance',
  suspendProcessInstance: 'suspendInstance',
  resumeProcessInstance: 'resumeInstance',
} as const satisfies Record<string, OperationName>;

/** The scope of variables: an element instance, or the process itself by the key of its instance. */
async function scopeIn({ store }: CamundaDeps, key: string): Promise<string> {
  const [instanceId = null] = await idsOf(store, 'processInstance', [key]);
  return instanceId ?? idOfKey(store, 'elementInstance', key);
}

async function create(deps: AskedDeps, request: FastifyRequest): Promise<object> {
  const { store, operate } = deps;
  const wanted = inputOf(CREATE, request.body);
  await refuseUnseenCustomer(deps, wanted.variables);
  const [processId, version] = await definitionIn(deps, wanted);
  const started = outcomeOf(
    await operate(
      'run',
      {
        ...{ processId, version, variables: wanted.variables },
        elementId: wanted.startInstructions[0]?.elementId ?? null,
        businessKey: wanted.businessId ?? null,
      },
      askerOf(request),
    ),
  );
  const { instanceId, isNew } = started;
  if (!isNew) {
    const detail = `BUSINESS_KEY_USED: an instance with the business id '${wanted.businessId}' is there`;
    throw new Refusal(409, 'ALREADY_EXISTS', detail);
  }
  const values = wanted.awaitCompletion
    ? await variablesAtEnd(deps, instanceId, wanted.requestTimeout || 10_000, wanted.fetchVariables)
    : {};
  const row = await store.processInstances.get(instanceId);
  const runs = row?.definitionVersion ?? version ?? 1;
  const keyOf = await keysFor(store, [
    ['processDefinition', definitionId(processId, runs)],
    ['processInstance', instanceId],
  ]);
  return {
    ...{ processDefinitionId: processId, processDefinitionVersion: runs, tenantId: TENANT },
    ...{ variables: values, tags: [], businessId: wanted.businessId ?? null },
    processDefinitionKey: keyOf('processDefinition', definitionId(processId, runs)),
    processInstanceKey: keyOf('processInstance', instanceId),
  };
}

async function definitionIn(
  { store }: CamundaDeps,
  {
    processDefinitionId,
    processDefinitionKey,
    processDefinitionVersion = LATEST,
  }: z.output<typeof CREATE>,
): Promise<readonly [processId: string, version: number | null]> {
  if ((processDefinitionId === undefined) === (processDefinitionKey === undefined)) {
    throw invalid('the body', 'it names a process by its id or by its key');
  }
  if (processDefinitionId !== undefined) {
    const version = processDefinitionVersion === LATEST ? null : processDefinitionVersion;
    if (version !== null && version < 1) throw invalid('processDefinitionVersion', 'there is none');
    return [processDefinitionId, version];
  }
  const [found = null] = await idsOf(store, 'processDefinition', [processDefinitionKey ?? '']);
  if (found === null) throw new Problem('NOT_FOUND');
  const { instanceId, rest } = partsOf(found);
  return [instanceId, Number(rest)];
}

const LOOK_MS = 50;

/** Waits until an instance has completed. Errors: 504, and it goes on. */
async function variablesAtEnd(
  { store }: CamundaDeps,
  instanceId: string,
  withinMs: number,
  names: readonly string[] | null | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  const until = performance.now() + withinMs;
  for (;;) {
    const row = await store.processInstances.get(instanceId);
    if (row?.endedAt) {
      const filter = { instanceId, scopeId: rootOf(row.processId) };
      const { items } = await store.variables.search({ filter, limit: 10_000 });
      const wanted = names ? items.filter(({ name }) => names.includes(name)) : items;
      return Object.fromEntries(wanted.map(({ name, value }) => [name, value]));
    }
    if (performance.now() > until) {
      throw new Refusal(
        504,
        'DEADLINE_EXCEEDED',
        'the instance has not completed in time; it goes on',
      );
    }
    await pause(LOOK_MS);
  }
}
