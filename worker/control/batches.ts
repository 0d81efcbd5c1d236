/** Acts upon many instances at once, as operations: the store tells the audit of each by itself. Class: side effect. */
import { randomUUID } from 'node:crypto';
import type { BatchPlan, BatchVerdict } from '../../contracts/batches.js';
import type { OperationRequest } from '../../contracts/control.js';
import { type By, type Meant, type ProcessInstance, StoreFailure } from '../../store/index.js';
import { isSoAlready, migrationOf, modificationOf } from '../batches/index.js';
import { ControlFailure, refusal } from './failure.js';
import type { Asker, ControlParts, Operation, Operations } from './parts.js';
import { readPage } from './read-page.js';
import { findBatch } from './references.js';

/** Names of those that change something, or try it out. */
export type BatchAct = 'beginBatch' | 'turnBatch' | 'previewBatch';

const FIRST_FAILED = 10;
/** Instances that are tried out at a time: each is asked what it holds. */
const AT_ONCE = 8;

/** Reading. */
export const BATCH_READS: Operations<'searchBatches' | 'searchBatchItems' | 'getBatch'> = {
  searchBatches: ({ store }, input) => readPage(store.batches.search, input),
  searchBatchItems: ({ store }, input) => readPage(store.batches.searchItems, input),
  getBatch: async ({ store }, { key }) => {
    const batch = await findBatch(store, key);
    const { batchId } = batch;
    const begun = { object: `batch:${batchId}`, action: 'beginBatch' };
    const acts = await store.audit.query({ filter: begun, limit: 1 });
    const filter = { batchId, state: 'FAILED' };
    const { items: failed } = await store.batches.searchItems({ filter, limit: FIRST_FAILED });
    return { batch, reason: acts.items[0]?.reason ?? null, failed };
  },
};

/** Changing. */
export const BATCH_ACTS: Operations<BatchAct> = {
  beginBatch: refusing(async ({ store, batches, deletion }, request, asker) => {
    const { plan, isDeletable, ...input } = request;
    const { requestId } = asker;
    const batch = { batchId: randomUUID(), plan };
    const by = { ...byOf(asker), requestId };
    const deletable = isDeletable && { deletable: await deletion.keeping() };
    const begun = await store.batches.begin(batch, { ...meantIn(input), ...deletable }, by);
    if (begun.endedAt === null) await batches.start(begun.batchId);
    return begun;
  }),
  turnBatch: refusing(async ({ store, batches }, { key, turn }, asker) => {
    const turned = await store.batches.turn(key, turn, byOf(asker));
    if (!turned) throw refusal('BATCH_UNKNOWN', { batch: key });
    await batches.turned(key);
    return turned;
  }),
  previewBatch: refusing(async (parts, { plan, limit, after, ...input }, { actor }) => {
    const { store } = parts;
    const meant = meantIn(input);
    const total = await store.batches.count(plan.type, meant);
    const page = await store.batches.page(plan.type, meant, { limit, after });
    const verdicts = await inTurn(page.items, (row) => verdictsOf(parts, plan, row, actor));
    const next = page.items.length < limit ? null : page.endCursor;
    return { total: total ?? 0, isTooMany: total === null, verdicts: verdicts.flat(), next };
  }),
};

/** Which instances a request means. */
function meantIn({
  filter,
  variables,
  at,
}: Pick<OperationRequest<'beginBatch'>, 'filter' | 'variables' | 'at'>): Meant {
  return { filter, variables, ...(at && { at }) } as Meant;
}

async function inTurn<A, B>(rows: readonly A[], of: (row: A) => Promise<B>): Promise<readonly B[]> {
  const done: B[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    done.push(...(await Promise.all(rows.slice(from, from + AT_ONCE).map(of))));
  }
  return done;
}

type Fault = { readonly code: string; readonly message: string };

/** What a batch would do to an instance, or to each of its open incidents. */
async function verdictsOf(
  parts: ControlParts,
  plan: BatchPlan,
  instance: ProcessInstance,
  actor: string,
): Promise<readonly BatchVerdict[]> {
  const { store } = parts;
  const { instanceId } = instance;
  if (plan.type === 'RESOLVE_INCIDENT') {
    const filter = { instanceId, state: 'ACTIVE' };
    const { items } = await store.incidents.search({ filter, limit: 1000 });
    return items.map(({ incidentId, code, message }) => ({
      ...{ itemId: `${instanceId}/${incidentId}`, instanceId, outcome: 'would', code, message },
    }));
  }
  const item = { itemId: instanceId, instanceId };
  if (await isSoAlready(parts, plan, item)) {
    return [{ ...item, outcome: 'already', code: null, message: null }];
  }
  const fault =
    plan.type === 'DELETE_PROCESS_INSTANCE'
      ? await parts.deletion.refusal(instanceId)
      : await faultOf(parts, plan, instance, actor);
  return [
    fault === null
      ? { ...item, outcome: 'would', code: null, message: null }
      : { ...item, outcome: 'refused', ...fault },
  ];
}

async function faultOf(
  parts: ControlParts,
  plan: BatchPlan,
  { instanceId, state, endedAt }: ProcessInstance,
  actor: string,
): Promise<Fault | null> {
  if (endedAt !== null) {
    const { code, message } = refusal('INSTANCE_ENDED', {
      instance: instanceId,
      status: state.toLowerCase(),
    });
    return { code, message };
  }
  if (plan.type === 'MODIFY_PROCESS_INSTANCE') {
    const modification = { ...modificationOf(plan), actor };
    const preview = await parts.engine.previewModification(instanceId, modification);
    return 'code' in preview ? { code: preview.code, message: preview.message } : null;
  }
  if (plan.type !== 'MIGRATE_PROCESS_INSTANCE') return null;
  const migration = await migrationOf(parts, plan, instanceId);
  if ('code' in migration) return { code: migration.code, message: migration.message };
  const preview = await parts.engine.previewMigration(instanceId, { ...migration, actor });
  if ('code' in preview) return { code: preview.code, message: preview.message };
  const [first, ...more] = preview.problems;
  if (!first) return null;
  const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
  return { code: first.code, message: `${first.message}${rest}` };
}

function byOf({ actor, requestId, reason }: Asker): By {
  return { actor, requestId, reason, at: new Date().toISOString() };
}

/** What the store refuses travels under the same code. */
function refusing<N extends BatchAct>(act: Operation<N>): Operation<N> {
  return async (parts, input, asker) => {
    try {
      return await act(parts, input, asker);
    } catch (error) {
      if (error instanceof StoreFailure) throw new ControlFailure(error.code, error.message);
      throw error;
    }
  };
}
