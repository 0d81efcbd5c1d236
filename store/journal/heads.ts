/** Where the journal of each instance ends, and who the instance is. */
import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { processInstances } from '../projections/process-instances.js';
import type { Basis, JournalInstance, RowChange } from './types.js';

/** Where a journal ends, and what its last writer rested on. */
export interface Head {
  readonly last: number;
  readonly processId: string;
  readonly basis: Basis;
  /** Id of the incident as which the instance is parked, and the fence beyond which a decision ends it. */
  readonly parkedAs: string | null;
  readonly parkedFence: number;
}

/**
 * Heads by instance id, of those that have a journal; their rows stay locked, and so does the place of those that have
 * none: who makes a head is seen by whoever comes next. Class: side effect.
 */
export async function lockHeads(
  tx: Queryable,
  instanceIds: readonly string[],
): Promise<Map<string, Head>> {
  const heads = await lockRows(tx, instanceIds);
  const absent = instanceIds.filter((id) => !heads.has(id));
  if (absent.length === 0) return heads;
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(id, 0)) from (
      select id from jsonb_array_elements_text(${JSON.stringify(absent)}::jsonb) id order by id
    ) ordered`,
  );
  return new Map([...heads, ...(await lockRows(tx, absent))]);
}

async function lockRows(tx: Queryable, instanceIds: readonly string[]): Promise<Map<string, Head>> {
  const { instanceId, lastSequence: last, basisAfter: after, basisFence: fence } = processInstances;
  const { processId, parkedAs, parkedFence } = processInstances;
  const rows = await tx
    .select({ instanceId, processId, last, after, fence, parkedAs, parkedFence })
    .from(processInstances)
    .where(inArray(instanceId, [...instanceIds]))
    .orderBy(instanceId) // one order for everybody: no deadlock
    .for('update');
  return new Map(
    rows.map(({ instanceId: id, after, fence, ...row }) => [
      id,
      { ...row, basis: { after, fence } },
    ]),
  );
}

/** The row of an instance whose journal begins. Class: pure. */
export function newHead(instance: JournalInstance): RowChange {
  const row = {
    instance_id: instance.instanceId,
    process_id: instance.processId,
    definition_version: instance.definition.version,
    definition_hash: instance.definition.hash,
    caller_instance_id: instance.callerInstanceId,
    root_instance_id: instance.rootInstanceId,
    customer_key_id: instance.customerKeyId,
    business_key: instance.businessKey,
    last_sequence: 0,
    state: 'CREATED',
    started_at: null,
    ended_at: null,
    basis_after: 0,
    basis_fence: 0,
    parked_as: null,
    parked_fence: 0,
  };
  return { table: 'process_instances', how: 'put', row };
}

/** What every append changes of that row. Class: pure. */
export function headMoved(
  instance: JournalInstance,
  lastSequence: number,
  basis: Basis | null,
): RowChange {
  const row = {
    instance_id: instance.instanceId,
    definition_version: instance.definition.version,
    definition_hash: instance.definition.hash,
    last_sequence: lastSequence,
    ...(basis ? { basis_after: basis.after, basis_fence: basis.fence } : {}),
  };
  return { table: 'process_instances', how: 'patch', row };
}
