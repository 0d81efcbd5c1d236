/** The engine as API, CLI and tests use it: one function a command, each answering with what happened. */
import type { Client } from '@temporalio/client';
import { newId } from '../activities/identifiers.js';
import type { Correlators } from '../activities/index.js';
import type {
  BroadcastReply,
  PublishInput,
  PublishReply,
  StartByInput,
  StartByTimerInput,
  StartOutcome,
} from '../contracts/correlation.js';
import {
  type DefinitionRef,
  type HostLimits,
  type HostView,
  type InstanceRequest,
  type InstanceStart,
  isParkedIncident,
} from '../contracts/instance.js';
import { UPDATES } from '../contracts/names.js';
import { DEFAULT_LIMITS } from '../engine/compile/index.js';
import { fault } from '../engine/errors/index.js';
import type { Variables } from '../engine/model/index.js';
import { checkSizes } from '../engine/step/index.js';
import type { Deployment, DeployReport, PackageFiles, Registry } from '../registry/index.js';
import type { StartKey, Store } from '../store/index.js';
import { type KeyedHash, SYSTEM_KEY_ID } from './encryption/index.js';
import {
  type EngineAnswer,
  standingOf,
  startInstance,
  startInstanceOnly,
  unreached,
  updateInstance,
} from './instances.js';
import { viewOf } from './look.js';
import { EngineRefusal, orRefusal } from './refusal.js';
import type { TimerStarts } from './timer-starts.js';

/** Which instance, who asks, and the id that makes a repetition harmless. */
export interface Command {
  readonly instanceId: string;
  readonly requestId: string | null;
  readonly actor: string | null;
}

/** A new instance. */
export interface StartCommand {
  readonly processId: string;
  /** Null: the latest. */
  readonly version?: number | null;
  /** A start event; null: the none start. */
  readonly elementId?: string | null;
  readonly variables?: Variables;
  /** At most one instance for each key, ever, until it is released. */
  readonly businessKey?: string | null;
  /** Key of the customer whose data it holds; the deployment's own when absent. */
  readonly customerKeyId?: string;
  readonly requestId: string | null;
  readonly actor: string | null;
}

/** The engine. Its answers say `ok` and `code`; it throws when Temporal or the store cannot be reached at all. */
export interface Engine {
  /** `mode`: whether a finding of mere style refuses, too; `strict` when absent. */
  readonly deploy: (
    key: string,
    files: PackageFiles,
    options?: Partial<Pick<Deployment, 'mode' | 'alongside'>>,
  ) => Promise<DeployReport>;
  readonly start: (command: StartCommand) => Promise<EngineAnswer>;
  readonly completeTask: (
    command: Command & {
      readonly taskId: string;
      readonly action: string | null;
      readonly variables: Variables;
    },
  ) => Promise<EngineAnswer>;
  readonly assignTask: (
    command: Command & {
      readonly taskId: string;
      readonly assignee: string | null;
      readonly mayReassign: boolean;
    },
  ) => Promise<EngineAnswer>;
  readonly resolveIncident: (
    command: Command & {
      readonly incidentId: string;
      readonly variables: Variables;
      readonly how: 'retry' | 'complete';
    },
  ) => Promise<EngineAnswer>;
  readonly cancel: (command: Command) => Promise<EngineAnswer>;
  readonly suspend: (command: Command) => Promise<EngineAnswer>;
  readonly resume: (
    command: Command & { readonly timers: 'keep' | 'shift' },
  ) => Promise<EngineAnswer>;
  readonly setVariables: (
    command: Command & { readonly scopeId: string | null; readonly variables: Variables },
  ) => Promise<EngineAnswer>;
  /** Lets a parked instance try its decision again. */
  readonly retryDecision: (instanceId: string) => Promise<EngineAnswer>;
  /**
   * Takes an event out of the queue of a parked instance, when no decision can be taken on it; the audit says who did.
   *
   * @param index - its place among `waiting` of the view
   */
  readonly dropEvent: (
    instanceId: string,
    index: number,
    actor: string | null,
  ) => Promise<EngineAnswer>;
  /** Errors, as of `broadcast`: `EngineRefusal` with a code. */
  readonly publish: (message: PublishInput) => Promise<PublishReply>;
  readonly broadcast: (signal: {
    readonly name: string;
    readonly broadcastId: string;
    readonly variables: Variables;
  }) => Promise<BroadcastReply>;
  /** What the host of an instance holds: for reconciler and tests, not for pages. */
  readonly view: (instanceId: string) => Promise<HostView>;
}

/** What the engine leans on. */
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
  /** Makes ids of what callers name: Temporal keeps ids in plain text, and theirs may tell something. */
  readonly keyedHash: KeyedHash;
  /** Instance id → workflow id, of those that were met. */
  readonly workflowIds: Map<string, string>;
}

/** Makes the engine. Class: side effect. */
export function createEngine(deps: EngineDeps): Engine {
  const { registry, correlators, timerStarts } = deps;
  const send =
    <K extends InstanceRequest['kind'], C extends Command>(update: string, kind: K) =>
    (command: C): Promise<EngineAnswer> =>
      request(deps, update, kind, command);
  return {
    deploy: async (key, files, { mode = 'strict', alongside = [] } = {}) => {
      const deployedAt = new Date().toISOString();
      const report = await registry.deploy({ key, files, deployedAt, mode, alongside });
      await timerStarts.replace(report.processes);
      return report;
    },
    start: (command) => start(deps, command),
    completeTask: send(UPDATES.completeTask, 'taskCompleted'),
    assignTask: send(UPDATES.assignTask, 'taskAssigned'),
    resolveIncident: (command) =>
      isParkedIncident(command.incidentId)
        ? resolveParked(deps, command)
        : request(deps, UPDATES.resolveIncident, 'resolveIncident', command),
    cancel: send(UPDATES.cancel, 'cancel'),
    suspend: send(UPDATES.suspend, 'suspend'),
    resume: send(UPDATES.resume, 'resume'),
    setVariables: send(UPDATES.setVariables, 'setVariables'),
    retryDecision: (instanceId) => updateOf(deps, instanceId, UPDATES.retryDecision, [], null),
    dropEvent: (instanceId, index, actor) => dropEvent(deps, instanceId, index, actor),
    publish: async (message) => {
      refuseTooMuch(message);
      return orRefusal(correlators.publish(message));
    },
    broadcast: async (signal) => {
      refuseTooMuch(signal);
      return orRefusal(correlators.broadcast(signal));
    },
    view: async (instanceId) => {
      const workflowId = await workflowIdOf(deps, instanceId);
      return viewOf(deps.client, workflowId);
    },
  };
}

/** Who will take them is not known yet: their sizes are bounded as those of a process that sets no limits. */
function refuseTooMuch({ variables }: { readonly variables: Variables }): void {
  const problem = checkSizes(variables, DEFAULT_LIMITS);
  if (problem !== null) throw new EngineRefusal(problem);
}

/** A parked instance has no token that could be resolved: variables are set, and its decision is tried again. */
async function resolveParked(
  deps: EngineDeps,
  { incidentId, how, variables, ...command }: Parameters<Engine['resolveIncident']>[0],
): Promise<EngineAnswer> {
  const { instanceId } = command;
  if (how === 'complete') {
    const facts = { incident: incidentId, element: instanceId };
    return unreached(instanceId, fault('INCIDENT_WITHOUT_JOB', facts));
  }
  if (Object.keys(variables).length > 0) {
    const set = { ...command, scopeId: null, variables };
    const answer = await request(deps, UPDATES.setVariables, 'setVariables', set);
    if (!answer.ok && answer.code !== 'ENGINE_PARKED') return answer;
  }
  return updateOf(deps, instanceId, UPDATES.retryDecision, [], null);
}

async function dropEvent(
  deps: EngineDeps,
  instanceId: string,
  index: number,
  actor: string | null,
): Promise<EngineAnswer> {
  const answer = await updateOf(deps, instanceId, UPDATES.dropEvent, [index], null);
  const dropped = 'dropped' in answer ? String(answer.dropped) : null;
  await deps.store.audit.append({
    at: new Date().toISOString(),
    actor,
    action: 'event.drop',
    object: `instance:${instanceId}`,
    outcome: answer.ok ? 'done' : 'refused',
    code: answer.code,
    requestId: null,
    reason: null,
    data: { index, dropped },
  });
  return answer;
}

function request<K extends InstanceRequest['kind'], C extends Command>(
  deps: EngineDeps,
  update: string,
  kind: K,
  { instanceId, ...rest }: C,
): Promise<EngineAnswer> {
  return updateOf(deps, instanceId, update, [{ kind, ...rest }], rest.requestId);
}

async function updateOf(
  deps: EngineDeps,
  instanceId: string,
  update: string,
  args: unknown[],
  requestId: string | null,
): Promise<EngineAnswer> {
  const workflowId = await workflowIdOf(deps, instanceId);
  const place = { workflowId, instanceId, withinMs: deps.withinMs };
  const updateId =
    requestId === null ? null : await deps.keyedHash(SYSTEM_KEY_ID, `request\n${requestId}`);
  const answer = await updateInstance(deps.client, place, update, args, updateId);
  if (answer.code !== 'ENGINE_PARKED' || requestId === null) return answer;
  // Temporal repeats what it answered under this id; the instance itself knows what became of it since.
  return updateInstance(deps.client, place, update, args, null);
}

/** The key is in the store, and remembered; an instance that is not there yet has the deployment's. */
async function workflowIdOf(deps: EngineDeps, instanceId: string): Promise<string> {
  const known = deps.workflowIds.get(instanceId);
  if (known !== undefined) return known;
  const found = await deps.store.processInstances.get(instanceId).catch(() => null);
  const workflowId = `p.${found?.customerKeyId ?? SYSTEM_KEY_ID}.${instanceId}`;
  if (found) remember(deps, instanceId, workflowId);
  return workflowId;
}

/** Ids remembered: a store that is down must not hide whose key an instance has. */
const MOST_IDS = 10_000;

function remember({ workflowIds }: EngineDeps, instanceId: string, workflowId: string): void {
  workflowIds.set(instanceId, workflowId);
  const [oldest] = workflowIds.keys();
  if (workflowIds.size > MOST_IDS && oldest !== undefined) workflowIds.delete(oldest);
}

async function start(deps: EngineDeps, command: StartCommand): Promise<EngineAnswer> {
  const { processId, version = null, requestId, businessKey = null } = command;
  const definition = await deps.registry.find(processId, version);
  if (!definition) return unreached('', fault('DEFINITION_UNKNOWN', { process: processId }));
  const instanceId = await claim(deps, processId, requestId, businessKey);
  const workflowId = `p.${command.customerKeyId ?? SYSTEM_KEY_ID}.${instanceId}`;
  remember(deps, instanceId, workflowId);
  const place = { workflowId, instanceId, withinMs: deps.withinMs };
  const argument = argumentOf(deps, definition, instanceId, command, null);
  return startInstance(deps.client, place, deps.taskQueue, argument);
}

/** The instance id of a start: the one that the same request, or the same business key, was given before. */
async function claim(
  { store }: EngineDeps,
  processId: string,
  requestId: string | null,
  businessKey: string | null,
): Promise<string> {
  const fresh = newId(Date.now());
  const keys: readonly StartKey[] = [
    ...(requestId === null ? [] : [{ processId, kind: 'request' as const, key: requestId }]),
    ...(businessKey === null
      ? []
      : [{ processId, kind: 'businessKey' as const, key: businessKey }]),
  ];
  let instanceId = fresh;
  for (const key of keys) instanceId = (await store.starts.claim(key, instanceId)).instanceId;
  return instanceId;
}

function argumentOf(
  { limits }: EngineDeps,
  definition: DefinitionRef,
  instanceId: string,
  command: StartCommand,
  startedBy: readonly string[] | null,
): InstanceStart {
  const { elementId = null, variables = {}, requestId, actor, businessKey = null } = command;
  return {
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

/** Starts by message and signal: once for a key; null when the latest version has no such start event. */
export async function startLatest(
  deps: EngineDeps,
  input: StartByInput,
): Promise<StartOutcome | null> {
  const { processId, elementId, startKey, variables, startedBy, hold } = input;
  const definition = await deps.registry.find(processId, null);
  if (!definition) return null;
  const process = await deps.registry.process(definition);
  if (!process.starts.some((one) => one.elementId === elementId)) return null;
  const instanceId = await claim(deps, processId, startKey, null);
  const holder = hold === null ? null : await holderOf(deps, processId, hold.id, instanceId);
  if (holder !== null) return { workflowId: holder, isBusy: true };
  const command = { processId, elementId, variables, requestId: startKey, actor: null };
  const told = hold?.correlators ?? (startedBy === null ? null : [startedBy]);
  return {
    workflowId: await startOnce(deps, definition, command, instanceId, told),
    isBusy: false,
  };
}

/**
 * Another instance that has the key of a message start, across the messages that start the process (S62); null: this one
 * has it now, or had it and has ended since.
 */
async function holderOf(
  { client, store }: EngineDeps,
  processId: string,
  hold: string,
  instanceId: string,
): Promise<string | null> {
  const key: StartKey = { processId, kind: 'messageKey', key: hold };
  for (;;) {
    const holder = (await store.starts.claim(key, instanceId)).instanceId;
    if (holder === instanceId) return null;
    if ((await standingOf(client, systemWorkflow(instanceId))) !== 'absent') return null;
    const standing = await standingOf(client, systemWorkflow(holder));
    // One that is not there is about to start, or so old that the store alone remembers it.
    const isOver = standing === 'absent' && (await store.processInstances.get(holder)) !== null;
    if (standing !== 'ended' && !isOver) return systemWorkflow(holder);
    await store.starts.release(key, holder);
  }
}

const systemWorkflow = (instanceId: string): string => `p.${SYSTEM_KEY_ID}.${instanceId}`;

/** Starts by a timer: once for a due instant. */
export async function startByTimer(deps: EngineDeps, input: StartByTimerInput): Promise<void> {
  const { definition, elementId, dueAt } = input;
  const { processId, version } = definition;
  const requestId = `timer ${elementId} ${version} ${dueAt}`;
  const instanceId = await claim(deps, processId, requestId, null);
  const command = { processId, elementId, requestId, actor: null };
  await startOnce(deps, definition, command, instanceId, null);
}

async function startOnce(
  deps: EngineDeps,
  definition: DefinitionRef,
  command: StartCommand,
  instanceId: string,
  startedBy: readonly string[] | null,
): Promise<string> {
  const workflowId = systemWorkflow(instanceId);
  const argument = argumentOf(deps, definition, instanceId, command, startedBy);
  await startInstanceOnly(deps.client, workflowId, deps.taskQueue, argument);
  return workflowId;
}
