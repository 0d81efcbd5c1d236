/** The journal as Temporal has it: the entries of every decision that a history records, early ones included. */
import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import type { Decision } from '../../contracts/decision.js';
import type { JobOutcome } from '../../contracts/job.js';
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
  const answers = (events ?? []).flatMap((event) => [
    ...(event.markerRecordedEventAttributes?.details?.result?.payloads ?? []),
    ...(event.activityTaskCompletedEventAttributes?.result?.payloads ?? []),
  ]);
  const context = { type: 'workflow', namespace: 'default', workflowId } as const;
  const decoded = (await codec?.decode(answers as Payload[], context)) ?? [];
  const journal: JournalEntry[] = [];
  for (const { data } of decoded) {
    const answer = JSON.parse(Buffer.from(data ?? []).toString()) as Decision | JobOutcome;
    const { entries = [] } = ('decision' in answer ? answer.decision : answer) ?? {};
    // An early decision that came too late does not go on where the journal stands.
    const isVoid = (entries[0]?.sequence ?? 0) <= (journal.at(-1)?.sequence ?? 0);
    if (!isVoid) journal.push(...entries);
  }
  return journal;
}
