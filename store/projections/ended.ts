/** Instances that go no further: what one of them began and left open, another one may take over. */
import { inArray } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { type ProcessInstanceState, processInstances } from './process-instances.js';

const ENDED: readonly ProcessInstanceState[] = ['COMPLETED', 'CANCELLED', 'FAILED', 'REFUSED'];

/** The query of their ids, to be part of another one. Class: pure. */
export const endedAmong = (db: Queryable) =>
  db
    .select({ instanceId: processInstances.instanceId })
    .from(processInstances)
    .where(inArray(processInstances.state, [...ENDED]));
