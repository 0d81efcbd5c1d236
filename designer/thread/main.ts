/** What runs in a thread: takes tasks one after the other and answers each. Class: side effect. */
import { parentPort } from 'node:worker_threads';
import { TASKS, type TaskName } from './tasks.js';

/** A task on its way to the thread. */
export interface Order {
  readonly id: number;
  readonly name: TaskName;
  readonly input: unknown;
}

/** What comes back. `error`: a fault of ours. */
export type Reply =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: string };

let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (order: Order) => {
  last = last.then(() => carryOut(order));
});
parentPort?.postMessage('ready');

async function carryOut({ id, name, input }: Order): Promise<void> {
  const reply = await (TASKS[name] as (given: unknown) => Promise<unknown>)(input).then(
    (output): Reply => ({ id, output }),
    (error: unknown): Reply => {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    },
  );
  parentPort?.postMessage(reply);
}
