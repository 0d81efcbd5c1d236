/** A scenario's host on Temporal: each method returns when all workflows of the run are at rest. */
import { UPDATES } from '../../contracts/names.js';
import { fault } from '../../engine/errors/index.js';
import type { Answer, InstanceState } from '../../engine/model/index.js';
import type { Command } from '../../engine/play/index.js';
import type { InstanceView, ScenarioHost } from '../../engine/play/scenario/index.js';
import { fixedDurationMs } from '../../engine/triggers/timer/index.js';
import { startInstance, updateInstance } from '../instances.js';
import { viewOf } from '../look.js';
import type { ScenarioRun, Stage } from './run.js';
import type { RunInstance } from './run-instance.js';

const WITHIN_MS = 30_000;

/** The Update by which a command reaches an instance. */
const UPDATE_OF: Readonly<Partial<Record<Command['kind'], string>>> = {
  taskCompleted: UPDATES.completeTask,
  taskAssigned: UPDATES.assignTask,
  taskDelegated: UPDATES.delegateTask,
  taskReturned: UPDATES.returnTask,
  taskUpdated: UPDATES.updateTask,
  taskCommented: UPDATES.commentTask,
  resolveIncident: UPDATES.resolveIncident,
  cancel: UPDATES.cancel,
  suspend: UPDATES.suspend,
  resume: UPDATES.resume,
  setVariables: UPDATES.setVariables,
  modify: UPDATES.modify,
};

/** Makes the host of a run. Class: side effect. */
export function createHost({ client, taskQueue }: Stage, run: ScenarioRun): ScenarioHost {
  let publications = 0;
  let broadcasts = 0;
  const views = new Map<string, { readonly decisions: number; readonly view: InstanceView }>();
  const look = async (instance: RunInstance): Promise<InstanceView> => {
    const { id, decisions } = instance;
    const known = views.get(id);
    if (known?.decisions === decisions) return known.view;
    const fresh = await view(client, instance);
    views.set(id, { decisions, view: fresh });
    return fresh;
  };
  return {
    now: () => run.now,
    start: async (processId, elementId, variables) => {
      const process = run.definitions.newest.get(processId);
      if (!process) {
        const known = [...run.definitions.newest.keys()].join(', ');
        return {
          instanceId: null,
          answer: refusal(fault('PROCESS_UNKNOWN', { processId, known })),
        };
      }
      const { instance, argument } = run.newInstance(process, elementId, variables);
      const place = placeOf(instance);
      run.watch.touch(instance.workflowId);
      const answer = await startInstance(client, place, taskQueue, argument);
      await run.rest();
      return { instanceId: answer.ok ? instance.id : null, answer };
    },
    publish: async ({ messageId, ...message }) => {
      const { timeToLive } = message;
      if (fixedDurationMs(timeToLive) === null) {
        return fault('TIME_TO_LIVE', { sender: 'a message', text: timeToLive }).message;
      }
      publications += 1;
      const id = messageId ?? `publication ${publications}`;
      await run.correlators.publish({ ...message, messageId: id });
      await run.rest();
      return null;
    },
    broadcast: async (name, variables) => {
      broadcasts += 1;
      await run.correlators.broadcast({ name, broadcastId: `broadcast ${broadcasts}`, variables });
      await run.rest();
    },
    send: async (instanceId, command) => {
      const instance = run.instances.get(instanceId);
      const update = UPDATE_OF[command.kind];
      if (!instance || !update) throw new Error(`no ${command.kind} for an instance ${instanceId}`);
      run.watch.touch(instance.workflowId);
      const answer = await updateInstance(client, placeOf(instance), update, [command], null);
      await run.rest();
      return answer;
    },
    advanceTo: (at) => run.advanceTo(at),
    look: async () => {
      const started = [...run.instances.values()].filter(({ hasStarted }) => hasStarted);
      const instances = await Promise.all(started.map(look));
      return { instances, journal: run.journal };
    },
    close: () => run.close(),
  };
}

function placeOf({ id: instanceId, workflowId }: RunInstance) {
  return { workflowId, instanceId, withinMs: WITHIN_MS };
}

/** What the workflow itself says of its state; of one that has closed, what its decisions made. */
async function view(client: Stage['client'], instance: RunInstance): Promise<InstanceView> {
  const { id, process, finalVariables } = instance;
  const state = instance.hasEnded ? instance.state : await askState(client, instance);
  const root = state.rootId === null ? undefined : state.variables[state.rootId];
  return { id, process, state, variables: finalVariables ?? root ?? {} };
}

async function askState(
  client: Stage['client'],
  { workflowId, state }: RunInstance,
): Promise<InstanceState> {
  return (await viewOf(client, workflowId)).state ?? state;
}

function refusal({ code, message }: { readonly code: string; readonly message: string }): Answer {
  return { ok: false, code, message, waitingAt: [] };
}
