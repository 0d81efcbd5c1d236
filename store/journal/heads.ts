/** Where the journal of each instance ends, and who the instance is. */
import { inArray, sql } from 'drizzle-orm';
import { jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { processInstances } from '../projections/process-instances.js';
import type { JournalInstance, RowValues } from './types.js';

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

/** Adds instances that have no journal yet. One that another process adds meanwhile is a unique violation. */
export async function insertHeads(
  tx: Queryable,
  instances: readonly JournalInstance[],
): Promise<void> {
  if (instances.length === 0) return;
  const rows = instances.map((instance) => ({ ...headOf(instance, 0), state: 'CREATED' }));
  await tx.execute(sql`insert into process_instances
    select * from jsonb_populate_recordset(null::process_instances, ${jsonText(rows)}::jsonb)`);
}

/** The columns of an instance that are the journal's own. Class: pure. */
export function headOf(instance: JournalInstance, lastSequence: number): RowValues {
  return {
    instance_id: instance.instanceId,
    process_id: instance.processId,
    definition_version: instance.definition.version,
    definition_hash: instance.definition.hash,
    caller_instance_id: instance.callerInstanceId,
    root_instance_id: instance.rootInstanceId,
    customer_key_id: instance.customerKeyId,
    business_key: instance.businessKey,
    last_sequence: lastSequence,
  };
}
