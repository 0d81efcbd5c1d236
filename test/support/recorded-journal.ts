/** The journal as Temporal has it: the entries of every decision that a history records. */
import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import type { Decision } from '../../contracts/decision.js';
import type { JournalEntry } from '../../engine/model/index.js';
import { createDataConverter } from '../../worker/encryption/index.js';
import { fixedKeys } from './fixed-keys.js';

/** Reads the decisions of the latest run of an instance. */
export async function recordedJournal(
  client: Client,
  workflowId: string,
): Promise<readonly JournalEntry[]> {
  const [codec] = createDataConverter({ keyProvider: fixedKeys() }).payloadCodecs ?? [];
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const markers = (events ?? []).flatMap(
    ({ markerRecordedEventAttributes: marker }) => marker?.details?.result?.payloads ?? [],
  );
  const context = { type: 'workflow', namespace: 'default', workflowId } as const;
  const decoded = (await codec?.decode(markers as Payload[], context)) ?? [];
  return decoded
    .map(({ data }) => JSON.parse(Buffer.from(data ?? []).toString()) as Decision)
    .flatMap(({ entries }) => entries ?? []);
}
