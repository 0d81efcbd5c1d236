/** A wild script: anything may happen at any time, and more than once; then everything is seen to, and it ends. */
import type { ExecutableProcess } from '../../engine/model/index.js';
import type { Sent } from '../support/core-driver.js';
import { modificationOf } from '../support/modifications.js';
import type { Model } from './model.js';
import { createRandom, pick } from './random.js';
import { answerOf, begin, type Outcome, outcomeOf } from './run.js';
import { serve, waitsOf } from './waits.js';
import type { Running, World } from './world.js';

type Random = (below: number) => number;

const WILD_STEPS = 20;
const MOST_STEPS = 600;

/** A request; some carry an id, and some ids come twice. */
const request = (random: Random) => ({
  requestId: random(2) === 0 ? null : `request-${random(40)}`,
  actor: pick(random, [null, 'ana', 'bob']),
});

const served = (world: World, random: Random): boolean => {
  const waits = waitsOf(world);
  if (waits.length === 0) return false;
  const wait = pick(random, waits);
  world.send(wait.running, serve(world, wait, answerOf(wait.elementId)));
  return true;
};

const CODES = ['E1', 'E2', 'EX'] as const;

/** Work that goes wrong: technically, or as business says. */
const failed = (world: World, random: Random): boolean => {
  const jobs = waitsOf(world).filter(({ kind }) => kind === 'job');
  if (jobs.length === 0) return false;
  const { running, id: jobId } = pick(random, jobs);
  const message = 'no';
  const variables = { thrown: random(9) };
  world.send(
    running,
    random(2) === 0
      ? { kind: 'jobFailed', jobId, code: random(2) === 0 ? null : 'TIMEOUT', message }
      : { kind: 'jobThrew', jobId, errorCode: pick(random, CODES), message, variables },
  );
  return true;
};

/** What was sent comes again; what never was comes too. */
const stray = (world: World, random: Random): boolean => {
  const letter = pick(random, world.sent);
  const running = world.instances.get(letter.to);
  if (running === undefined) return false;
  const unknown: readonly Sent[] = [
    { kind: 'jobCompleted', jobId: 'nothing:1', variables: {} },
    { kind: 'jobFailed', jobId: '__proto__', code: null, message: '' },
    { kind: 'timerFired', timerId: 'toString' },
    { kind: 'messageReceived', subscriptionId: 'constructor', messageId: 'm', variables: {} },
    { kind: 'signalReceived', subscriptionIds: ['nothing:1', ''], variables: {} },
    { kind: 'signalReceived', subscriptionIds: [], variables: {} },
    { kind: 'childEnded', childId: 'nothing:1', outcome: 'completed', variables: {} },
    { kind: 'throwAnswered', throwId: 'valueOf', outcome: 'caught' },
    { kind: 'taskCompleted', taskId: 'x', action: null, variables: {}, ...request(random) },
    { kind: 'resolveIncident', incidentId: 'x', variables: {}, how: 'retry', ...request(random) },
    { kind: 'setVariables', scopeId: 'x', variables: { w: 1 }, ...request(random) },
    { kind: 'continue' },
  ];
  world.send(running, random(2) === 0 ? letter.event : pick(random, unknown));
  return true;
};

/** Several waits of one signal at once. */
const broadcast = (world: World, random: Random): boolean => {
  const signals = waitsOf(world).filter(({ kind }) => kind === 'signal');
  const [first] = signals;
  if (first === undefined) return false;
  const ids = signals.filter(({ running }) => running === first.running).map(({ id }) => id);
  const subscriptionIds = ids.filter(() => random(3) > 0);
  world.send(first.running, { kind: 'signalReceived', subscriptionIds, variables: { s: 1 } });
  return true;
};

const operated = (world: World, random: Random): boolean => {
  if (world.open.length === 0) return false;
  const running = pick(random, world.open);
  const { state } = running;
  const tasks = Object.keys(state.tasks);
  const timers = pick(random, ['keep', 'shift'] as const);
  const scopeId = random(2) === 0 ? null : pick(random, Object.keys(state.elements));
  const acts: readonly Sent[] = [
    { kind: 'suspend', ...request(random) },
    { kind: 'resume', timers, ...request(random) },
    { kind: 'setVariables', scopeId, variables: { w: random(9) }, ...request(random) },
    ...tasks.map(
      (taskId): Sent => ({
        kind: 'taskAssigned',
        taskId,
        assignee: pick(random, [null, 'ana', 'bob']),
        mayReassign: random(2) === 0,
        ...request(random),
      }),
    ),
    ...tasks.flatMap((taskId) => onTask(taskId, random)),
    ...(random(8) === 0 ? [{ kind: 'cancel', ...request(random) } as const] : []),
    ...effectFailures(running),
    ...(random(4) === 0 ? [lostPublication] : []),
  ];
  world.send(running, pick(random, acts));
  return true;
};

const onTask = (taskId: string, random: Random): readonly Sent[] => [
  { kind: 'taskDelegated', taskId, to: pick(random, ['ana', 'bob']), ...request(random) },
  { kind: 'taskReturned', taskId, ifVersion: 1 + random(3), ...request(random) },
  { kind: 'taskUpdated', taskId, changes: { priority: random(120) }, ...request(random) },
  { kind: 'taskCommented', taskId, ...request(random) },
];

/** A message that could not be published; who threw it has gone on. */
const lostPublication: Sent = {
  kind: 'effectFailed',
  effectId: 'throw:1',
  elementInstanceId: 'throw:0',
  code: 'HOST',
  message: 'could not',
};

/** Whatever was asked for may turn out to be impossible. */
const effectFailures = ({ state }: Running): readonly Sent[] => {
  const { jobs, timers, subscriptions } = state;
  const asked = [
    ...Object.values(jobs).map(({ id, elementInstanceId }) => [id, elementInstanceId] as const),
    ...Object.values(timers).map(({ id, ownerId }) => [id, ownerId] as const),
    ...Object.values(subscriptions).map(({ id, ownerId }) => [id, ownerId] as const),
  ];
  return asked.map(([effectId, elementInstanceId]) => ({
    kind: 'effectFailed',
    effectId,
    elementInstanceId,
    code: 'HOST',
    message: 'could not',
  }));
};

const resolved = (world: World, random: Random, how: 'retry' | 'complete' | null): boolean => {
  const rows = world.open.flatMap((running) =>
    Object.values(running.state.incidents).map((incident) => ({ running, incident })),
  );
  if (rows.length === 0) return false;
  const { running, incident } = pick(random, rows);
  world.send(running, {
    kind: 'resolveIncident',
    incidentId: incident.id,
    variables: answerOf(incident.elementId),
    how: how ?? pick(random, ['retry', 'complete'] as const),
    ...request(random),
    requestId: null,
  });
  return true;
};

/** News arrive in the order in which they were sent to each instance, late. */
const delivered = (world: World, random: Random): boolean => {
  if (world.letters.length === 0) return false;
  const { to } = pick(random, world.letters);
  const index = world.letters.findIndex((letter) => letter.to === to);
  const [letter] = world.letters.splice(index, 1);
  if (letter !== undefined) world.deliver(letter);
  return true;
};

const wildStep = (world: World, random: Random): void => {
  const dice = random(20);
  if (dice < 6) served(world, random);
  else if (dice < 10) delivered(world, random);
  else if (dice < 13) failed(world, random);
  else if (dice < 15) stray(world, random);
  else if (dice < 16) broadcast(world, random);
  else if (dice < 18) operated(world, random);
  else if (dice < 19) resolved(world, random, null);
  else world.nowMs += random(4) * 1_800_000;
};

const resumed = (world: World, random: Random): boolean => {
  const suspended = world.open.find(({ state }) => state.suspendedAt !== null);
  if (suspended === undefined) return false;
  const timers = pick(random, ['keep', 'shift'] as const);
  world.send(suspended, { kind: 'resume', timers, requestId: null, actor: 'ana' });
  return true;
};

/** Resumes what is suspended, delivers, resolves, serves: what it comes to must be an end. */
const settleStep = (world: World, random: Random): boolean =>
  resumed(world, random) ||
  delivered(world, random) ||
  resolved(world, random, 'retry') ||
  served(world, random);

/** Runs wildly for a while, then until the end. */
export function runWildly(
  model: Model,
  processes: ReadonlyMap<string, ExecutableProcess>,
  seed: number,
): Outcome {
  const world = begin(model, processes);
  const random = createRandom(seed);
  for (let step = 0; step < WILD_STEPS && world.open.length > 0; step += 1) wildStep(world, random);
  while (world.open.length > 0) {
    if (world.steps > MOST_STEPS) throw new Error('the run does not end');
    if (!settleStep(world, random)) throw new Error(stuck(world));
  }
  checkCodes(world);
  return outcomeOf(world);
}

const modified = (world: World, random: Random): boolean => {
  if (world.open.length === 0) return false;
  const running = pick(random, world.open);
  const by = <T>(items: readonly T[]): T => pick(random, items);
  const modification = modificationOf(by, running.state, running.process);
  world.send(running, { kind: 'modify', ...modification, ...request(random) });
  return true;
};

/**
 * Runs wildly and modifies what runs. What that leaves need not be sound: a join may wait for ever. So it is ended by a
 * cancellation, and must be over when all called instances have confirmed.
 */
export function runModified(
  model: Model,
  processes: ReadonlyMap<string, ExecutableProcess>,
  seed: number,
): Outcome {
  const world = begin(model, processes);
  const random = createRandom(seed);
  for (let step = 0; step < WILD_STEPS && world.open.length > 0; step += 1) {
    if (random(3) === 0) modified(world, random);
    else wildStep(world, random);
  }
  for (const running of world.open) {
    if (running.state.caller === null) {
      world.send(running, { kind: 'cancel', requestId: null, actor: 'ana' });
    }
  }
  while (world.open.length > 0) {
    if (world.steps > MOST_STEPS) throw new Error('the run does not end');
    if (!resumed(world, random) && !delivered(world, random)) throw new Error(stuck(world));
  }
  return outcomeOf(world);
}

const stuck = (world: World): string =>
  `nothing is left to do, but ${JSON.stringify(world.open.map(({ state }) => state))}`;

/** Incidents that a model which is sound by construction never has. */
const NEVER: readonly string[] = [
  'DEADLOCK',
  'LOOP_LIMIT',
  'NO_FLOW_SELECTED',
  'CONDITION_NOT_BOOLEAN',
];

function checkCodes(world: World): void {
  for (const { entries } of world.instances.values()) {
    const codes = entries
      .filter(({ kind }) => kind === 'incidentOpened')
      .map(({ data }) => String(data?.code));
    const bad = codes.filter((code) => NEVER.includes(code));
    if (bad.length > 0) throw new Error(`a sound model has ${bad.join(', ')}`);
  }
}
