/**
 * Call activities: a child of the same kind, abandoned, that reports to this workflow's id. It outlives every run of
 * its caller. Class: workflow. Source: Temporal, "Parent Close Policy"; S77.
 */
import { ParentClosePolicy, proxyActivities, startChild, workflowInfo } from '@temporalio/workflow';
import {
  type CallOutcome,
  customerIn,
  type RefusedCall,
  type ResolveCallInput,
} from '../../contracts/correlation.js';
import type { HostEffect } from '../../contracts/decision.js';
import { type DefinitionRef, HOST_VERSION, type InstanceStart } from '../../contracts/instance.js';
import { ACTIVITIES, WORKFLOWS } from '../../contracts/names.js';
import { instanceWorkflowId } from '../../contracts/workflow-ids.js';
import type { Host } from '../instance/host.js';
import { enqueue } from '../instance/queue.js';
import { inLane } from './call.js';

type StartChild = Extract<HostEffect, { readonly kind: 'startChild' }>;

const ALREADY_STARTED = 'WorkflowExecutionAlreadyStartedError';

interface Activities {
  [ACTIVITIES.resolveCall](input: ResolveCallInput): Promise<CallOutcome>;
}

const { [ACTIVITIES.resolveCall]: resolveCall } = proxyActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** Starts the called instance; one that cannot be found is told to the core. */
export function startChildInstance(host: Host, effect: StartChild): Promise<void> {
  const { id, instanceId, target } = effect;
  const place = (keyId = host.keyId): string => instanceWorkflowId(instanceId, keyId);
  host.children.set(id, place(target?.keyId));
  return inLane(host, instanceId, async () => {
    const resolved = target ?? (await resolveCall(callOf(host, effect)));
    if (resolved === null || 'code' in resolved) return notStarted(host, effect, resolved);
    const { keyId, ...definition } = resolved;
    const workflowId = place(keyId);
    host.children.set(id, workflowId);
    await start(workflowId, argumentOf(host, effect, definition));
  });
}

function callOf({ start: { definition }, keyId }: Host, effect: StartChild): ResolveCallInput {
  const { processId, binding, versionTag, instanceId, variables } = effect;
  const called = { instanceId, callerKeyId: keyId, customerId: customerIn(variables) };
  return { caller: definition, processId, binding, versionTag, called };
}

function notStarted(
  host: Host,
  { id, elementInstanceId, processId }: StartChild,
  refusal: RefusedCall | null,
): void {
  const message = `no process ${processId} is deployed for ${elementInstanceId}`;
  const why = refusal ?? { code: 'CALL_TARGET', message };
  host.children.delete(id);
  host.window.callEnded();
  enqueue(host, { kind: 'childNotStarted', childId: id, ...why });
}

function argumentOf(host: Host, effect: StartChild, definition: DefinitionRef): InstanceStart {
  const { seed, limits, rootInstanceId, businessKey, clock } = host.start;
  const caller = { instanceId: seed.instanceId, childId: effect.id };
  return {
    hostVersion: HOST_VERSION,
    definition,
    ...(clock ? { clock } : {}),
    seed: { instanceId: effect.instanceId, processId: definition.processId, caller },
    callerWorkflowId: workflowInfo().workflowId,
    startedBy: null,
    businessKey,
    rootInstanceId,
    limits,
    begin: {
      kind: 'first',
      event: {
        kind: 'start',
        elementId: null,
        variables: effect.variables,
        ...(effect.mapped && { mapped: effect.mapped }),
        requestId: null,
        actor: null,
      },
    },
  };
}

async function start(workflowId: string, argument: InstanceStart): Promise<void> {
  try {
    await startChild(WORKFLOWS.instance, {
      workflowId,
      args: [argument],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    // The id is deterministic: what runs under it is this very call.
    const isRunning = error instanceof Error && error.name === ALREADY_STARTED;
    if (!isRunning) throw error;
  }
}
