/** What one would write by hand instead of drawing ten service tasks: alone, or with the audit that a process has. */
import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { JournalEntry } from '../../../engine/model/index.js';

const TASKS = 10;

interface Activities {
  work(input: object): Promise<object>;
  audit(instanceId: string, entries: readonly JournalEntry[]): Promise<void>;
}

const { work, audit } = proxyActivities<Activities>({ startToCloseTimeout: '5 minutes' });
const { audit: auditLocally } = proxyLocalActivities<Pick<Activities, 'audit'>>({
  startToCloseTimeout: '30 seconds',
});

/** Ten activities in a row. */
export async function bare(): Promise<object> {
  let variables = {};
  for (let task = 1; task <= TASKS; task += 1) {
    variables = { ...variables, ...(await work({ task: `task-${task}`, variables })) };
  }
  return variables;
}

/** The same, and after each step an activity that writes what happened. */
export const audited = (life: Life): Promise<object> => withAudit(life, audit);

/** The same, and after each step a local activity that writes what happened. */
export const auditedLocally = (life: Life): Promise<object> => withAudit(life, auditLocally);

/** Entries that one step writes, as a process of ten tasks would; only their instants are not known before. */
type Life = readonly (readonly JournalEntry[])[];

async function withAudit(life: Life, write: Activities['audit']): Promise<object> {
  const instanceId = workflowInfo().workflowId.split('.')[2] ?? '';
  const at = (): string => new Date(Date.now()).toISOString();
  const step = (index: number): Promise<void> =>
    write(
      instanceId,
      (life[index] ?? []).map((entry) => ({ ...entry, at: at() })),
    );
  let variables = {};
  await step(0);
  for (let task = 1; task <= TASKS; task += 1) {
    variables = { ...variables, ...(await work({ task: `task-${task}`, variables })) };
    await step(task);
  }
  return variables;
}
