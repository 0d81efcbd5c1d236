/** The operations that change something. Class: side effect. */
import type { EngineReply, OperationName, OperationOutput } from '../../contracts/control.js';
import type { Json } from '../../engine/model/index.js';
import type { TaskCommand } from '../engine.js';
import type { EngineAnswer } from '../index.js';
import { EngineRefusal } from '../refusal.js';
import { unawaited } from './awaited-messages.js';
import type { BatchAct } from './batches.js';
import { deploy } from './deploy.js';
import { ControlFailure, refusal } from './failure.js';
import type { IdentityAct } from './identities.js';
import { migrateInstance, migrationData, planOf } from './migrate.js';
import { modificationData, modifyInstance } from './modify.js';
import type { Asker, ControlParts, Operation } from './parts.js';
import type { Read } from './reads.js';
import { findIncident, findInstance, findTask, parts as split } from './references.js';
import { replyOf } from './reply.js';

/** Names of the operations that change something and are told of by themselves. */
export type ActName = Exclude<OperationName, Read | 'importLines' | IdentityAct | BatchAct>;

type Input<N extends ActName> = Parameters<Operation<N>>[1];

/** An act that can be carried out: what it is done to is settled before, for afterwards the same key may mean another. */
export interface Prepared<N extends ActName> {
  /** What it is done to, as the audit keeps it: `kind:id`, several by a space. */
  readonly object: string;
  readonly run: (asker: Asker) => Promise<OperationOutput<N>>;
  /** What only the answer tells. */
  readonly told?: (output: OperationOutput<N>) => Told;
}

/** `code`: the answer is a refusal. */
export interface Told {
  readonly object?: string;
  readonly code?: string;
  readonly data?: Readonly<Record<string, Json>>;
}

/** An act. */
export interface Act<N extends ActName> {
  readonly prepare: (parts: ControlParts, input: Input<N>) => Promise<Prepared<N>>;
  /** What of the input the audit keeps: names, never values. */
  readonly data?: (input: Input<N>) => Readonly<Record<string, Json>>;
  /** What the act says itself, in the words of the person: kept as its reason, and erased as one. */
  readonly words?: (input: Input<N>) => string;
}

/** All of them. */
export const ACTS: { readonly [N in ActName]: Act<N> } = {
  deploy: {
    prepare: async (parts, input) => {
      const object = input.packages.map(({ key }) => `package:${key}`).join(' ');
      return {
        object,
        run: (asker) => deploy(parts, input, asker),
        told: ({ isAccepted, deployed }) => {
          const made = deployed.filter(({ type, isNew }) => type === 'process' && isNew);
          const processes = made.map(({ id, version }) => `process:${id}:${version}`);
          return isAccepted
            ? { object: [object, ...processes].join(' ') }
            : { code: 'DEPLOYMENT_REFUSED' };
        },
      };
    },
    data: ({ isDryRun }) => ({ isDryRun }),
  },
  run: {
    prepare: async ({ engine }, input) => ({
      object: `process:${input.processId}:${input.version ?? 'latest'}`,
      run: async (asker) => {
        const { isNew, ...answer } = await engine.start({ ...input, ...who(asker) });
        return { ...replyOf(answer), isNew };
      },
      told: ({ instanceId, isNew }) => ({ object: `instance:${instanceId}`, data: { isNew } }),
    }),
    data: ({ processId, ...input }) => ({ ...variableNames(input), processId }),
  },
  completeTask: {
    prepare: (parts, { key, ...input }) =>
      onTask(parts, key, (task) => parts.engine.completeTask({ ...input, ...task })),
    data: ({ action, ...input }) => ({ ...variableNames(input), action }),
  },
  assignTask: {
    prepare: (parts, { key, ...input }) =>
      onTask(parts, key, (task) => parts.engine.assignTask({ ...input, ...task })),
    data: ({ assignee }) => ({ assignee }),
  },
  delegateTask: {
    prepare: (parts, { key, ...input }) =>
      onTask(parts, key, (task) => parts.engine.delegateTask({ ...input, ...task })),
    data: ({ to }) => ({ to }),
  },
  returnTask: {
    prepare: (parts, { key, ...input }) =>
      onTask(parts, key, (task) => parts.engine.returnTask({ ...input, ...task })),
  },
  updateTask: {
    prepare: (parts, { key, ...input }) =>
      onTask(parts, key, (task) => parts.engine.updateTask({ ...input, ...task })),
    data: ({ changes }) => ({ changed: Object.keys(changes) }),
  },
  commentTask: {
    prepare: (parts, { key, text: _, ...input }) =>
      onTask(parts, key, (task) => parts.engine.commentTask({ ...input, ...task })),
    words: ({ text }) => text,
  },
  resolveIncident: {
    prepare: async ({ engine, store }, { key, how, variables }) => {
      const { instanceId, incidentId } = await findIncident(store, key);
      const command = { instanceId, incidentId, how, variables };
      return {
        object: `incident:${instanceId}/${incidentId}`,
        run: async (asker) => replyOf(await engine.resolveIncident({ ...command, ...who(asker) })),
      };
    },
    data: ({ how, ...input }) => ({ ...variableNames(input), how }),
  },
  cancelInstance: {
    prepare: (parts, { key }) =>
      onInstance(parts, key, (instanceId, asker) =>
        parts.engine.cancel({ instanceId, ...who(asker) }),
      ),
  },
  deleteInstance: {
    prepare: async ({ store, deletion }, { key }) => {
      const { instanceId } = await findInstance(store, key);
      return {
        object: `instance:${instanceId}`,
        run: async () => {
          const refused = await deletion.delete(instanceId);
          if (refused) throw new ControlFailure(refused.code, refused.message);
          return {};
        },
      };
    },
  },
  suspendInstance: {
    prepare: (parts, { key }) =>
      onInstance(parts, key, (instanceId, asker) =>
        parts.engine.suspend({ instanceId, ...who(asker) }),
      ),
  },
  resumeInstance: {
    prepare: (parts, { key, timers }) =>
      onInstance(parts, key, (instanceId, asker) =>
        parts.engine.resume({ instanceId, timers, ...who(asker) }),
      ),
    data: ({ timers }) => ({ timers }),
  },
  modifyInstance: {
    prepare: async (parts, input) => {
      const { instanceId } = await findInstance(parts.store, input.key);
      return {
        object: `instance:${instanceId}`,
        run: (asker) => modifyInstance(parts, instanceId, input, asker),
      };
    },
    data: modificationData,
  },
  migrateInstance: {
    prepare: async (parts, { key, isDryRun, ...wanted }) => {
      const instance = await findInstance(parts.store, key);
      const { instanceId } = instance;
      const plan = await planOf(parts, instance, wanted);
      return {
        object: `instance:${instanceId}`,
        run: (asker) => migrateInstance(parts, instanceId, plan, isDryRun, asker),
        told: () => ({ data: migrationData(isDryRun, plan) }),
      };
    },
    data: ({ isDryRun, version }) => ({ isDryRun, to: version }),
  },
  retryDecision: {
    prepare: (parts, { key }) =>
      onInstance(parts, key, (instanceId) => parts.engine.retryDecision(instanceId)),
  },
  dropEvent: {
    prepare: (parts, { key, index, kind }) =>
      onInstance(parts, key, (instanceId, asker) =>
        parts.engine.dropEvent({ instanceId, index, kind, ...who(asker) }),
      ),
    data: ({ index, kind }) => ({ index, kind }),
  },
  setVariables: {
    prepare: async ({ engine, store }, { key, ...values }) => {
      const { instanceId, rest: scopeId } = await split(store, key);
      const command = { instanceId, scopeId, ...values };
      return {
        object: `instance:${instanceId}${scopeId === null ? '' : `/${scopeId}`}`,
        run: async (asker) => replyOf(await engine.setVariables({ ...command, ...who(asker) })),
      };
    },
    data: variableNames,
  },
  publish: {
    prepare: async (parts, { messageId, ...message }) => ({
      object: `message:${message.name}`,
      run: async ({ requestId }) => {
        const published = { ...message, messageId: messageId ?? requestId };
        const reply = await orFailure(parts.engine.publish(published));
        const isTaken = reply.correlated.length + reply.started.length > 0;
        // What is only told must not make a message that is kept look refused.
        const note = isTaken ? null : await unawaited(parts, message.name).catch(() => null);
        return { ...reply, note };
      },
      told: ({ outcome, refusedBy, ...taken }) => ({
        object: takenBy(message.name, taken),
        data: { outcome, refusedBy: [...refusedBy] },
      }),
    }),
    data: variableNames,
  },
  correlate: {
    prepare: async ({ engine }, message) => ({
      object: `message:${message.name}`,
      run: async ({ requestId }) => {
        const { name } = message;
        // Time to live zero: whoever waits now takes it, and nothing is kept.
        const now = { ...message, messageId: requestId, timeToLive: 'PT0S' };
        const { correlated, started, refusedBy } = await orFailure(engine.publish(now));
        if (correlated.length + started.length === 0) {
          throw refusal('MESSAGE_NOT_CORRELATED', { name });
        }
        return { correlated, started, refusedBy };
      },
      told: (taken) => ({ object: takenBy(message.name, taken) }),
    }),
    data: variableNames,
  },
  broadcast: {
    prepare: async ({ engine }, signal) => ({
      object: `signal:${signal.name}`,
      run: ({ requestId }) => orFailure(engine.broadcast({ ...signal, broadcastId: requestId })),
      told: ({ delivered, started }) => ({ data: { delivered, started } }),
    }),
    data: variableNames,
  },
  importCustomers: {
    prepare: async ({ customers }, input) => ({
      object: `import:${input.importId}`,
      run: ({ actor }) => customers.endImport({ ...input, actor }),
      told: (counts) => ({ data: { ...counts } }),
    }),
    data: ({ fileHash }) => ({ fileHash }),
  },
  exportAudit: {
    prepare: async ({ audit }, { folder }) => ({
      object: 'audit-log',
      run: () => audit.export(folder),
    }),
  },
  testConnector: {
    prepare: async ({ connectors }, { key }) => ({
      object: `connector:${key}`,
      run: async () => {
        const verdict = await connectors.test(key);
        if (verdict === null) throw refusal('CONNECTOR_UNKNOWN', { connector: key });
        if (verdict === 'soon') throw refusal('CONNECTOR_TESTED', { connector: key });
        return verdict;
      },
      told: ({ isWell, code: found, tookMs }) => ({ data: { isWell, found, tookMs } }),
    }),
  },
  rebuild: {
    prepare: async ({ store }) => ({
      object: 'projections',
      run: async () => {
        const rebuilt = await store.journal.rebuild();
        await store.maintain();
        return rebuilt;
      },
    }),
  },
};

/** A message and who took it: their histories tell of it too. */
function takenBy(
  name: string,
  { correlated, started }: Pick<OperationOutput<'correlate'>, 'correlated' | 'started'>,
): string {
  const takers = [...correlated, ...started].map(({ instanceId }) => `instance:${instanceId}`);
  return [`message:${name}`, ...takers].join(' ');
}

async function onInstance(
  { store }: ControlParts,
  key: string,
  act: (instanceId: string, asker: Asker) => Promise<EngineAnswer>,
): Promise<{
  readonly object: string;
  readonly run: (asker: Asker) => Promise<EngineReply>;
}> {
  const { instanceId } = await findInstance(store, key);
  return {
    object: `instance:${instanceId}`,
    run: async (asker) => replyOf(await act(instanceId, asker)),
  };
}

type OnTask = ReturnType<typeof who> &
  Pick<TaskCommand, 'instanceId' | 'taskId'> &
  Required<Pick<TaskCommand, 'seen'>>;

async function onTask(
  { store }: ControlParts,
  key: string,
  act: (task: OnTask) => Promise<EngineAnswer>,
): Promise<{
  readonly object: string;
  readonly run: (asker: Asker) => Promise<EngineReply>;
}> {
  const seen = await findTask(store, key);
  const { instanceId, taskId } = seen;
  return {
    object: taskObject(instanceId, taskId),
    run: async (asker) => replyOf(await act({ instanceId, taskId, seen, ...who(asker) })),
  };
}

/** A task, as the audit names it. */
export const taskObject = (instanceId: string, taskId: string): string =>
  `task:${instanceId}/${taskId}`;

const who = ({ actor, requestId }: Asker) => ({ actor, requestId });

/** Names alone: values may be personal. */
function variableNames({ variables }: { readonly variables: object }): Record<string, Json> {
  return { variables: Object.keys(variables) };
}

/** What the engine refuses travels as its own code. */
async function orFailure<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EngineRefusal) throw new ControlFailure(error.code, error.message);
    throw error;
  }
}
