/** The history tells what a person answered, and by what the work of a job is found again. */
import { expect, test } from 'vitest';
import { historyLines } from '../../cli/history.js';
import type { HistoryRow } from '../../contracts/control.js';
import type { JournalEntry } from '../../engine/model/index.js';
import { startFixture } from '../support/index.js';

const told = (entries: readonly JournalEntry[], isErased = false): readonly string[] => {
  const rows = entries.map((entry) => ({ ...entry, instanceId: 'i', isErased })) as HistoryRow[];
  const history = { instance: null as never, entries: rows, acts: [], names: {} };
  return historyLines(history, false, (_, text) => text).map((line) =>
    line.replace(/^.*?Z {2}/, ''),
  );
};

test('of a task, what was answered', async () => {
  const instance = await startFixture('elements/user-task/valid-plain');
  instance.complete('review', { decision: 'approve', note: 'fine', parts: [1, 2] });
  expect(told(instance.entries)).toContain(
    "cory    completed task 'review': decision = approve, note = fine",
  );
  expect(told(instance.entries, true).join()).not.toContain('approve');
});

test('of a job, what proves it and nothing else', async () => {
  const instance = await startFixture('elements/service-task/valid-plain');
  const [job] = Object.values(instance.state.jobs);
  instance.job(job?.type ?? '', {
    complete: { certificateId: 'C-1', manifestSha256: 'ab12', secret: 'quiet' },
  });
  const lines = told(instance.entries);
  const line = lines.find((one) => one.includes('was done')) ?? '';
  expect(line).toContain('certificateId = C-1');
  expect(lines.join()).not.toContain('quiet');
});
