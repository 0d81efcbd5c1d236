/** A job inside a decision ends before the decision does, however many attempts its model grants. */
import { expect, test } from 'vitest';
import { runLocalJob } from '../../activities/decision/local-job.js';
import type { JobInput } from '../../contracts/job.js';

const input = { jobId: 'work:4', variables: {} } as unknown as JobInput;

test('attempts go on as long as there is time for them, and what is late is a failure', async () => {
  let attempts = 0;
  const silent = () => {
    attempts += 1;
    return new Promise<never>(() => {});
  };
  const begun = performance.now();
  const event = await runLocalJob(silent, 'ping', 1000, input, { attemptMs: 20, allMs: 300 });
  expect(event).toMatchObject({ kind: 'jobFailed', jobId: 'work:4', code: 'JOB_TIMEOUT' });
  expect(attempts).toBeGreaterThan(1);
  expect(attempts).toBeLessThan(20);
  expect(performance.now() - begun).toBeLessThan(5000);
});

test('one that succeeds at last has succeeded', async () => {
  let attempts = 0;
  const third = async () => {
    attempts += 1;
    if (attempts < 3) throw new Error('not yet');
    return { n: attempts };
  };
  const event = await runLocalJob(third, 'ping', 3, input);
  expect(event).toEqual({ kind: 'jobCompleted', jobId: 'work:4', variables: { n: 3 } });
});
