/** What the engine leans on, and where it finds an instance in Temporal. */
import type { Client } from '@temporalio/client';
import type { Correlators } from '../activities/index.js';
import type { HostLimits } from '../contracts/instance.js';
import { instanceWorkflowId } from '../contracts/workflow-ids.js';
import type { Registry } from '../registry/index.js';
import type { Store } from '../store/index.js';
import type { CustomerKeyChoice } from './customer-keys.js';
import type { KeyedHash } from './encryption/index.js';
import type { SealedMessages } from './sealed-messages.js';
import type { TimerStarts } from './timer-starts.js';

/** What it leans on. */
export interface EngineDeps {
  readonly client: Client;
  readonly taskQueue: string;
  readonly store: Store;
  readonly registry: Registry;
  readonly correlators: Correlators;
  readonly timerStarts: TimerStarts;
  readonly limits: HostLimits;
  /** Time that a caller waits for an answer at most. */
  readonly withinMs: number;
  readonly keys: CustomerKeyChoice;
  readonly messages: SealedMessages;
  /** Makes ids of what callers name: Temporal keeps ids in plain text, and theirs may tell something. */
  readonly keyedHash: KeyedHash;
  /** Instance id → workflow id, of those that were met. */
  readonly workflowIds: Map<string, string>;
}

/** Where an instance is: the key is in the store, and remembered; an instance that is not there yet has the deployment's. */
export async function workflowIdOf(deps: EngineDeps, instanceId: string): Promise<string> {
  const known = deps.workflowIds.get(instanceId);
  if (known !== undefined) return known;
  const { processInstances, starts } = deps.store;
  const found = await processInstances
    .get(instanceId)
    .then((row) => row?.customerKeyId ?? starts.keyOf(instanceId))
    .catch(() => null);
  const workflowId = instanceWorkflowId(instanceId, found);
  if (found !== null) remember(deps, instanceId, workflowId);
  return workflowId;
}

/** Ids remembered: a store that is down must not hide whose key an instance has. */
const MOST_IDS = 10_000;

/** Remembers where an instance is. */
export function remember(
  { workflowIds }: EngineDeps,
  instanceId: string,
  workflowId: string,
): void {
  workflowIds.set(instanceId, workflowId);
  const [oldest] = workflowIds.keys();
  if (workflowIds.size > MOST_IDS && oldest !== undefined) workflowIds.delete(oldest);
}
