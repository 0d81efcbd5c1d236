/** The operations that change something. Each is written to the audit table, done or refused. Class: side effect. */
import type { EngineReply, OperationName, OperationOutput } from '../../contracts/control.js';
import type { Json } from '../../engine/model/index.js';
import type { EngineAnswer } from '../index.js';
import { EngineRefusal } from '../refusal.js';
import { deploy } from './deploy.js';
import { ControlFailure, refusal } from './failure.js';
import type { Asker, ControlParts, Operation, Operations } from './parts.js';
import { findIncident, findInstance, findTask, parts as split } from './references.js';

type Read = 'status' | `search${string}` | `get${string}` | 'history';

/** Names of the operations that change something. */
export type ActName = Exclude<OperationName, Read>;

/** An act, what it is done to, and what of its input the audit keeps: names, never values. */
interface Act<N extends ActName> {
  readonly run: Operation<N>;
  /** `output` null: it was not done. */
  readonly object: (
    parts: ControlParts,
    input: Parameters<Operation<N>>[1],
    output: OperationOutput<N> | null,
  ) => Promise<string>;
  readonly data?: (input: Parameters<Operation<N>>[1]) => Readonly<Record<string, Json>>;
}

/** All of them. */
export const ACTS: { readonly [N in ActName]: Act<N> } = {
  deploy: {
    run: deploy,
    object: async (_, { packages }) => packages.map(({ key }) => `package:${key}`).join(' '),
    data: ({ isDryRun }) => ({ isDryRun }),
  },
  run: {
    run: async ({ engine }, input, asker) => {
      const { isNew, ...answer } = await engine.start({ ...input, ...who(asker) });
      return { ...replyOf(answer), isNew };
    },
    object: async (_, { processId, version }, started) =>
      started ? `instance:${started.instanceId}` : `process:${processId}:${version ?? 'latest'}`,
    data: ({ processId, ...input }) => ({ ...variableNames(input), processId }),
  },
  completeTask: {
    run: async ({ engine, store }, { key, action, variables }, asker) => {
      const { instanceId, taskId } = await findTask(store, key);
      const command = { instanceId, taskId, action, variables };
      return replyOf(await engine.completeTask({ ...command, ...who(asker) }));
    },
    object: taskObject,
    data: ({ action, ...input }) => ({ ...variableNames(input), action }),
  },
  assignTask: {
    run: async ({ engine, store }, { key, assignee, mayReassign }, asker) => {
      const { instanceId, taskId } = await findTask(store, key);
      const command = { instanceId, taskId, assignee, mayReassign };
      return replyOf(await engine.assignTask({ ...command, ...who(asker) }));
    },
    object: taskObject,
    data: ({ assignee }) => ({ assignee }),
  },
  resolveIncident: {
    run: async ({ engine, store }, { key, how, variables }, asker) => {
      const { instanceId, incidentId } = await findIncident(store, key);
      const command = { instanceId, incidentId, how, variables };
      return replyOf(await engine.resolveIncident({ ...command, ...who(asker) }));
    },
    object: async ({ store }, { key }) => {
      const { instanceId, incidentId } = await findIncident(store, key);
      return `incident:${instanceId}/${incidentId}`;
    },
    data: ({ how, ...input }) => ({ ...variableNames(input), how }),
  },
  cancelInstance: {
    run: async ({ engine, store }, { key }, asker) => {
      const { instanceId } = await findInstance(store, key);
      return replyOf(await engine.cancel({ instanceId, ...who(asker) }));
    },
    object: instanceObject,
  },
  suspendInstance: {
    run: async ({ engine, store }, { key }, asker) => {
      const { instanceId } = await findInstance(store, key);
      return replyOf(await engine.suspend({ instanceId, ...who(asker) }));
    },
    object: instanceObject,
  },
  resumeInstance: {
    run: async ({ engine, store }, { key, timers }, asker) => {
      const { instanceId } = await findInstance(store, key);
      return replyOf(await engine.resume({ instanceId, timers, ...who(asker) }));
    },
    object: instanceObject,
    data: ({ timers }) => ({ timers }),
  },
  retryDecision: {
    run: async ({ engine, store }, { key }) =>
      replyOf(await engine.retryDecision((await findInstance(store, key)).instanceId)),
    object: instanceObject,
  },
  setVariables: {
    run: async ({ engine, store }, { key, variables }, asker) => {
      const { instanceId, rest: scopeId } = await split(store, key);
      const command = { instanceId, scopeId, variables };
      return replyOf(await engine.setVariables({ ...command, ...who(asker) }));
    },
    object: async ({ store }, { key }) => {
      const { instanceId, rest } = await split(store, key);
      return `instance:${instanceId}${rest === null ? '' : `/${rest}`}`;
    },
    data: variableNames,
  },
  publish: {
    run: ({ engine }, { messageId, ...message }, { requestId }) =>
      orFailure(engine.publish({ ...message, messageId: messageId ?? requestId })),
    object: async (_, { name }) => `message:${name}`,
    data: variableNames,
  },
  correlate: {
    run: async ({ engine }, message, { requestId }) => {
      const { name } = message;
      // Time to live zero: whoever waits now takes it, and nothing is kept.
      const now = { ...message, messageId: requestId, timeToLive: 'PT0S' };
      const { correlated, started } = await orFailure(engine.publish(now));
      if (correlated.length + started.length === 0) {
        throw refusal('MESSAGE_NOT_CORRELATED', { name });
      }
      return { correlated, started };
    },
    object: async (_, { name }) => `message:${name}`,
    data: variableNames,
  },
  broadcast: {
    run: ({ engine }, signal, { requestId }) =>
      orFailure(engine.broadcast({ ...signal, broadcastId: requestId })),
    object: async (_, { name }) => `signal:${name}`,
    data: variableNames,
  },
  rebuild: {
    run: async ({ store }) => {
      const rebuilt = await store.journal.rebuild();
      await store.maintain();
      return rebuilt;
    },
    object: async () => 'projections',
  },
};

/** The acts as operations: each leaves a row in the audit table, whatever becomes of it. */
export const AUDITED: Operations<ActName> = Object.fromEntries(
  Object.entries(ACTS).map(([name, act]) => [name, audited(name as ActName, act as never)]),
) as unknown as Operations<ActName>;

function audited<N extends ActName>(action: N, act: Act<N>): Operation<N> {
  return async (parts, input, asker) => {
    const { actor, requestId, reason } = asker;
    const key = 'key' in input && typeof input.key === 'string' ? input.key : action;
    const write = async (
      outcome: 'done' | 'refused' | 'failed',
      code: string | null,
      output: OperationOutput<N> | null,
    ): Promise<void> => {
      const object = await act.object(parts, input, output).catch(() => `unknown:${key}`);
      const at = new Date().toISOString();
      const data = act.data?.(input) ?? null;
      const row = { at, actor, action, object, outcome, code, requestId, reason, data };
      await parts.store.audit.append(row);
    };
    try {
      const output = await act.run(parts, input, asker);
      await write('done', null, output);
      return output;
    } catch (error) {
      const isRefusal = error instanceof ControlFailure;
      await write(isRefusal ? 'refused' : 'failed', isRefusal ? error.code : null, null);
      throw error;
    }
  };
}

const who = ({ actor, requestId }: Asker) => ({ actor, requestId });

/** Names alone: values may be personal. */
function variableNames({ variables }: { readonly variables: object }): Record<string, Json> {
  return { variables: Object.keys(variables) };
}

async function taskObject({ store }: ControlParts, { key }: { key: string }): Promise<string> {
  const { instanceId, taskId } = await findTask(store, key);
  return `task:${instanceId}/${taskId}`;
}

async function instanceObject({ store }: ControlParts, { key }: { key: string }): Promise<string> {
  return `instance:${(await findInstance(store, key)).instanceId}`;
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

/** An answer of the engine as the wire has it; a refusal is thrown with the engine's own code. */
function replyOf({ ok, code, message, instanceId, status, ...more }: EngineAnswer): EngineReply {
  if (!ok) throw new ControlFailure(code ?? 'CONTROL_FAILED', message);
  const waitsFor = 'waitsFor' in more ? more.waitsFor : [];
  return { instanceId, message, status, waitsFor };
}
