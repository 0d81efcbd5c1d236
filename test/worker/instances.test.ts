import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { expect, test, vi } from 'vitest';
import { deliverTo, updateInstance } from '../../worker/instances.js';

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

test('an Update that Temporal aborted is sent again under the same id while there is time, and then is late', async () => {
  const grpc = { code: 14, details: 'workflow update was aborted', metadata: {} };
  const aborted = () => {
    const cause = Object.assign(new Error('14 UNAVAILABLE'), grpc);
    return Promise.reject(Object.assign(new Error('Workflow Update failed'), { cause }));
  };
  const answer = { ok: true, code: null };
  const executeUpdate = vi.fn(aborted);
  const client = clientThat(lost, executeUpdate);
  const place = { workflowId: 'p.k.i', instanceId: 'i' };
  executeUpdate.mockImplementationOnce(aborted).mockResolvedValueOnce(answer as never);
  expect(await updateInstance(client, { ...place, withinMs: 5_000 }, 'u', [], null)).toBe(answer);
  const [first, second] = executeUpdate.mock.calls.map(
    (call) => (call as unknown as [string, { readonly updateId?: string }])[1].updateId,
  );
  expect(first).toBeDefined();
  expect(second).toBe(first);
  const late = await updateInstance(client, { ...place, withinMs: 300 }, 'u', [], 'id');
  expect(late).toMatchObject({ ok: false, code: 'WORKER_UNAVAILABLE' });
});
