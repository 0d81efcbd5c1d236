import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { expect, test } from 'vitest';
import { deliverTo } from '../../worker/instances.js';

const notFound = () => new WorkflowNotFoundError('not found', 'p.k.i', undefined);

function clientThat(describe: () => Promise<object>): Client {
  const lost = () => Promise.reject(notFound());
  const handle = { startUpdate: lost, executeUpdate: lost, describe };
  const withDeadline = (_at: number, work: () => Promise<unknown>) => work();
  return { withDeadline, workflow: { getHandle: () => handle } } as unknown as Client;
}

const deliver = (client: Client) =>
  deliverTo(client, { workflowId: 'p.k.i', withinMs: 100 }, {} as never, 'update');

test('an instance is unknown only when the server says so, not when it does not answer', async () => {
  expect(await deliver(clientThat(() => Promise.reject(notFound())))).toBeNull();
  const away = clientThat(() => Promise.reject(new Error('server away')));
  await expect(deliver(away)).rejects.toThrow('server away');
});
