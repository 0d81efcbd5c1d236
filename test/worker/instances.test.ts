import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { expect, test, vi } from 'vitest';
import { deliverTo } from '../../worker/instances.js';

const notFound = () => new WorkflowNotFoundError('not found', 'p.k.i', undefined);

const lost = () => Promise.reject(notFound());

function clientThat(describe: () => Promise<object>, executeUpdate = lost): Client {
  const handle = { startUpdate: executeUpdate, executeUpdate, describe };
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

test('an instance that began after it was asked is asked again', async () => {
  const answer = { ok: true, code: null };
  const executeUpdate = vi
    .fn(lost)
    .mockImplementationOnce(lost)
    .mockResolvedValueOnce(answer as never);
  const running = clientThat(async () => ({ status: { name: 'RUNNING' } }), executeUpdate);
  expect(await deliver(running)).toBe(answer);
  expect(executeUpdate).toHaveBeenCalledTimes(2);
});

test('an instance that has closed takes nothing', async () => {
  expect(await deliver(clientThat(async () => ({ status: { name: 'COMPLETED' } })))).toBeNull();
});
