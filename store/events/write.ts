/** Events are written with what they tell of: what is rolled back was no event. Class: pure, but for the clock. */
import { type SQL, sql } from 'drizzle-orm';
import { ANCHOR_ACTION } from '../../audit/index.js';
import { jsonText } from '../columns.js';
import type { NewEvent } from './types.js';

/** The statement that writes events, in their order. */
export function insertEvents(events: readonly NewEvent[]): SQL {
  const rows = events.map(({ type, at, subject, ...about }) => ({
    ...{ type, at, subject, instance_id: about.instanceId },
    ...{ process_id: about.processId, element_id: about.elementId },
  }));
  return sql`insert into events (type, at, instance_id, process_id, element_id, subject)
    select type, at, instance_id, process_id, element_id, subject
    from jsonb_to_recordset(${jsonText(rows)}::jsonb) as g (type text, at timestamptz, instance_id text,
      process_id text, element_id text, subject text)`;
}

/** Whether acts that are appended to the audit are told: anchors are the work of the log itself. */
export const areTold = (acts: readonly { readonly action: string }[]): boolean =>
  acts.some(({ action }) => action !== ANCHOR_ACTION);
