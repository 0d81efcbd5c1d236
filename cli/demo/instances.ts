/** Starts one instance of the demonstration, and takes it to where it rests. Class: side effect. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Variables } from '../../engine/model/index.js';
import type { ControlClient } from '../../worker/control/client.js';
import { ControlFailure } from '../../worker/control/failure.js';
import type { Seed, SeedStep } from './seeds.js';

/** What it is done with. */
export interface Doing {
  /** Asks the engine in the name of somebody. */
  readonly as: (actor: string) => ControlClient;
  readonly actor: string;
  /** Aborted: nothing more is begun. */
  readonly signal: AbortSignal;
}

/** Starts it under its business key, unless it was started before. Errors: those of the engine. */
export async function startSeed(
  { as, actor }: Doing,
  { key, processId, startEvent }: Seed,
  variables: Variables,
): Promise<void> {
  const input = { processId, version: null, elementId: startEvent, businessKey: key, variables };
  try {
    await as(actor).call('run', input);
  } catch (error) {
    // Its example was changed since: it is there all the same.
    if (!(error instanceof ControlFailure) || error.code !== 'BUSINESS_KEY_USED') throw error;
  }
}

const SOONEST_MS = 250;
const SLOWEST_MS = 2000;

/**
 * Takes an instance through its steps. Killed anywhere it goes on where it was, for what is there tells which steps were
 * taken. @returns false when it did not come to its rest by the deadline
 */
export async function follow(doing: Doing, seed: Seed, deadlineMs: number): Promise<boolean> {
  if (seed.steps.length === 0) return true;
  let waitMs = SOONEST_MS;
  while (!doing.signal.aborted && performance.now() < deadlineMs) {
    if (await advance(doing, seed)) return true;
    await pause(waitMs);
    waitMs = Math.min(waitMs * 1.1, SLOWEST_MS);
  }
  return false;
}

/** Instances of a seed: itself and what it called, which has its business key. */
type Ids = readonly string[];

/** Takes the last step that can be taken. @returns whether there is none any more */
async function advance(doing: Doing, seed: Seed): Promise<boolean> {
  const filter = { businessKey: seed.key };
  const { items } = await doing.as(doing.actor).call('searchInstances', { filter });
  const ids = items.map(({ instanceId }) => instanceId);
  for (const [index, step] of seed.steps.toReversed().entries()) {
    const standing =
      'task' in step ? await atTask(doing, step, ids) : await atMessage(doing, seed, step, ids);
    if (standing !== null) return standing === 'done' && index === 0;
  }
  return false;
}

/** `done`: nothing is to be done about it; null: it has not come yet. */
type Standing = 'done' | 'taken' | null;

/** Completes the task of a step. */
async function atTask(
  { as, actor }: Doing,
  { task: elementId, as: person, variables = {} }: Extract<SeedStep, { task: string }>,
  ids: Ids,
): Promise<Standing> {
  const filter = { elementId, instanceId: { $in: [...ids] } };
  const { items } = await as(actor).call('searchTasks', { filter });
  const [task] = items;
  if (!task) return null;
  if (person === undefined || task.state !== 'CREATED') return 'done';
  const key = `${task.instanceId}/${task.taskId}`;
  await as(person).call('completeTask', { key, action: null, variables });
  return 'taken';
}

/** Publishes a message to whoever of them waits for it; under one id, so that it counts once. */
async function atMessage(
  { as, actor }: Doing,
  { key: seedKey }: Seed,
  { message: name, variables }: Extract<SeedStep, { message: string }>,
  ids: Ids,
): Promise<Standing> {
  for (const instanceId of ids) {
    const { subscriptions } = await as(actor).call('getInstance', { key: instanceId });
    const key = subscriptions.find((one) => one.name === name)?.key ?? null;
    if (key === null) continue;
    const messageId = `${seedKey} ${name}`;
    await as(actor).call('publish', { name, key, variables, messageId, timeToLive: 'PT1H' });
    return 'taken';
  }
  return null;
}
