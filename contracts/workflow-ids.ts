/**
 * Workflow ids of instances and what they are made of: `p.<key id>.<instance id>`. Who encrypts a payload reads whose it
 * is from there. Plain functions: the workflow sandbox calls them. Source: docs/design.md D13.
 */

/** Id of the deployment's own key: what is under it is of no customer. */
export const SYSTEM_KEY_ID = 'system';

/** Where an instance is in Temporal. @param keyId - null: the deployment's own key. Class: pure. */
export function instanceWorkflowId(instanceId: string, keyId: string | null): string {
  return `p.${keyId ?? SYSTEM_KEY_ID}.${instanceId}`;
}

/** Where a batch is in Temporal: it holds no more than its id. Class: pure. */
export function batchWorkflowId(batchId: string): string {
  return `b.${SYSTEM_KEY_ID}.${batchId}`;
}

/**
 * The last part of a workflow id: of an instance its id, of a correlator the hash of its name and key. Class: pure.
 */
export function lastPartOf(workflowId: string): string {
  return workflowId.split('.')[2] ?? workflowId;
}
