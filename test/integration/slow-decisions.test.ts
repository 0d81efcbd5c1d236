/** Decisions that outlast their workflow task, while jobs end and others look: the history replays. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instanceWorkflowId } from '../../contracts/workflow-ids.js';
import type { Store } from '../../store/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  endEvent,
  forEach,
  model,
  serviceTask,
  startEvent,
  userTask,
} from '../support/durable-model.js';
import { eventTypes, fetchHistory, record, replay } from '../support/histories.js';
import { openTestStore } from '../support/store.js';

let host: TestEngine;
let store: Store;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A store that is slow every other time: longer than a workflow task of one second, and shorter. */
function slow({ journal, ...rest }: Store): Store {
  let appends = 0;
  const append: Store['journal']['append'] = async (...given) => {
    appends += 1;
    await pause(appends % 2 === 0 ? 1900 : 150);
    return journal.append(...given);
  };
  return { ...rest, journal: { ...journal, append } };
}

/** Lets workflow tasks time out after a second, the least that Temporal takes, so that no test need wait for ten. */
function shortenTasks({ workflow }: TestEngine['client']): void {
  const start = workflow.executeUpdateWithStart.bind(workflow);
  workflow.executeUpdateWithStart = ((update: string, options: never) => {
    const { startWorkflowOperation } = options as {
      startWorkflowOperation: { options: { workflowTaskTimeout?: string } };
    };
    startWorkflowOperation.options.workflowTaskTimeout = '1s';
    return start(update, options);
  }) as typeof workflow.executeUpdateWithStart;
}

beforeAll(async () => {
  store = await openTestStore();
  const echo = async ({ variables }: { variables: { x?: unknown } }) => {
    const x = Number(variables.x);
    await pause(Math.floor(x / 10) * 1100 + (x % 10) * 15);
    return { y: variables.x ?? null };
  };
  host = await startTestEngine({ echo: echo as never }, { store: slow(store) });
  shortenTasks(host.client);
});
afterAll(async () => {
  await host?.close();
  await store?.close();
});

test('forty jobs end in bursts while decisions are slow', async () => {
  const many = serviceTask('each', 'echo', {}, 1, forEach('list', 'x', 'results', 'y'));
  const nodes = [startEvent('start'), many, userTask('check'), endEvent('end')];
  await host.deploy('slow', model('slow', nodes, 'start > each > check > end'));
  const list = Array.from({ length: 40 }, (_, i) => i);
  const start = { processId: 'slow', requestId: null, actor: null, variables: { list } };
  const { instanceId } = await host.engine.start(start);
  const { state } = await host.until(
    instanceId,
    (view) => Object.keys(view.state?.tasks ?? {}).length === 1,
    60_000,
  );
  const root = state?.variables[state.rootId ?? ''];
  expect(root?.results).toEqual(list);
  const workflowId = instanceWorkflowId(instanceId, null);
  const history = await fetchHistory(host.client, workflowId);
  const types = eventTypes(history).join(' ');
  // Workflow tasks that ended without the decision that they asked for, while jobs ended.
  expect(types).toContain('WORKFLOW_TASK_COMPLETED ACTIVITY_TASK_STARTED');
  record('slow-decisions', workflowId, history);
  expect(
    await replay([{ name: 'slow', workflowId, history }], join(tmpdir(), 'jornada-test-bundles')),
  ).toEqual([]);
});
