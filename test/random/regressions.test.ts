/** What random runs found, each as a small model with the script that broke it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Driver } from '../support/index.js';
import { load } from './load.js';

const start = async (name: string): Promise<Driver> => {
  const file = `test/fixtures/regressions/${name}.bpmn`;
  const process = (await load(readFileSync(file, 'utf8'))).get(name);
  if (process === undefined) throw new Error(`${file} has no process ${name}`);
  return new Driver(process).start({ n0: 1, n1: 2 });
};

describe('regressions of random processes', () => {
  test('a called instance that confirms its end is journaled each time, not only the last', async () => {
    const instance = await start('ending-call-confirms');
    const [first = '', second = '', third = ''] = instance.children();
    instance.childEnded(first);
    expect(instance.childEnded(second, {}, 'cancelled').entries).toMatchObject([
      { kind: 'childEnded', elementId: 'call', rule: 'S46', data: { childId: second } },
    ]);
    instance.childEnded(third, {}, 'cancelled');
    expect(instance.state.status).toBe('completed');
  });

  test('who comes late is told of the completion condition, not of an earlier event', async () => {
    const instance = await start('completion-condition-reason');
    instance.message('m-before');
    instance.complete('vote');
    const cancelled = instance.entries.find(({ kind }) => kind === 'elementCancelled');
    expect(String(cancelled?.data?.reason)).toContain("completion condition of 'vote'");
  });

  test('a failed effect that is reported twice opens one incident, and one job after the retry', async () => {
    const instance = await start('failed-effect-twice');
    const [effectId = ''] = Object.keys(instance.state.jobs);
    const elementInstanceId = instance.state.jobs[effectId]?.elementInstanceId ?? null;
    const failed = { kind: 'effectFailed', effectId, elementInstanceId } as const;
    instance.send({ ...failed, code: 'JOB_REFUSED', message: '' });
    instance.resolve();
    instance.send({ ...failed, code: 'JOB_REFUSED', message: '' });
    expect(instance.incidents()).toEqual([]);
    expect(instance.told('eventNotAwaited')).toHaveLength(1);
    expect(Object.keys(instance.state.jobs)).toHaveLength(1);
  });

  test('a request is answered under one number, so that a step cut in pieces gives the same ids', async () => {
    const instance = await start('failed-effect-twice');
    const counter = instance.state.counter;
    instance.send({
      kind: 'setVariables',
      scopeId: null,
      variables: { w: 1 },
      requestId: 'once',
      actor: null,
    });
    expect(instance.state.counter).toBe(counter);
    expect(instance.state.requests.once?.answer.ok).toBe(true);
  });
});
