/** An effect of unknown outcome waits for a person: tried again it is made again, completed it counts as done. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSideEffects } from '../../activities/side-effects.js';
import type { Store } from '../../store/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import { endEvent, model, serviceTask, startEvent } from '../support/durable-model.js';
import { sideEffectDeps } from '../support/side-effects.js';
import { openTestStore } from '../support/store.js';

let host: TestEngine;
let store: Store;
let url: string;
/** Whether each request is taken and not answered. */
let isSilent = true;
let taken = 0;

const server = createServer((request, response) => {
  taken += 1;
  request.resume();
  if (isSilent) request.socket.destroy();
  else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://crm.test:${port}/orders`;
  store = await openTestStore();
  const egress = { allowed: [`crm.test:${port}`], resolve: async () => ['127.0.0.1'] };
  host = await startTestEngine(createSideEffects(sideEffectDeps(store, { egress })), { store });
  const parts = [startEvent('start'), serviceTask('post', 'http-request'), endEvent('end')];
  await host.deploy('order', model('order', parts, 'start > post > end'));
});
afterAll(async () => {
  await host?.close();
  await store?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** An instance that stands at its incident, for its request was taken and not answered. */
const stopped = async (): Promise<{ readonly instanceId: string; readonly incidentId: string }> => {
  isSilent = true;
  taken = 0;
  const variables = { url, method: 'POST', body: { order: 1 } };
  const start = { processId: 'order', variables, requestId: null, actor: 'ana' };
  const { instanceId } = await host.engine.start(start);
  for (;;) {
    const { items } = await store.incidents.search({ filter: { instanceId, state: 'ACTIVE' } });
    if (items[0]) return { instanceId, incidentId: items[0].incidentId };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const common = { requestId: null, actor: 'ana', variables: {} } as const;

test('tried again, it is sent once more', async () => {
  const incident = await stopped();
  expect(taken).toBe(1);
  isSilent = false;
  await host.engine.resolveIncident({ ...common, ...incident, how: 'retry' });
  expect(await host.ended(incident.instanceId)).toBe('COMPLETED');
  expect(taken).toBe(2);
});

test('completed, it counts as done', async () => {
  const incident = await stopped();
  isSilent = false;
  await host.engine.resolveIncident({ ...common, ...incident, how: 'complete' });
  expect(await host.ended(incident.instanceId)).toBe('COMPLETED');
  expect(taken).toBe(1);
});
