/** Drives a model: calmly, so that an oracle can tell what happens, or wildly, so that everything may happen. */
import type { ExecutableProcess, Variables } from '../../engine/model/index.js';
import { hasEnded } from '../../engine/step/index.js';
import { ITEMS, type Model } from './model.js';
import { type Plan, planOf } from './plan.js';
import { createRandom, pick } from './random.js';
import { serve, type Wait, waitsOf } from './waits.js';
import { type Running, World } from './world.js';

/** Steps after which a run must have ended. */
const MOST_STEPS = 2_000;

/** What a run came to. */
export interface Outcome {
  readonly world: World;
  readonly root: Running;
  /** Completed elements, sorted. */
  readonly completed: readonly string[];
  readonly variables: Variables | null;
}

/** The values that a model starts with. */
export const startOf = ({ flags, numbers }: Model): Variables => ({
  b0: flags[0],
  b1: flags[1],
  b2: flags[2],
  b3: flags[3],
  n0: numbers[0],
  n1: numbers[1],
  items: ITEMS,
});

/** The only variable that serving an element brings. */
export const answerOf = (elementId: string): Variables => ({ [`r_${elementId}`]: elementId });

/** Starts a model's process by its start event. */
export function begin(model: Model, processes: ReadonlyMap<string, ExecutableProcess>): World {
  const world = new World(processes);
  const root = world.create(model.id, 'root', null);
  if (root === null) throw new Error('the model has no process');
  world.send(root, {
    kind: 'start',
    elementId: model.start === 'none' ? null : `${model.id}_start`,
    variables: startOf(model),
    requestId: null,
    actor: null,
  });
  return world;
}

/** What a run came to, when it is over. */
export function outcomeOf(world: World): Outcome {
  const root = world.instances.get('root') as Running;
  const entries = [...world.instances.values()].flatMap((running) => running.entries);
  const completed = entries
    .filter(({ kind }) => kind === 'elementCompleted')
    .map(({ elementId }) => elementId ?? '')
    .sort();
  return { world, root, completed, variables: root.result };
}

const depthOf = ({ running, ownerId }: Wait): number => {
  let depth = running.depth * 1_000;
  let at = running.state.elements[ownerId];
  while (at !== undefined && at.parentId !== null) {
    at = running.state.elements[at.parentId];
    depth += 1;
  }
  return depth;
};

/** What the plan wants to happen next beside the flow: outermost first, then before it what does not interrupt. */
const nextPlanned = (
  waits: readonly Wait[],
  plan: Plan,
  done: ReadonlySet<string>,
): Wait | null => {
  const rank = (wait: Wait): number => {
    const planned = plan.fired.get(wait.elementId);
    return depthOf(wait) * 4 + (planned?.rank ?? 0);
  };
  const wanted = waits.filter((wait) => plan.fired.has(wait.elementId) && !done.has(keyOf(wait)));
  wanted.sort((a, b) => rank(a) - rank(b));
  return wanted[0] ?? null;
};

const keyOf = ({ running, ownerId, elementId }: Wait): string =>
  `${running.id} ${ownerId} ${elementId}`;

/**
 * Serves everything: news at once, then what the plan lets happen, then one wait after the other in an order
 * that the seed chooses. An incident is an error of the run.
 */
export function runCalmly(
  model: Model,
  processes: ReadonlyMap<string, ExecutableProcess>,
  seed: number,
): Outcome {
  const world = begin(model, processes);
  const plan = planOf(model);
  const random = createRandom(seed);
  const done = new Set<string>();
  while (world.open.length > 0) {
    if (world.steps > MOST_STEPS) throw new Error('the run does not end');
    checkNoIncident(world);
    const letter = world.letters.shift();
    if (letter !== undefined) {
      world.deliver(letter);
      continue;
    }
    const waits = waitsOf(world);
    const planned = nextPlanned(waits, plan, done);
    if (planned !== null) done.add(keyOf(planned));
    const served = waits.filter(({ elementId }) => plan.served.has(elementId));
    if (planned === null && served.length === 0) throw new Error('nothing is left to serve');
    const wait = planned ?? pick(random, served);
    const error = plan.errors.get(wait.elementId);
    const variables = answerOf(wait.elementId);
    if (wait.kind === 'job' && error !== undefined) {
      const event = { kind: 'jobThrew', jobId: wait.id, message: '', variables } as const;
      world.send(wait.running, { ...event, errorCode: error });
    } else world.send(wait.running, serve(world, wait, variables));
  }
  return outcomeOf(world);
}

function checkNoIncident(world: World): void {
  for (const { state } of world.open) {
    const [incident] = Object.values(state.incidents);
    if (incident !== undefined) throw new Error(`${incident.code}: ${incident.message}`);
  }
}

export const isOver = ({ state }: Running): boolean => hasEnded(state);
