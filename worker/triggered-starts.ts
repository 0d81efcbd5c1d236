/** Starts that nobody asks for by a command: by a message, a signal or a timer, each once. Class: side effect. */
import { newId } from '../activities/identifiers.js';
import type { StartByInput, StartByTimerInput, StartOutcome } from '../contracts/correlation.js';
import type { InstanceStart } from '../contracts/instance.js';
import { instanceWorkflowId, SYSTEM_KEY_ID } from '../contracts/workflow-ids.js';
import type { StartKey } from '../store/index.js';
import { saysErased, type Unkeyed } from './customer-keys.js';
import type { EngineDeps } from './engine-deps.js';
import { standingOf, startInstance, startInstanceOnly } from './instances.js';
import { argumentOf, claim } from './starts.js';

/**
 * Starts by message and signal: once for a key; null when the latest version has no such start event, or refuses to start
 * by what it is given.
 */
export async function startLatest(
  deps: EngineDeps,
  input: StartByInput,
): Promise<StartOutcome | null> {
  const { processId, elementId, startKey, variables, startedBy, hold, inherited = null } = input;
  const definition = await deps.registry.find(processId, null);
  const process = definition && (await deps.registry.process(definition));
  if (!definition || !process?.starts.some((one) => one.elementId === elementId)) {
    await giveUp(deps, input);
    return null;
  }
  const claimed = await claimOnce(
    deps,
    { processId, key: startKey },
    { process, variables, inherited },
  );
  // Of a customer who is erased, nothing starts any more.
  if (claimed === null) return null;
  const { instanceId, workflowId } = claimed;
  const holder = hold === null ? null : await holderOf(deps, processId, hold.id, claimed);
  if (holder !== null) return { workflowId: holder, isBusy: true };
  const command = { processId, elementId, variables, requestId: startKey, actor: null };
  const told = hold?.correlators ?? (startedBy === null ? null : [startedBy]);
  const argument = argumentOf(deps, definition, instanceId, command, told);
  const isStarted = await startJudged(deps, { workflowId, instanceId }, argument);
  return isStarted ? { workflowId, isBusy: false } : null;
}

/** An attempt before this one may have been killed when it held the key for an instance that now never comes (S62). */
async function giveUp(
  { store, client }: EngineDeps,
  { processId, startKey, hold }: StartByInput,
): Promise<void> {
  if (hold === null) return;
  const claimed = await store.starts.find({ processId, kind: 'request', key: startKey });
  if (claimed === null) return;
  const { instanceId, customerKeyId } = claimed;
  if ((await standingOf(client, instanceWorkflowId(instanceId, customerKeyId))) !== 'absent')
    return;
  if ((await store.processInstances.get(instanceId)) !== null) return;
  await store.starts.release({ processId, kind: 'messageKey', key: hold.id }, instanceId);
}

/** Starts an instance and hears whether it took its first event. Rejects when nobody answers in time. */
async function startJudged(
  { client, taskQueue, withinMs, store }: EngineDeps,
  place: { readonly workflowId: string; readonly instanceId: string },
  argument: InstanceStart,
): Promise<boolean> {
  const answer = await startInstance(client, { ...place, withinMs }, taskQueue, argument);
  // A parked one begins when it can decide.
  if (answer.status !== null) return answer.ok || answer.code === 'ENGINE_PARKED';
  if (!answer.ok) throw new Error(answer.message);
  // Its workflow has closed: the answer to the first attempt was lost.
  return (await store.processInstances.get(place.instanceId))?.state !== 'REFUSED';
}

/**
 * Another instance that has the key of a message start, across the messages that start the process (S62); null: this one
 * has it now, or had it and has ended since.
 */
async function holderOf(
  { client, store }: EngineDeps,
  processId: string,
  hold: string,
  { instanceId, workflowId, customerKeyId }: ClaimedStart,
): Promise<string | null> {
  const key: StartKey = { processId, kind: 'messageKey', key: hold };
  for (;;) {
    const found = await store.starts.claim(key, instanceId, { customerKeyId });
    const holder = found.instanceId;
    if (holder === instanceId) return null;
    if ((await standingOf(client, workflowId)) !== 'absent') return null;
    const holding = instanceWorkflowId(holder, found.customerKeyId);
    const standing = await standingOf(client, holding);
    // One that is not there is about to start, or so old that the store alone remembers it.
    const isOver = standing === 'absent' && (await store.processInstances.get(holder)) !== null;
    if (standing !== 'ended' && !isOver) return holding;
    await store.starts.release(key, holder);
  }
}

/** An instance that a request has been given. */
interface ClaimedStart {
  readonly instanceId: string;
  readonly customerKeyId: string;
  readonly workflowId: string;
}

/** Claims a request for an instance and sees to its key; null: its customer is erased. */
async function claimOnce(
  deps: EngineDeps,
  { processId, key }: Pick<StartKey, 'processId' | 'key'>,
  unkeyed: Omit<Unkeyed, 'instanceId'>,
): Promise<ClaimedStart | null> {
  try {
    const fresh = newId(Date.now());
    const chosen = await deps.keys.choose({ ...unkeyed, instanceId: fresh });
    const asked = { digest: null, customerKeyId: chosen };
    const claimed = await claim(deps, [{ processId, kind: 'request', key }], asked, fresh);
    const { instanceId, customerKeyId } = claimed;
    const keyId = customerKeyId ?? SYSTEM_KEY_ID;
    await deps.keys.prepare(instanceId, keyId);
    return { instanceId, customerKeyId: keyId, workflowId: instanceWorkflowId(instanceId, keyId) };
  } catch (error) {
    if (saysErased(error)) return null;
    throw error;
  }
}

/** Starts by a timer: once for a due instant. */
export async function startByTimer(deps: EngineDeps, input: StartByTimerInput): Promise<void> {
  const { definition, elementId, dueAt } = input;
  const { processId, version } = definition;
  const requestId = `timer ${elementId} ${version} ${dueAt}`;
  const process = await deps.registry.process(definition);
  const unkeyed = { process, variables: {}, inherited: null };
  const claimed = await claimOnce(deps, { processId, key: requestId }, unkeyed);
  if (claimed === null) return;
  const { instanceId, workflowId } = claimed;
  const command = { processId, elementId, requestId, actor: null };
  const argument = argumentOf(deps, definition, instanceId, command, null);
  await startInstanceOnly(deps.client, workflowId, deps.taskQueue, argument);
}
