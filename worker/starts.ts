/**
 * Starts by a command: judged before anything is written, made once for a request and once for a business key.
 *
 * Whoever is killed in between leaves claims of an instance that is not there: the next request under the same keys
 * starts it, with what that one asks for. What an instance was started with it says itself, so that a repetition is
 * told from another request. Class: side effect.
 */
import { newId } from '../activities/identifiers.js';
import {
  type DefinitionRef,
  HOST_VERSION,
  type InstanceAnswer,
  type InstanceStart,
  type StartOrigin,
} from '../contracts/instance.js';
import { instanceWorkflowId, SYSTEM_KEY_ID } from '../contracts/workflow-ids.js';
import { fault } from '../engine/errors/index.js';
import type { Json, Variables } from '../engine/model/index.js';
import { checkStart } from '../engine/step/index.js';
import type { Asked, Holder, StartKey } from '../store/index.js';
import { saysErased } from './customer-keys.js';
import { type EngineDeps, remember } from './engine-deps.js';
import { type EngineAnswer, standingOf, startInstance, unreached } from './instances.js';

/** A new instance. */
export interface StartCommand {
  readonly processId: string;
  /** Null: the latest. */
  readonly version?: number | null;
  /** A start event; null: the none start. */
  readonly elementId?: string | null;
  readonly variables?: Variables;
  /** At most one instance of the process ever has it; one whose start was refused gives it back. */
  readonly businessKey?: string | null;
  /** Key that it runs under; absent: chosen by its definition and variables. */
  readonly customerKeyId?: string;
  readonly requestId: string | null;
  readonly actor: string | null;
}

/** `isNew` false: refused, or an instance of this business key was there before and nothing was started. */
export type StartAnswer = EngineAnswer & { readonly isNew: boolean };

/** A request to start, as far as it is known before there is an instance. */
interface Wanted {
  readonly command: StartCommand;
  readonly definition: DefinitionRef;
  readonly keys: readonly StartKey[];
  /** Key under which an instance of this id runs. */
  readonly keyOf: (instanceId: string) => Promise<string>;
  readonly origin: StartOrigin;
}

/**
 * Starts an instance and waits for its first rest.
 *
 * Errors in the answer: `DEFINITION_UNKNOWN`, `BUSINESS_KEY_USED`, and what the core says of variables and start events.
 */
export async function start(deps: EngineDeps, command: StartCommand): Promise<StartAnswer> {
  const { processId, version = null, elementId = null, variables = {} } = command;
  const definition = await deps.registry.find(processId, version);
  if (!definition) {
    const process = version === null ? processId : `${processId}:${version}`;
    return refused('', fault('DEFINITION_UNKNOWN', { process }));
  }
  const process = await deps.registry.process(definition);
  const keys = keysOf(command);
  const problem = checkStart(process, { elementId, variables });
  if (problem !== null && !(await isTaken(deps, keys))) return refused('', problem);
  const digest = await digestOf(deps, { version, elementId, variables });
  const requestId = command.requestId ?? newId(Date.now());
  const keyOf = async (instanceId: string): Promise<string> =>
    command.customerKeyId ?? deps.keys.choose({ process, variables, instanceId, inherited: null });
  const wanted = { command, definition, keys, keyOf, origin: { requestId, digest } };
  try {
    for (;;) {
      const answer = await attempt(deps, wanted);
      if (answer !== null) return answer;
    }
  } catch (error) {
    if (!saysErased(error)) throw error;
    return refused('', error);
  }
}

function keysOf({ processId, requestId, businessKey = null }: StartCommand): readonly StartKey[] {
  const keyOf = (kind: StartKey['kind'], key: string | null): readonly StartKey[] =>
    key === null ? [] : [{ processId, kind, key }];
  return [...keyOf('request', requestId), ...keyOf('businessKey', businessKey)];
}

/** Whether an instance is there under one of the keys: who asks for it again is not judged again. */
async function isTaken(deps: EngineDeps, keys: readonly StartKey[]): Promise<boolean> {
  const { store, client } = deps;
  for (const key of keys) {
    const holder = await store.starts.find(key);
    if (holder === null) continue;
    const { instanceId, customerKeyId } = holder;
    const found = await store.processInstances.get(instanceId);
    if (found) return found.state !== 'REFUSED';
    if ((await standingOf(client, instanceWorkflowId(instanceId, customerKeyId))) !== 'absent')
      return true;
  }
  return false;
}

/** A hash of what is asked for, equal for equal requests, that tells nothing of it. */
function digestOf({ keyedHash }: EngineDeps, asked: Json): Promise<string> {
  const sorted = JSON.stringify(asked, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return keyedHash(SYSTEM_KEY_ID, `start\n${sorted}`);
}

/** One turn; null: the instance of the keys was refused and has given them back, so they are free for another. */
async function attempt(deps: EngineDeps, wanted: Wanted): Promise<StartAnswer | null> {
  const { command, definition, keys, keyOf, origin } = wanted;
  const fresh = newId(Date.now());
  const asked = { digest: origin.digest, customerKeyId: await keyOf(fresh) };
  const claimed = await claim(deps, keys, asked, fresh);
  const { instanceId } = claimed;
  const customerKeyId = claimed.isNew ? asked.customerKeyId : await keyOf(instanceId);
  const before = claimed.isNew ? null : await deps.store.processInstances.get(instanceId);
  if (before?.state === 'REFUSED') return giveBack(deps, keys, instanceId);
  // Temporal forgets what has ended, and would start it again.
  if (before?.endedAt) return there(wanted, claimed, null);
  const holderKeyId = before?.customerKeyId ?? claimed.customerKeyId ?? customerKeyId;
  const workflowId = instanceWorkflowId(instanceId, holderKeyId);
  // What another customer is about to start is not started for this one: its data would be under the other's key.
  if (!before && holderKeyId !== customerKeyId && (await isAbsent(deps, workflowId))) {
    return used(wanted, instanceId);
  }
  await deps.keys.prepare(instanceId, holderKeyId);
  remember(deps, instanceId, workflowId);
  const place = { workflowId, instanceId, withinMs: deps.withinMs };
  const argument = { ...argumentOf(deps, definition, instanceId, command, null), origin };
  const answer = await startInstance(deps.client, place, deps.taskQueue, argument);
  if (!('origin' in answer)) {
    return answer.ok ? there(wanted, claimed, null) : { ...answer, isNew: false };
  }
  const { origin: made, ...told } = answer;
  const isOwn = made === null ? claimed.isNew : made.requestId === origin.requestId;
  if (!told.ok && told.status === 'created' && told.code !== 'ENGINE_PARKED') {
    await giveBack(deps, keys, instanceId);
    return isOwn ? { ...told, isNew: false } : null;
  }
  if (!isOwn)
    return there(wanted, { instanceId, isRepeated: false, digest: made?.digest ?? null }, told);
  if (claimed.digest !== origin.digest) await sign(deps, keys, instanceId, origin.digest);
  return { ...told, isNew: true };
}

const isAbsent = async ({ client }: EngineDeps, workflowId: string): Promise<boolean> =>
  (await standingOf(client, workflowId)) === 'absent';

async function giveBack(
  { store }: EngineDeps,
  keys: readonly StartKey[],
  instanceId: string,
): Promise<null> {
  for (const key of keys) await store.starts.release(key, instanceId);
  return null;
}

/** Takes away what is left of an instance that never began: its keys, and that it was parked. One that began stays. */
export async function forgetUnstarted({ store }: EngineDeps, instanceId: string): Promise<void> {
  if (await store.journal.forget(instanceId)) await store.starts.releaseAll(instanceId);
}

async function sign(
  { store }: EngineDeps,
  keys: readonly StartKey[],
  instanceId: string,
  digest: string,
): Promise<void> {
  for (const key of keys) await store.starts.sign(key, instanceId, digest);
}

/**
 * The answer when the instance of the keys was there before.
 *
 * @param now - where it stands; null: it has ended
 */
function there(
  wanted: Wanted,
  { instanceId, digest, isRepeated }: Pick<Claim, 'instanceId' | 'digest' | 'isRepeated'>,
  now: InstanceAnswer | null,
): StartAnswer {
  const { command, origin } = wanted;
  const { businessKey = null } = command;
  const ended = { code: null, message: '', waitingAt: [], instanceId, status: null };
  const answer = { ...(now ?? ended), ok: true };
  const isEqual = digest === null || digest === origin.digest;
  // The start succeeded, and this request is the one that was made: its answer was lost.
  if (isRepeated && (isEqual || businessKey === null)) return { ...answer, isNew: true };
  if (!isEqual) return used(wanted, instanceId);
  const ends = now === null ? ' and has ended' : '';
  const message = `was there already under business key '${businessKey ?? ''}'${ends}; nothing was started`;
  return { ...answer, message, isNew: false };
}

function used({ command }: Wanted, instanceId: string): StartAnswer {
  const { processId, businessKey, requestId } = command;
  const key = businessKey ?? requestId ?? '';
  const facts = { key, process: processId, instance: instanceId };
  return refused(instanceId, fault('BUSINESS_KEY_USED', facts));
}

function refused(instanceId: string, problem: Parameters<typeof unreached>[1]): StartAnswer {
  return { ...unreached(instanceId, problem), isNew: false };
}

/** What the keys of a start are held by. */
export interface Claim extends Holder {
  /** Whether no other request was before. */
  readonly isNew: boolean;
  /** Whether this very request was made before. */
  readonly isRepeated: boolean;
}

/** Claims keys for a fresh instance, or for the one that the same request, or the same business key, was given before. */
export async function claim(
  { store }: EngineDeps,
  keys: readonly StartKey[],
  asked: Asked,
  fresh: string,
): Promise<Claim> {
  let held: Holder = { instanceId: fresh, ...asked };
  let repeated: string | null = null;
  for (const key of keys) {
    held = await store.starts.claim(key, held.instanceId, held);
    if (key.kind === 'request' && held.instanceId !== fresh) repeated = held.instanceId;
  }
  const { instanceId, digest, customerKeyId } = held;
  return {
    instanceId,
    digest,
    customerKeyId,
    isNew: instanceId === fresh,
    isRepeated: instanceId === repeated,
  };
}

/** The argument of the first run. `startedBy`: correlators that are told of its end; null: none. Class: pure. */
export function argumentOf(
  { limits }: EngineDeps,
  definition: DefinitionRef,
  instanceId: string,
  command: StartCommand,
  startedBy: readonly string[] | null,
): InstanceStart {
  const { elementId = null, variables = {}, requestId, actor, businessKey = null } = command;
  return {
    hostVersion: HOST_VERSION,
    definition,
    seed: { instanceId, processId: definition.processId, caller: null },
    callerWorkflowId: null,
    startedBy,
    businessKey,
    rootInstanceId: instanceId,
    limits,
    begin: { kind: 'first', event: { kind: 'start', elementId, variables, requestId, actor } },
  };
}
