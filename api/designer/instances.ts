/** Running instances, and which of them can go on with another version. Class: side effect. */
import type { JudgedInstance } from '../../contracts/designer.js';
import type { ProcessInstance, Store } from '../../store/index.js';

/** Instances that one request looks at, and how many at the same time: each is asked itself. */
const MOST = 100;
const AT_ONCE = 6;

/** What is in the way of one; null: it can go. */
export type Obstacle = JudgedInstance['problem'];

/** Running instances of a process with other versions, oldest first. `further`: more than are looked at. */
export async function runningOf(
  { processInstances }: Pick<Store, 'processInstances'>,
  processId: string,
  version: number,
): Promise<{ readonly items: readonly ProcessInstance[]; readonly further: number }> {
  const state = { $in: ['ACTIVE', 'SUSPENDED'] };
  const filter = { processId, state, definitionVersion: { $neq: version } };
  const { items, total } = await processInstances.search({ filter, limit: MOST, withTotal: true });
  return { items, further: Math.max(0, (total?.count ?? 0) - items.length) };
}

/** Asks each, some at the same time; the answers are in order. */
export async function judgeAll(
  instances: readonly ProcessInstance[],
  ask: (instance: ProcessInstance) => Promise<Obstacle>,
): Promise<readonly JudgedInstance[]> {
  const judged: JudgedInstance[] = [];
  const left = [...instances.entries()];
  const take = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, instance] = next;
      const { instanceId, processId, definitionVersion: fromVersion } = instance;
      judged[index] = { instanceId, processId, fromVersion, problem: await ask(instance) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return judged;
}
