/** Does to an instance, or to one of its incidents, what a batch is for. Class: side effect. */
import type { BatchPlan, BatchType } from '../../contracts/batches.js';
import { type Fault, fault } from '../../engine/errors/index.js';
import type { Migration } from '../../engine/model/index.js';
import type { Registry } from '../../registry/index.js';
import type { ProcessInstance, Store } from '../../store/index.js';
import type { Engine } from '../engine.js';
import type { InstanceDeletion } from '../retention/index.js';

/** What it leans on. */
export interface CarryOutDeps {
  readonly store: Pick<Store, 'processInstances' | 'incidents'>;
  readonly registry: Pick<Registry, 'find'>;
  readonly deletion: Pick<InstanceDeletion, 'delete'>;
  readonly engine: Pick<
    Engine,
    'cancel' | 'suspend' | 'resume' | 'resolveIncident' | 'migrate' | 'modify'
  >;
}

/** Which item, who began the batch, and the id that makes a repetition the same request. */
export interface Item {
  readonly itemId: string;
  readonly instanceId: string;
  readonly actor: string | null;
  readonly requestId: string;
}

/** Why it was refused; `code` is of the catalogue. */
export interface Refused {
  readonly code: string;
  readonly message: string;
}

/** What the audit calls each, as when it is done to one alone. */
export const ACTIONS: Readonly<Record<BatchType, string>> = {
  CANCEL_PROCESS_INSTANCE: 'cancelInstance',
  SUSPEND_PROCESS_INSTANCE: 'suspendInstance',
  RESUME_PROCESS_INSTANCE: 'resumeInstance',
  RESOLVE_INCIDENT: 'resolveIncident',
  MIGRATE_PROCESS_INSTANCE: 'migrateInstance',
  MODIFY_PROCESS_INSTANCE: 'modifyInstance',
  DELETE_PROCESS_INSTANCE: 'deleteInstance',
};

/** Does it. @returns null: it is so now, also where it was so before */
export async function carryOut(
  deps: CarryOutDeps,
  plan: BatchPlan,
  item: Item,
): Promise<Refused | null> {
  if (plan.type === 'DELETE_PROCESS_INSTANCE') return deps.deletion.delete(item.instanceId);
  const refused = await ask(deps, plan, item);
  // Somebody else may have been first, or a worker that ended before it could say so.
  return refused !== null && (await isSoAlready(deps, plan, item)) ? null : refused;
}

/** What the engine is asked for; what has ended it is not. */
type Asking = Exclude<BatchPlan, { type: 'DELETE_PROCESS_INSTANCE' }>;

async function ask(deps: CarryOutDeps, plan: Asking, item: Item): Promise<Refused | null> {
  const { engine } = deps;
  const { itemId, ...command } = item;
  const answer = async () => {
    switch (plan.type) {
      case 'CANCEL_PROCESS_INSTANCE':
        return engine.cancel(command);
      case 'SUSPEND_PROCESS_INSTANCE':
        return engine.suspend(command);
      case 'RESUME_PROCESS_INSTANCE':
        return engine.resume({ ...command, timers: 'keep' });
      case 'RESOLVE_INCIDENT':
        return engine.resolveIncident({ ...command, ...RETRY, incidentId: incidentOf(itemId) });
      case 'MODIFY_PROCESS_INSTANCE':
        return engine.modify({ ...command, ...modificationOf(plan) });
      case 'MIGRATE_PROCESS_INSTANCE': {
        const found = await migrationOf(deps, plan, item.instanceId);
        return 'code' in found ? { ok: false, ...found } : engine.migrate({ ...command, ...found });
      }
    }
  };
  const { ok, code, message } = await answer();
  return ok ? null : { code: code ?? 'CONTROL_FAILED', message };
}

const RETRY = { how: 'retry', variables: {} } as const;

/** The incident of an item. Class: pure. */
export const incidentOf = (itemId: string): string => itemId.slice(itemId.indexOf('/') + 1);

/** The modification that each instance gets. Class: pure. */
export function modificationOf({ moves }: Extract<BatchPlan, { type: 'MODIFY_PROCESS_INSTANCE' }>) {
  return {
    ...{ cancellations: [], activations: [] },
    moves: moves.map(({ sourceElementId, targetElementId }) => ({
      from: { elementId: sourceElementId },
      to: { elementId: targetElementId, ancestorId: null, variables: [] },
    })),
  };
}

/** The migration of an instance from what it runs now, or why there is none. */
export async function migrationOf(
  { store, registry }: Pick<CarryOutDeps, 'store' | 'registry'>,
  { processId, version, mappings }: Extract<BatchPlan, { type: 'MIGRATE_PROCESS_INSTANCE' }>,
  instanceId: string,
): Promise<Migration | Fault> {
  const instance = await store.processInstances.get(instanceId);
  if (!instance) return fault('INSTANCE_UNKNOWN', { instance: instanceId });
  if (instance.processId !== processId) {
    return fault('BATCH_PROCESS', { process: processId, found: instance.processId });
  }
  const to = await registry.find(processId, version);
  if (!to) return fault('DEFINITION_UNKNOWN', { process: `${processId}:${version}` });
  const { definitionVersion, definitionHash } = instance;
  if (definitionVersion === version)
    return fault('MIGRATION_NOWHERE', { process: processId, version });
  const from = { version: definitionVersion, hash: definitionHash };
  return { from, to: { version, hash: to.hash }, mappings };
}

const WANTED: Readonly<
  Partial<Record<BatchType, (instance: ProcessInstance, plan: BatchPlan) => boolean>>
> = {
  CANCEL_PROCESS_INSTANCE: ({ state }) => state === 'CANCELLED',
  SUSPEND_PROCESS_INSTANCE: ({ state }) => state === 'SUSPENDED',
  RESUME_PROCESS_INSTANCE: ({ state }) => state === 'ACTIVE',
  MIGRATE_PROCESS_INSTANCE: ({ definitionVersion }, plan) =>
    'version' in plan && definitionVersion === plan.version,
};

/** Whether an instance, or an incident, is as the batch wants it. Of a move nothing tells that it was made before. */
export async function isSoAlready(
  { store }: Pick<CarryOutDeps, 'store'>,
  plan: BatchPlan,
  { itemId, instanceId }: Pick<Item, 'itemId' | 'instanceId'>,
): Promise<boolean> {
  if (plan.type === 'RESOLVE_INCIDENT') {
    const filter = { instanceId, incidentId: incidentOf(itemId) };
    const { items } = await store.incidents.search({ filter, limit: 1 });
    return items[0] !== undefined && items[0].state !== 'ACTIVE';
  }
  const instance = await store.processInstances.get(instanceId);
  if (plan.type === 'DELETE_PROCESS_INSTANCE') return instance === null;
  return instance !== null && (WANTED[plan.type]?.(instance, plan) ?? false);
}
