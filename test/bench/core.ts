/** (a) The core on its own: instances and steps a second, beside `bpmn-engine` on the same files. */
import type {
  Effect,
  ExecutableProcess,
  InstanceState,
  Variables,
} from '../../engine/model/index.js';
import { createInstance, step } from '../../engine/step/index.js';
import { runElsewhere } from './bpmn-engine.js';
import { loadModel } from './models.js';
import { figure, rate, table } from './timing.js';

const AT = '2026-01-01T00:00:00.000Z';

const begin = (
  process: ExecutableProcess,
  variables: Variables,
): [InstanceState, readonly Effect[]] => {
  const seed = { instanceId: 'bench', processId: process.id, caller: null };
  const state = createInstance(seed);
  const request = { requestId: null, actor: null };
  const event = { kind: 'start', at: AT, elementId: null, variables, ...request } as const;
  return [state, step(process, state, event).effects];
};

const completeJob = (process: ExecutableProcess, state: InstanceState, jobId: string) =>
  step(process, state, { kind: 'jobCompleted', at: AT, jobId, variables: {} });

/** Runs one instance to its end, answering jobs and tasks as they come; returns the number of steps. */
function runInstance(process: ExecutableProcess, variables: Variables): number {
  const [state, effects] = begin(process, variables);
  const jobs = effects
    .filter(({ kind }) => kind === 'startJob')
    .map((effect) => (effect as { id: string }).id);
  let steps = 1;
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    for (const effect of completeJob(process, state, job).effects) {
      if (effect.kind === 'startJob') jobs.push(effect.id);
    }
    steps += 1;
  }
  for (const taskId of Object.keys(state.tasks)) {
    const request = { requestId: null, actor: null, action: null };
    step(process, state, { kind: 'taskCompleted', at: AT, taskId, variables: {}, ...request });
    steps += 1;
  }
  if (state.status !== 'completed') throw new Error(`${process.id} is ${state.status}`);
  return steps;
}

const MODELS: readonly (readonly [name: string, variables: Variables])[] = [
  ['ten-service-tasks', {}],
  ['fork-of-8', {}],
  ['multi-instance-of-50', {}],
  ['user-task', {}],
  ['exclusive-loop', { i: 0 }],
];

const compareModel = async (name: string, variables: Variables): Promise<readonly string[]> => {
  const process = await loadModel(name);
  const steps = runInstance(process, variables);
  const ours = await rate(() => {
    runInstance(process, variables);
  });
  const theirs = await rate(await runElsewhere(name, variables));
  return [name, figure(ours), figure(ours * steps), figure(theirs), `${figure(ours / theirs)}×`];
};

/** Steps a second of one busy token while others wait in the same instance. */
const besideWaiting = async (waiting: number): Promise<number> => {
  const process = await loadModel('beside-waiting-tokens');
  const items = Array.from({ length: waiting }, (_, i) => i);
  const [state, effects] = begin(process, { items, done: false });
  let job = effects.find(({ kind }) => kind === 'startJob') as { id: string };
  return rate(() => {
    const next = completeJob(process, state, job.id).effects;
    job = next.find(({ kind }) => kind === 'startJob') as { id: string };
  });
};

/** Prints the figures of the core. */
export async function benchCore(): Promise<void> {
  const rows = [];
  for (const [name, variables] of MODELS) rows.push(await compareModel(name, variables));
  const head = ['model', 'instances/s', 'steps/s', 'bpmn-engine', 'ratio'];
  console.log(`(a) core against bpmn-engine, same files\n${table([head, ...rows])}\n`);
  const counts = [0, 10, 10_000];
  const rates: number[] = [];
  for (const count of counts) rates.push(await besideWaiting(count));
  const waitingRows = counts.map((count, i) => [
    `${count} tokens waiting`,
    figure(rates[i] as number),
    `${figure((rates[i] as number) / (rates[0] as number))}×`,
  ]);
  console.log(`${table([['one busy token beside', 'steps/s', 'of none'], ...waitingRows])}\n`);
}
