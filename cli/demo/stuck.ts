/** What a chapter waits for that goes no further, in words. Class: side effect (asks the engine). */
import type { InstanceRow, TaskRow } from '../../contracts/control.js';
import type { ControlClient } from '../../worker/control/client.js';
import { shownInstance } from '../table.js';

/** One or several sentences, with the command that shows more. */
export async function whatItWaitsFor(
  engine: ControlClient,
  tree: readonly InstanceRow[],
  tasks: readonly TaskRow[],
  patienceMs: number,
): Promise<string> {
  const open = tree.filter(({ endedAt }) => endedAt === null);
  const troubled = open.filter(({ hasIncident }) => hasIncident);
  const ids = troubled.map(({ instanceId }) => instanceId);
  const filter = { instanceId: { $in: ids }, endedAt: null };
  const { items: incidents } = await engine.call('searchIncidents', { filter, limit: 10 });
  const waits = [
    ...incidents.map(
      ({ processId, elementId, code, message }) =>
        `incident ${code} at '${elementId}' of ${processId} (${message ?? 'no message'})`,
    ),
    ...tasks.map(({ name, elementId }) => `task '${name ?? elementId}'`),
  ];
  const running = open.map(
    ({ processId, instanceId }) => `${processId} ${shownInstance(instanceId)}`,
  );
  const what = waits.length > 0 ? waits.join(', ') : `nothing but ${running.join(', ')}`;
  const where = troubled[0] ?? open.at(-1);
  const look = where ? `; look: npx jornada get pi ${where.instanceId}` : '';
  return `Expected the story to go on, but nothing happened for ${patienceMs / 1000} s. It waits for: ${what}${look}`;
}
