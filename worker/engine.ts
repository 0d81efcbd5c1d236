/** The engine as API, CLI and tests use it: one function a command, each answering with what happened. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { effectKey } from '../activities/index.js';
import type { BroadcastReply, PublishInput, PublishReply } from '../contracts/correlation.js';
import {
  type DefinitionRef,
  type HostView,
  type InstanceRequest,
  isParkedIncident,
} from '../contracts/instance.js';
import { UPDATES } from '../contracts/names.js';
import { SYSTEM_KEY_ID } from '../contracts/workflow-ids.js';
import { DEFAULT_LIMITS } from '../engine/compile/index.js';
import { type Fault, fault, InvariantError } from '../engine/errors/index.js';
import type {
  ExecutableProcess,
  InstanceState,
  Migration,
  Modification,
  TaskChanges,
  Variables,
} from '../engine/model/index.js';
import {
  checkSizes,
  type MigrationPreview,
  type ModificationPreview,
  previewMigration,
  previewModification,
} from '../engine/step/index.js';
import type { Deployment, DeployReport, NewPackage, PackageFiles } from '../registry/index.js';
import type { UserTaskRow } from '../store/index.js';
import { type EngineDeps, workflowIdOf } from './engine-deps.js';
import { untilIncidentKnown } from './incident-requests.js';
import { type EngineAnswer, unreached, updateInstance } from './instances.js';
import { viewOf } from './look.js';
import { EngineRefusal, orRefusal } from './refusal.js';
import { refuseSealed } from './sealed-messages.js';
import { forgetUnstarted, type StartAnswer, type StartCommand, start } from './starts.js';
import { untilKnown } from './task-requests.js';

/** Which instance, who asks, and the id that makes a repetition harmless. */
export interface Command {
  readonly instanceId: string;
  readonly requestId: string | null;
  readonly actor: string | null;
}

/** Which task; `ifVersion`: refuse when it is not the one that the person saw. */
export interface TaskCommand extends Command {
  readonly taskId: string;
  readonly ifVersion?: number;
  /** The task as whoever asks has just read it in the store; absent: it is read once more. */
  readonly seen?: Pick<UserTaskRow, 'state'>;
}

type DeployOptions = Partial<Pick<Deployment, 'mode' | 'alongside'>>;

/** The engine. Its answers say `ok` and `code`; it throws when Temporal or the store cannot be reached at all. */
export interface Engine {
  /** `mode`: whether a finding of mere style refuses, too; `strict` when absent. */
  readonly deploy: (
    key: string,
    files: PackageFiles,
    options?: DeployOptions,
  ) => Promise<DeployReport>;
  /** Deploys packages together: all or none. @returns a report a package, in their order */
  readonly deployAll: (
    packages: readonly NewPackage[],
    options?: DeployOptions,
  ) => Promise<readonly DeployReport[]>;
  readonly start: (command: StartCommand) => Promise<StartAnswer>;
  readonly completeTask: (
    command: TaskCommand & { readonly action: string | null; readonly variables: Variables },
  ) => Promise<EngineAnswer>;
  readonly assignTask: (
    command: TaskCommand & { readonly assignee: string | null; readonly mayReassign: boolean },
  ) => Promise<EngineAnswer>;
  /** Whoever has it lets another person help, and gets it back by `returnTask`. */
  readonly delegateTask: (command: TaskCommand & { readonly to: string }) => Promise<EngineAnswer>;
  readonly returnTask: (command: TaskCommand) => Promise<EngineAnswer>;
  readonly updateTask: (
    command: TaskCommand & { readonly changes: TaskChanges },
  ) => Promise<EngineAnswer>;
  /** That somebody remarked something; what was said is kept in the audit. */
  readonly commentTask: (command: TaskCommand) => Promise<EngineAnswer>;
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
    command: Command & {
      readonly scopeId: string | null;
      readonly variables: Variables;
      /** What they held when somebody looked; another value refuses. */
      readonly seen?: Variables;
    },
  ) => Promise<EngineAnswer>;
  /** Cancels, activates and moves tokens: all of it or, refused with a code, nothing. */
  readonly modify: (command: Command & Modification) => Promise<EngineAnswer>;
  /** What a modification would do now, or why it would be refused; it changes nothing. */
  readonly previewModification: (
    instanceId: string,
    modification: Modification & { readonly actor: string | null },
  ) => Promise<ModificationPreview | Fault>;
  /** Goes on with another version of the process: all of it or, refused with a code, nothing. */
  readonly migrate: (command: Command & Migration) => Promise<EngineAnswer>;
  /**
   * What a migration would do now, or all that is in the way; it changes nothing.
   *
   * @param target - the process that it goes to, where that is not deployed yet
   */
  readonly previewMigration: (
    instanceId: string,
    migration: Migration & { readonly actor: string | null },
    target?: ExecutableProcess,
  ) => Promise<MigrationPreview | Fault>;
  /** Lets a parked instance try its decision again. */
  readonly retryDecision: (instanceId: string) => Promise<EngineAnswer>;
  /**
   * Takes an event out of the queue of a parked instance, when no decision can be taken on it. `index`: its place among
   * `waiting` of the view; `kind`: what stands there, else nothing is dropped. Without its start an instance never was.
   */
  readonly dropEvent: (
    command: Command & { readonly index: number; readonly kind: string },
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

/** Makes the engine. Class: side effect. */
export function createEngine(deps: EngineDeps): Engine {
  const { registry, correlators, timerStarts } = deps;
  const deployAll: Engine['deployAll'] = async (
    packages,
    { mode = 'strict', alongside = [] } = {},
  ) => {
    const deployedAt = new Date().toISOString();
    const reports = await registry.deploy({ packages, deployedAt, mode, alongside });
    await timerStarts.replace(reports.flatMap(({ processes }) => processes));
    return reports;
  };
  /** What a receiver that does not answer would hold up for ever; what was accepted is handed over all the same. */
  const inTime = <T>(ask: () => Promise<T>): Promise<T> =>
    deps.client.withDeadline(Date.now() + deps.withinMs, ask);
  const send =
    <K extends InstanceRequest['kind'], C extends Command>(update: string, kind: K) =>
    (command: C): Promise<EngineAnswer> =>
      request(deps, update, kind, command);
  const onTask =
    <K extends InstanceRequest['kind'], C extends TaskCommand>(update: string, kind: K) =>
    ({ seen, ...command }: C): Promise<EngineAnswer> =>
      untilKnown(deps.store, command, send<K, typeof command>(update, kind), seen);
  return {
    deploy: async (key, files, options) => {
      const [report] = await deployAll([{ key, files }], options);
      if (!report) throw new InvariantError(`the deployment of ${key} has no report`);
      return report;
    },
    deployAll,
    start: (command) => start(deps, command),
    completeTask: onTask(UPDATES.completeTask, 'taskCompleted'),
    assignTask: onTask(UPDATES.assignTask, 'taskAssigned'),
    delegateTask: onTask(UPDATES.delegateTask, 'taskDelegated'),
    returnTask: onTask(UPDATES.returnTask, 'taskReturned'),
    updateTask: onTask(UPDATES.updateTask, 'taskUpdated'),
    commentTask: onTask(UPDATES.commentTask, 'taskCommented'),
    resolveIncident: async (command) => {
      if (isParkedIncident(command.incidentId)) return resolveParked(deps, command);
      if (command.how === 'retry') await makeAgain(deps, command);
      const isCounted = command.how === 'complete' && (await countAsSent(deps, command));
      return untilIncidentKnown(
        deps.store,
        isCounted ? { ...command, how: 'retry' as const } : command,
        send(UPDATES.resolveIncident, 'resolveIncident'),
      );
    },
    cancel: send(UPDATES.cancel, 'cancel'),
    suspend: send(UPDATES.suspend, 'suspend'),
    resume: send(UPDATES.resume, 'resume'),
    setVariables: send(UPDATES.setVariables, 'setVariables'),
    modify: send(UPDATES.modify, 'modify'),
    previewModification: (instanceId, modification) =>
      preview(deps, instanceId, async ({ state, definition, at }) =>
        previewModification(await registry.process(definition), state, { ...modification, at }),
      ),
    migrate: send(UPDATES.migrate, 'migrate'),
    previewMigration: (instanceId, { from, to, ...plan }, target) =>
      preview(deps, instanceId, async ({ state, definition, at }) => {
        const { processId, version: found, hash } = definition;
        if (hash !== from.hash || found !== from.version) {
          const facts = { process: processId, expected: from.version, found };
          return fault('MIGRATION_VERSION', facts);
        }
        const before = await registry.process(definition);
        const after = target ?? (await registry.process({ processId, ...to }));
        return previewMigration(before, after, state, { from, to, ...plan, at });
      }),
    retryDecision: (instanceId) => updateOf(deps, instanceId, UPDATES.retryDecision, [], null),
    dropEvent: (command) => dropEvent(deps, command),
    publish: async (message) => {
      refuseTooMuch(message);
      refuseSealed(message.variables);
      return orRefusal(inTime(() => correlators.publish(message)));
    },
    broadcast: async (signal) => {
      refuseTooMuch(signal);
      return orRefusal(inTime(() => correlators.broadcast(signal)));
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

/**
 * Who has a job tried again says of its effects of unknown outcome that they are to be made again: of the others the ledger
 * knows. Where the store cannot be asked the job asks once more.
 */
async function makeAgain(deps: EngineDeps, incident: OfIncident): Promise<void> {
  const key = (await stoppedEffect(deps, incident))?.key ?? null;
  if (key !== null) await deps.store.effects.makeAgain(key).catch(() => {});
}

/**
 * Who counts a mail as sent does so in the ledger: the job finds it there, sends nothing and has its own result, such as when
 * it was sent. Who says the result as well completes the job with that. @returns whether it is so
 */
async function countAsSent(
  deps: EngineDeps,
  { variables, ...incident }: OfIncident & { readonly variables: Variables },
): Promise<boolean> {
  if (Object.keys(variables).length > 0) return false;
  const stopped = await stoppedEffect(deps, incident);
  if (stopped?.code !== 'EMAIL_OUTCOME_UNKNOWN') return false;
  return (await deps.store.effects.countAsDone(stopped.key)) > 0;
}

interface OfIncident {
  readonly instanceId: string;
  readonly incidentId: string;
}

/** The effects of the job that an incident stopped, and why; null: there are none, or nobody can tell. */
async function stoppedEffect(
  { store }: EngineDeps,
  { instanceId, incidentId }: OfIncident,
): Promise<{ readonly key: string; readonly code: string } | null> {
  const filter = { instanceId, incidentId, state: 'ACTIVE' };
  const page = await store.incidents.search({ filter, limit: 1 }).catch(() => null);
  const [found] = page?.items ?? [];
  if (!found?.elementInstanceId) return null;
  return { key: effectKey(instanceId, found.elementInstanceId, 1), code: found.code };
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

/** What an instance holds now. */
interface Seen {
  readonly state: InstanceState;
  readonly definition: DefinitionRef;
  /** Now: ISO 8601 UTC, milliseconds. */
  readonly at: string;
}

/** Tries something on what an instance holds now. */
async function preview<P>(
  deps: EngineDeps,
  instanceId: string,
  tryOut: (seen: Seen) => Promise<P | Fault>,
): Promise<P | Fault> {
  const workflowId = await workflowIdOf(deps, instanceId);
  const view = await viewOf(deps.client, workflowId).catch((error: unknown) => {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  });
  if (view === null) return fault('INSTANCE_UNKNOWN', { instance: instanceId });
  const { state, definition, parked } = view;
  if (parked || state === null) return fault('PREVIEW_OF_PARKED', { instance: instanceId });
  return tryOut({ state, definition, at: new Date().toISOString() });
}

async function dropEvent(
  deps: EngineDeps,
  { instanceId, index, kind, requestId }: Parameters<Engine['dropEvent']>[0],
): Promise<EngineAnswer> {
  const answer = await updateOf(deps, instanceId, UPDATES.dropEvent, [index, kind], requestId);
  const isGone = (answer.ok && kind === 'start') || answer.code === 'INSTANCE_CLOSED';
  if (isGone) await forgetUnstarted(deps, instanceId);
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
