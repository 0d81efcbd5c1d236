/** What an instance leaves behind in Temporal. */
import type { Client } from '@temporalio/client';
import type { Variant } from './variants.js';

/** Counts of one history. */
export interface HistoryCounts {
  readonly events: number;
  readonly markers: number;
  readonly activities: number;
  readonly bytes: number;
}

/** Runs one instance to its end and counts its history; bytes are those that the server counts. */
export async function countHistory(client: Client, { start }: Variant): Promise<HistoryCounts> {
  const handle = await start();
  await handle.result();
  const { events } = await client.workflow.getHandle(handle.workflowId).fetchHistory();
  const { historySize = 0 } = await handle.describe();
  const count = (
    attributes: 'markerRecordedEventAttributes' | 'activityTaskScheduledEventAttributes',
  ) => (events ?? []).filter((event) => event[attributes]).length;
  return {
    events: events?.length ?? 0,
    markers: count('markerRecordedEventAttributes'),
    activities: count('activityTaskScheduledEventAttributes'),
    bytes: historySize,
  };
}
