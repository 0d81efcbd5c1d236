/**
 * The last part of a workflow id: of an instance (`p.<key id>.<instance id>`) its id, of a correlator the hash of its name
 * and key. Class: pure.
 */
export function lastPartOf(workflowId: string): string {
  return workflowId.split('.')[2] ?? workflowId;
}
