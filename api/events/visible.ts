/** Who is told of what: whoever may read the thing itself. Class: pure. */
import type { EventType } from '../../contracts/events.js';
import { PERMISSIONS, type Permission, type Rights, refusalOf } from '../permissions.js';
import { familyOf } from './told.js';

const READ_BY: Readonly<Record<string, Pick<Permission, 'who'>>> = {
  process_instance: PERMISSIONS.getProcessInstance,
  user_task: PERMISSIONS.getUserTask,
  incident: PERMISSIONS.getIncident,
  audit: { who: ['admin', 'auditor'] },
};

/** Whether somebody is told of events of a type. */
export function mayHear(caller: Rights, type: EventType): boolean {
  const row = READ_BY[familyOf(type)];
  if (!row) return false;
  return refusalOf({ ...PERMISSIONS.events, who: row.who }, caller) === null;
}
