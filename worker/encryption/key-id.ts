/**
 * Finds the customer key in a workflow id: `p.<keyId>.<instanceId>[…]` of instances, `c.<keyId>.<hash>` of message
 * correlators, `s.<keyId>.<hash>` of signal correlators, `t.<keyId>…` of timer starts, `b.system.<batchId>` of batches. Source: docs/design.md D13.
 */
import type { SerializationContext } from '@temporalio/common';
import { failure } from './failure.js';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const KEY_ID = new RegExp(`^(?:${UUID}|system)$`);
/** A schedule appends `-<time stamp>` to the id of what it starts, hence the hyphen after a timer start's key. */
const WORKFLOW_ID = new RegExp(`^(?:[pcsb]\\.(${UUID}|system)\\..|t\\.(${UUID}|system)(?:$|[.-]))`);

/** Whether a text can be the id of a customer key. Class: pure. */
export function isKeyId(text: string): boolean {
  return KEY_ID.test(text);
}

/** The key id that a workflow id names, or null. Class: pure. */
export function keyIdIn(workflowId: string): string | null {
  const match = WORKFLOW_ID.exec(workflowId);
  return match?.[1] ?? match?.[2] ?? null;
}

/** The key id that a payload of this context belongs to. Errors: `KEY_ID_MISSING`. Class: pure. */
export function keyIdOf(context: SerializationContext | undefined): string {
  const workflowId = context?.workflowId ?? '';
  const keyId = keyIdIn(workflowId);
  if (keyId === null) throw failure('KEY_ID_MISSING', { workflowId });
  return keyId;
}
