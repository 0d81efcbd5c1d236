/** (a) The core on its own: instances and steps a second of CPU time, beside `bpmn-engine` on the same files. */
import type { Variables } from '../../engine/model/index.js';
import { elsewhere } from './bpmn-engine.js';
import { begin, completeJob, countInstance, firstJobs, runInstance } from './instances.js';
import { loadModel } from './models.js';
import { aSecond, compare, figure, table, type Work } from './timing.js';

const MODELS: readonly (readonly [name: string, variables: Variables])[] = [
  ['ten-service-tasks', {}],
  ['fork-of-8', {}],
  ['multi-instance-of-50', {}],
  ['user-task', {}],
  ['exclusive-loop', { i: 0 }],
];

const compareModel = async (name: string, variables: Variables): Promise<readonly string[]> => {
  const process = await loadModel(name);
  const other = await elsewhere(name, variables);
  const { steps, ...ours } = countInstance(process, variables);
  const theirs = await other.count();
  if (ours.flows !== theirs.flows || ours.work !== theirs.work) {
    throw new Error(`${name}: ${JSON.stringify(ours)} here, ${JSON.stringify(theirs)} there`);
  }
  const works: Work[] = [() => runInstance(process, variables), other.run];
  const [here, there] = await compare(works);
  if (here === undefined || there === undefined) throw new Error('nothing was measured');
  return [
    name,
    String(ours.work),
    aSecond(here.ms),
    aSecond(here.ms / steps),
    aSecond(there.ms),
    `${figure(here.timesLast)}×`,
  ];
};

/** Completes one job after the other of one busy token while others wait in the same instance. */
const busyBeside = async (waiting: number): Promise<Work> => {
  const process = await loadModel('beside-waiting-tokens');
  const items = Array.from({ length: waiting }, (_, i) => i);
  const instance = begin(process, { items, done: false });
  let [job] = firstJobs(instance);
  return () => {
    [job] = completeJob(process, instance.state, job as string);
  };
};

const WAITING = [10_000, 10, 0] as const;

/** Prints the figures of the core. */
export async function benchCore(): Promise<void> {
  const rows = [];
  for (const [name, variables] of MODELS) rows.push(await compareModel(name, variables));
  const head = ['model', 'work', 'instances/s', 'steps/s', 'bpmn-engine', 'ratio'];
  console.log(
    `(a) core against bpmn-engine, same files, a second of CPU\n${table([head, ...rows])}\n`,
  );
  const works: Work[] = [];
  for (const waiting of WAITING) works.push(await busyBeside(waiting));
  const costs = await compare(works);
  const waitingRows = costs.map(({ ms, timesLast }, index) => [
    `${WAITING[index]} tokens waiting`,
    aSecond(ms),
    `${figure(timesLast)}×`,
  ]);
  console.log(`${table([['one busy token beside', 'steps/s', 'of none'], ...waitingRows])}\n`);
}
