/**
 * Marked personal data goes through whole instances, failures included; afterwards nothing of it is found in the
 * database file of the Temporal server.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openLocalKeyring } from '../../worker/encryption/index.js';
import { findCanaries } from '../support/canary.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  callActivity,
  endEvent,
  messageCatch,
  model,
  serviceTask,
  startEvent,
  timerCatch,
  userTask,
} from '../support/durable-model.js';

const NAME = 'Zephyrine Quandary-7731';
const EMAIL = 'zephyrine.q7731@canary.example';
const IBAN = 'BR9700360305000010009795493P1';
const REASON = 'because-Zephyrine-called-7731';
const CANARIES = [NAME, EMAIL, IBAN, REASON];

let host: TestEngine;
let folder: string;
let calls = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-personal-'));
  const keyProvider = await openLocalKeyring({ folder, masterKey: null });
  const flaky = async (): Promise<Record<string, string>> => {
    calls += 1;
    if (calls > 2) return { iban: IBAN };
    const cause = new Error(`the bank does not know ${IBAN}`);
    throw ApplicationFailure.create({ message: `cannot charge ${NAME} <${EMAIL}>`, cause });
  };
  const refuse = async (): Promise<never> => {
    const detail = { errorCode: 'REFUSED', message: `${NAME} refused`, variables: { why: REASON } };
    throw ApplicationFailure.create({ type: 'BPMN_ERROR', message: NAME, details: [detail] });
  };
  host = await startTestEngine(
    { flaky, refuse, echo: async ({ variables }) => variables },
    { keyProvider },
  );
});

afterAll(async () => {
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});

const deployAll = async (): Promise<void> => {
  const child = [startEvent('start'), serviceTask('echo', 'echo'), endEvent('end')];
  await host.deploy('personal-child', model('personal-child', child, 'start > echo > end'));
  const parts = [
    startEvent('start'),
    serviceTask('charge', 'flaky', {}, 1),
    userTask('review'),
    timerCatch('pause', 'PT1S'),
    messageCatch('reply', 'customer-replied', '=email'),
    callActivity('call', 'personal-child'),
    serviceTask('refuse', 'refuse'),
    endEvent('end'),
  ];
  const chain = 'start > charge > review > pause > reply > call > refuse > end';
  await host.deploy('personal', model('personal', parts, chain));
};

test('nothing personal is readable in the database of the server', async () => {
  await deployAll();
  const variables = { name: NAME, email: EMAIL };
  const start = { processId: 'personal', requestId: null, actor: EMAIL, variables };
  const { instanceId } = await host.engine.start(start);
  for (const round of [1, 2]) {
    const { state } = await host.until(
      instanceId,
      (view) => Object.keys(view.state?.incidents ?? {}).length > 0,
    );
    const incidentId = Object.keys(state?.incidents ?? {})[0] ?? '';
    const command = {
      instanceId,
      incidentId,
      requestId: `r${round}`,
      actor: EMAIL,
      reason: REASON,
    };
    await host.engine.resolveIncident({ ...command, how: 'retry', variables: { note: REASON } });
  }
  const { state } = await host.until(
    instanceId,
    (view) => Object.keys(view.state?.tasks ?? {}).length > 0,
  );
  const taskId = Object.keys(state?.tasks ?? {})[0] ?? '';
  const request = { instanceId, taskId, requestId: EMAIL, actor: NAME, action: null };
  await host.engine.completeTask({ ...request, variables: { answer: `${NAME}: ${IBAN}` } });
  await host.until(instanceId, (view) => Object.keys(view.state?.subscriptions ?? {}).length > 0);
  const message = {
    name: 'customer-replied',
    key: EMAIL,
    messageId: `for ${EMAIL}`,
    timeToLive: 'PT1M',
  };
  await host.engine.publish({ ...message, variables: { text: REASON } });
  const stuck = await host.until(instanceId, (view) =>
    Object.values(view.state?.incidents ?? {}).some(({ code }) => code === 'UNCAUGHT_ERROR'),
  );
  expect(stuck.state?.status).toBe('active');
  await host.engine.cancel({ instanceId, requestId: 'end', actor: NAME });
  expect(await host.ended(instanceId)).toBe('CANCELLED');
  expect(findCanaries(inject('temporalDatabaseFile'), CANARIES)).toEqual([]);
  const stored = JSON.stringify(await host.journal(instanceId));
  for (const canary of CANARIES.slice(0, 3)) expect(stored).toContain(canary);
});
