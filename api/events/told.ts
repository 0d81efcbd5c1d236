/** Events as they are told: by the keys of Camunda's API. */
import type { ToldEvent } from '../../contracts/events.js';
import type { EventRow, Store } from '../../store/index.js';
import { type KeyOf, keyed } from '../camunda/keys.js';

/** Tells events, in their order. Class: side effect (keys that were never shown are made). */
export function toldEvents(
  store: Pick<Store, 'publicKeys'>,
  rows: readonly EventRow[],
): Promise<readonly ToldEvent[]> {
  return keyed(store, rows, (row, keyOf) => ({
    ...{ type: row.type, timestamp: row.at, data: dataOf(row, keyOf) },
  }));
}

const SUBJECTS: Readonly<Record<string, 'userTask' | 'incident'>> = {
  user_task: 'userTask',
  incident: 'incident',
};

/** What a type is about, as `user_task`. Class: pure. */
export const familyOf = (type: string): string => type.slice(0, type.indexOf('.'));

function dataOf(row: EventRow, keyOf: KeyOf): ToldEvent['data'] {
  const { type, instanceId, processId, elementId, subject } = row;
  if (instanceId === null) return { auditNumber: Number(subject) };
  const instance = {
    processInstanceKey: keyOf('processInstance', instanceId),
    processDefinitionId: processId ?? '',
  };
  const kind = SUBJECTS[familyOf(type)];
  if (!kind) return instance;
  const key = keyOf(kind, `${instanceId}/${subject}`);
  return { ...instance, elementId, [kind === 'userTask' ? 'userTaskKey' : 'incidentKey']: key };
}
