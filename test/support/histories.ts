/** Histories that tests recorded: what the host did once, it must do again for as long as instances live. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { loadBundle } from '../../worker/bundle.js';
import { createDataConverter } from '../../worker/encryption/index.js';
import { fixedKeys } from './fixed-keys.js';

const FOLDER = fileURLToPath(new URL('../histories/', import.meta.url));

const { History } = temporal.api.history.v1;
const { EventType } = temporal.api.enums.v1;

/** The events of one run. */
export type RunHistory = temporal.api.history.v1.IHistory;

/** One recorded run. */
export interface RecordedHistory {
  readonly name: string;
  readonly workflowId: string;
  readonly history: RunHistory;
}

/** Fetches the history of the latest run of a workflow id. */
export function fetchHistory(client: Client, workflowId: string): Promise<RunHistory> {
  return client.workflow.getHandle(workflowId).fetchHistory();
}

/** Whether Temporal has nothing more to do for a workflow: no activity and no task of it is under way. */
export async function isAtRest(client: Client, workflowId: string): Promise<boolean> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  return (raw.pendingActivities ?? []).length === 0 && !raw.pendingWorkflowTask;
}

/** The types of a history's events, without their common beginning. */
export function eventTypes({ events }: RunHistory): readonly string[] {
  const names = (events ?? []).map(({ eventType }) => EventType[eventType ?? 0] ?? '');
  return names.map((name) => name.replace('EVENT_TYPE_', ''));
}

/** Writes a history to the corpus, when `JORNADA_RECORD` asks for it. */
export function record(name: string, workflowId: string, history: RunHistory): void {
  if (!process.env.JORNADA_RECORD) return;
  const bytes = Buffer.from(History.encode(history).finish()).toString('base64');
  writeFileSync(`${FOLDER}${name}.json`, `${JSON.stringify({ workflowId, history: bytes })}\n`);
}

/** All histories of the corpus. */
export function recordedHistories(): readonly RecordedHistory[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const text = readFileSync(`${FOLDER}${file}`, 'utf8');
      const { workflowId, history } = JSON.parse(text) as { workflowId: string; history: string };
      const decoded = History.decode(Buffer.from(history, 'base64'));
      return { name: file.slice(0, -5), workflowId, history: decoded };
    });
}

/** Replays histories with the workflows of today. @returns name and error of those that differ */
export async function replay(
  histories: readonly RecordedHistory[],
  folder: string,
): Promise<readonly string[]> {
  const { code } = await loadBundle(folder);
  const options = {
    workflowBundle: { code },
    dataConverter: createDataConverter({ keyProvider: fixedKeys() }),
  };
  const failed: string[] = [];
  for (const { name, workflowId, history } of histories) {
    for await (const { error } of Worker.runReplayHistories(options, [{ workflowId, history }])) {
      if (error) failed.push(`${name}: ${error.message}`);
    }
  }
  return failed;
}
