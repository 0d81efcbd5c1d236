/** Who is told of what: whoever may read the thing itself, and as whom they would read it. Class: pure. */
import type { EventType } from '../../contracts/events.js';
import type { Viewer } from '../../store/index.js';
import { type CsmSees, viewerBy } from '../identities/portfolio.js';
import type { Principal } from '../identities/principal.js';
import { PERMISSIONS, type Permission, type Rights, refusalOf } from '../permissions.js';
import { familyOf } from './told.js';

const READ_BY: Readonly<Record<string, Pick<Permission, 'who' | 'kind'>>> = {
  process_instance: PERMISSIONS.getProcessInstance,
  user_task: PERMISSIONS.getUserTask,
  incident: PERMISSIONS.getIncident,
  audit: { who: ['admin', 'auditor'], kind: 'read' },
};

/** Whether somebody is told of events of a type. */
export function mayHear(caller: Rights, type: EventType): boolean {
  const row = READ_BY[familyOf(type)];
  if (!row) return false;
  return refusalOf({ ...PERMISSIONS.events, who: row.who }, caller) === null;
}

/** As whom somebody reads what events of a type are about; null: as one who sees all. */
export function viewerOfEvents(
  caller: Principal,
  csmSees: CsmSees,
  type: EventType,
): Viewer | null {
  const row = READ_BY[familyOf(type)];
  return row ? viewerBy(row, caller, csmSees) : null;
}
