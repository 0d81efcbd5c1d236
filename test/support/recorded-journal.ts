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
  const context = { type: 'workflow', namespace: 'default', workflowId } as const;
  let journal: JournalEntry[] = [];
  for (const event of events ?? []) {
    const asked = event.markerRecordedEventAttributes?.details?.result?.payloads;
    const done = event.activityTaskCompletedEventAttributes?.result?.payloads;
    const [decoded] = (await codec?.decode((asked ?? done ?? []) as Payload[], context)) ?? [];
    if (!decoded) continue;
    const answer = JSON.parse(Buffer.from(decoded.data ?? []).toString()) as Decision | JobOutcome;
    const { entries = [] } = ('decision' in answer ? answer.decision : answer) ?? {};
    const from = entries[0]?.sequence;
    if (from === undefined) continue;
    // What was asked for stands. An early decision counts where it goes on, and gives way to what was asked for.
    if (asked) journal = journal.filter(({ sequence }) => sequence < from);
    const last = journal.at(-1)?.sequence ?? from - 1;
    if (from === last + 1) journal.push(...entries);
  }
  return journal;
}
