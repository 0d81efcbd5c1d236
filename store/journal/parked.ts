/**
 * Instances on which no decision can be taken: nothing of it is in their journal, so they say it themselves, and it
 * shows among the incidents. The next decision that is recorded ends it. Source: docs/design.md D4.
 */
import { sql } from 'drizzle-orm';
import { incidentClassOf } from '../../engine/errors/index.js';
import type { Queryable } from '../database.js';
import { ofIncident } from '../events/of-journal.js';
import type { NewEvent } from '../events/types.js';
import { insertEvents } from '../events/write.js';
import type { Seals } from '../sealing/index.js';
import { addChange, type ChangeSet, runTogether, statementsOf } from './changes.js';
import { lockHeads, newHead } from './heads.js';
import { sealChange } from './prepare.js';
import type { JournalInstance, RowChange } from './types.js';

/** Why an instance is parked, and since when. */
export interface Parked {
  readonly incidentId: string;
  readonly code: string;
  readonly message: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Compares with that of a `Basis`: decisions that began before do not end it. */
  readonly fence: number;
}

/** Notes that an instance is parked; what a later decision has contradicted already is not noted. Class: side effect. */
export async function noteParked(
  db: Queryable,
  seals: Seals,
  instance: JournalInstance,
  { fence, ...parked }: Parked,
): Promise<void> {
  const { instanceId, customerKeyId } = instance;
  const incident = await sealChange(opened(instance, parked), customerKeyId, seals);
  await db.transaction(async (tx) => {
    const head = (await lockHeads(tx, [instanceId])).get(instanceId);
    if (head && head.basis.fence > fence) return;
    const changes: ChangeSet = new Map();
    const events: NewEvent[] = [];
    if (!head) addChange(changes, newHead(instance));
    const before = head?.parkedAs ?? null;
    if (before !== null && before !== parked.incidentId) {
      addChange(changes, ended(instanceId, before, parked.at));
      events.push(ofIncident('incident.resolved', parked.at, instance, before));
    }
    if (before !== parked.incidentId) {
      events.push(ofIncident('incident.created', parked.at, instance, parked.incidentId));
    }
    addChange(changes, incident);
    const row = { instance_id: instanceId, parked_as: parked.incidentId, parked_fence: fence };
    addChange(changes, { table: 'process_instances', how: 'patch', row });
    const told = events.length > 0 ? [insertEvents(events)] : [];
    await runTogether(tx, [...statementsOf(changes), ...told]);
  });
}

function opened(
  { instanceId, processId }: JournalInstance,
  { incidentId, code, message, at }: Omit<Parked, 'fence'>,
): RowChange {
  const row = {
    instance_id: instanceId,
    incident_id: incidentId,
    process_id: processId,
    element_id: null,
    element_instance_id: null,
    code,
    class: incidentClassOf(code),
    message,
    state: 'ACTIVE',
    opened_at: at,
    ended_at: null,
    resolved_by: null,
    of_journal: false,
  };
  return { table: 'incidents', how: 'put', row };
}

function ended(instanceId: string, incidentId: string, at: string): RowChange {
  const row = { instance_id: instanceId, incident_id: incidentId, state: 'RESOLVED', ended_at: at };
  return { table: 'incidents', how: 'patch', row };
}

/** What a recorded decision changes of an instance that was parked as `incidentId`. Class: pure. */
export function goesOn(instanceId: string, incidentId: string, at: string): readonly RowChange[] {
  const row = { instance_id: instanceId, parked_as: null };
  return [{ table: 'process_instances', how: 'patch', row }, ended(instanceId, incidentId, at)];
}

/** Ends the incident of an instance that is not parked any more. Class: side effect. */
export async function noteGoesOn(db: Queryable, instanceId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const head = (await lockHeads(tx, [instanceId])).get(instanceId);
    if (!head?.parkedAs) return;
    const { parkedAs } = head;
    const at = new Date().toISOString();
    const changes: ChangeSet = new Map();
    for (const change of goesOn(instanceId, parkedAs, at)) addChange(changes, change);
    const { processId } = head;
    const event = ofIncident('incident.resolved', at, { instanceId, processId }, parkedAs);
    await runTogether(tx, [...statementsOf(changes), insertEvents([event])]);
  });
}

/** Takes away an instance that has no journal: its start was dropped. Class: side effect. */
export async function forgetUnstarted(db: Queryable, instanceId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const head = (await lockHeads(tx, [instanceId])).get(instanceId);
    if (head && head.last > 0) return false;
    await tx.execute(sql`delete from incidents where instance_id = ${instanceId}`);
    await tx.execute(sql`delete from process_instances where instance_id = ${instanceId}`);
    return true;
  });
}
