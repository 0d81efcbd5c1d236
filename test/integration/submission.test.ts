/** What people send for a task is judged by its form before anything moves. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AUDITED } from '../../worker/control/audited.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';

let host: TestEngine;

beforeAll(async () => {
  host = await startTestEngine({});
  const report = await host.engine.deploy('form-task', {
    'process.bpmn': readFileSync('test/fixtures/forms/form-task.bpmn', 'utf8'),
    'forms/verdict.form': readFileSync('test/fixtures/forms/verdict.form', 'utf8'),
  });
  expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});
afterAll(async () => {
  await host?.close();
});

const send = async (key: string, variables: Record<string, string | number>, requestId: string) =>
  AUDITED.completeTask(
    { engine: host.engine, store: host.store } as ControlParts,
    { key, action: null, variables },
    { actor: 'lia', requestId, reason: null },
  );

test('a submission that does not fit is refused with every problem, and the task stays', async () => {
  const start = { processId: 'form-task', requestId: null, actor: null, variables: {} };
  const { instanceId } = await host.engine.start(start);
  const { state } = await host.until(
    instanceId,
    (view) => Object.keys(view.state?.tasks ?? {}).length > 0,
  );
  const taskId = Object.keys(state?.tasks ?? {})[0] ?? '';
  const key = `${instanceId}/${taskId}`;
  await expect(send(key, { note: 'no verdict' }, 'r1')).rejects.toMatchObject({
    code: 'FORM_SUBMISSION',
    message: expect.stringContaining("'verdict'"),
  });
  await expect(send(key, { verdict: 'maybe', note: 7 }, 'r2')).rejects.toMatchObject({
    message: expect.stringMatching(/'verdict'.*'note'/),
  });
  expect(Object.keys((await host.engine.view(instanceId)).state?.tasks ?? {})).toEqual([taskId]);
  expect(await send(key, { verdict: 'yes', note: 'fine', amount: 7 }, 'r3')).toMatchObject({
    status: 'completed',
  });
  expect(await host.ended(instanceId)).toBe('COMPLETED');
});
