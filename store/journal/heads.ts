/** Where the journal of each instance ends, and who the instance is. */
import { inArray } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { processInstances } from '../projections/process-instances.js';
import type { JournalInstance, RowChange } from './types.js';

/** Last sequence number by instance id, of those that have a journal; their rows stay locked. Class: side effect. */
export async function lockHeads(
  tx: Queryable,
  instanceIds: readonly string[],
): Promise<Map<string, number>> {
  const { instanceId, lastSequence } = processInstances;
  const rows = await tx
    .select({ instanceId, lastSequence })
    .from(processInstances)
    .where(inArray(instanceId, [...instanceIds]))
    .orderBy(instanceId) // one order for everybody: no deadlock
    .for('update');
  return new Map(rows.map((row) => [row.instanceId, row.lastSequence]));
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
  };
  return { table: 'process_instances', how: 'put', row };
}

/** What every append changes of that row. Class: pure. */
export function headMoved(instance: JournalInstance, lastSequence: number): RowChange {
  const row = {
    instance_id: instance.instanceId,
    definition_version: instance.definition.version,
    definition_hash: instance.definition.hash,
    last_sequence: lastSequence,
  };
  return { table: 'process_instances', how: 'patch', row };
}
