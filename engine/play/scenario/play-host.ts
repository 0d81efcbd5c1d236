/** Scenarios in memory. Class: pure seen from outside. */
import { createPlay } from '../play.js';
import type { PlayInstance } from '../types.js';
import type { InstanceView, ScenarioHost, ScenarioSetup, TracedEntry } from './host.js';

/** A host in memory. */
export interface PlayHost extends ScenarioHost {
  /** When something happens next by itself, or null. */
  nextAt(): string | null;
}

/** Makes an in-memory host that keeps the whole journal of its run. */
export async function createPlayHost(setup: ScenarioSetup): Promise<PlayHost> {
  const journal: TracedEntry[] = [];
  const play = createPlay({
    ...setup,
    onEntries: ({ id: instanceId, process: { id: processId } }, entries) => {
      for (const entry of entries) journal.push({ instanceId, processId, entry });
    },
  });
  return {
    now: () => play.now,
    nextAt: () => play.nextAt,
    start: async (processId, elementId, variables) => {
      const { instance, answer } = play.start({ processId, elementId, variables });
      return { instanceId: instance?.id ?? null, answer };
    },
    publish: async (publication) => {
      const answer = play.publish(publication);
      return 'message' in answer ? answer.message : null;
    },
    broadcast: async (name, variables) => play.broadcast(name, variables),
    send: async (instanceId, command) => play.send(instanceId, command),
    advanceTo: async (at) => play.advanceTo(at),
    look: async () => ({ instances: [...play.instances.values()].map(view), journal }),
    close: async () => {},
  };
}

function view({ id, process, state, finalVariables }: PlayInstance): InstanceView {
  const root = state.rootId === null ? undefined : state.variables[state.rootId];
  return { id, process, state, variables: finalVariables ?? root ?? {} };
}
