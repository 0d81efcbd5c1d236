import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { isBusy, untilTaken } from '../../worker/grpc-status.js';

/** What the client throws when the server answers with a gRPC status. */
const refusal = (code: number): Error => {
  const cause = Object.assign(new Error('no'), { code, details: 'no', metadata: {} });
  return Object.assign(new Error('Workflow Update failed'), { cause });
};

test('an Update that Temporal dropped with its workflow task is sent again', async () => {
  const answers = [refusal(9), refusal(9), 'done'];
  const send = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  expect(await untilTaken(send)).toBe('done');
});

test('any other refusal passes through, and so does one that never ends', async () => {
  let sent = 0;
  const refuse = (code: number) => async () => {
    sent += 1;
    throw refusal(code);
  };
  await expect(untilTaken(refuse(5))).rejects.toThrow('Workflow Update failed');
  expect(sent).toBe(1);
  await expect(untilTaken(refuse(9))).rejects.toThrow('Workflow Update failed');
  expect(sent).toBe(11);
});

test('an Update that no worker looked at is sent again; if none ever does, the instance is busy', async () => {
  const unseen = new WorkflowUpdateFailedError(
    'Workflow Update failed',
    ApplicationFailure.create({ type: 'UnprocessedUpdate', message: 'not processed' }),
  );
  const noWait = async (): Promise<void> => {};
  let sent = 0;
  const seenAfter = (times: number) => async () => {
    sent += 1;
    if (sent <= times) throw unseen;
    return 'done';
  };
  expect(await untilTaken(seenAfter(20), noWait)).toBe('done');
  sent = 0;
  await expect(untilTaken(seenAfter(1000), noWait)).rejects.toBe(unseen);
  expect(sent).toBe(32);
  expect(isBusy(unseen)).toBe(true);
});
