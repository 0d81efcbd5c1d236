import { describe, expect, test } from 'vitest';
import { startFixture } from '../support/index.js';

const whole = { total: 1, key: 'k', kind: 'pay', way: 'a' };

/** What is missing, the incident that it makes, the remedy: each in the phase that fails. */
const phases: readonly [string, object, string, object, readonly string[]][] = [
  ['inputs', { total: undefined }, 'IO_MAPPING_ERROR work', { total: 2 }, []],
  ['arming', { key: true }, 'CORRELATION_KEY work', { key: 'k' }, []],
  ['the job itself', { kind: 7 }, 'EXPRESSION_FAILED work', { kind: 'pay' }, []],
];

const without = (changes: object) =>
  JSON.parse(JSON.stringify({ ...whole, ...changes })) as typeof whole;

describe('2.11 S98 retry', () => {
  test.each(phases)('re-runs %s', async (_phase, missing, incident, remedy) => {
    const instance = await startFixture('step/retry-phases', without(missing));
    expect(instance.incidents()).toEqual([incident]);
    expect(instance.emitted('startJob')).toEqual([]);
    instance.resolve({ ...remedy } as typeof whole);
    expect(instance.incidents()).toEqual([]);
    expect(instance.emitted('startJob')).toHaveLength(1);
    expect(instance.subscriptions('word')).toHaveLength(1);
    instance.job('pay', { complete: { answer: 1 } });
    expect(instance.waitingAt()).toEqual(['a']);
  });

  test('re-runs the job alone, as another attempt', async () => {
    const instance = await startFixture('step/retry-phases', whole);
    instance.job('pay', { fail: 'unreachable' });
    expect(instance.subscriptions('word')).toHaveLength(1);
    instance.resolve();
    expect(Object.values(instance.state.jobs)).toMatchObject([{ attempt: 2 }]);
    expect(instance.told('subscriptionOpened')).toHaveLength(1);
    instance.job('pay', { complete: { answer: 1 } });
    expect(instance.waitingAt()).toEqual(['a']);
  });

  test('or takes the job as done', async () => {
    const instance = await startFixture('step/retry-phases', whole);
    instance.job('pay', { fail: 'unreachable' });
    instance.resolve({ answer: 5 }, 'complete');
    expect(instance.emitted('startJob')).toHaveLength(1);
    expect(instance.value('receipt')).toBe(5);
  });

  test('re-runs outputs without another job', async () => {
    const instance = await startFixture('step/retry-phases', whole);
    instance.job('pay');
    expect(instance.incidents()).toEqual(['IO_MAPPING_ERROR work']);
    instance.resolve({ answer: 5 });
    expect(instance.emitted('startJob')).toHaveLength(1);
    expect(instance.value('receipt')).toBe(5);
    expect(instance.waitingAt()).toEqual(['a']);
  });

  test('re-runs the choice of flows without outputs again', async () => {
    const instance = await startFixture('step/retry-phases', { ...whole, way: 'c' });
    instance.job('pay', { complete: { answer: 5 } });
    expect(instance.incidents()).toEqual(['NO_FLOW_SELECTED work']);
    instance.set({ receipt: 'kept' });
    instance.resolve({ way: 'b' });
    expect(instance.value('receipt')).toBe('kept');
    expect(instance.waitingAt()).toEqual(['b']);
  });

  test('re-runs the output of one inner instance', async () => {
    const instance = await startFixture('step/mi-output-error', { items: [1, 2] });
    expect(instance.incidents()).toEqual(['EXPRESSION_FAILED each']);
    instance.resolve({ bonus: 10 });
    expect(instance.value('results')).toEqual([11, 12]);
    expect(instance.state.status).toBe('completed');
  });

  test('re-runs the completion condition of one inner instance', async () => {
    const instance = await startFixture('step/mi-condition-error', { items: [1, 2, 3] });
    expect(instance.incidents()).toEqual(['CONDITION_NOT_BOOLEAN each']);
    instance.resolve({ enough: true });
    expect(instance.value('last')).toBe(1);
    expect(instance.state.status).toBe('completed');
  });

  test('re-runs inputs and arming of a sub-process, then its content once', async () => {
    const instance = await startFixture('step/retry-sub-process', { n: 1 });
    expect(instance.incidents()).toEqual(['CORRELATION_KEY inside']);
    instance.resolve({ key: 'k' });
    expect(instance.waitingAt()).toEqual(['work']);
    instance.complete('work');
    expect(instance.incidents()).toEqual(['IO_MAPPING_ERROR inside']);
    instance.resolve({ y: 3 });
    expect(instance.value('result')).toBe(3);
    expect(instance.state.status).toBe('completed');
  });

  test('re-runs the arming of a process, then begins it', async () => {
    const instance = await startFixture('step/retry-process');
    expect(instance.incidents()).toEqual(['CORRELATION_KEY retry-process-process']);
    expect(instance.waitingAt()).toEqual([]);
    instance.resolve({ key: 'k' });
    expect(instance.waitingAt()).toEqual(['work']);
    expect(instance.subscriptions('word')).toHaveLength(1);
  });
});

describe('2.11 S98 incidents', () => {
  test('a boundary timer keeps running: when it fires, the interruption closes the incident', async () => {
    const instance = await startFixture('step/incident-with-timer');
    instance.job('work', { fail: 'unreachable' });
    instance.fire('late');
    expect(instance.told('incidentClosed')).toEqual(['work']);
    expect(instance.state.incidents).toEqual({});
    expect(instance.state.status).toBe('completed');
  });

  test('one that a host reports about a job ends that job; a retry starts another', async () => {
    const instance = await startFixture('step/incident-with-timer');
    const [effectId = ''] = Object.keys(instance.state.jobs);
    const elementInstanceId = instance.state.jobs[effectId]?.elementInstanceId ?? null;
    const refused = { code: 'JOB_REFUSED', message: 'the queue refuses it' };
    instance.send({ kind: 'effectFailed', effectId, elementInstanceId, ...refused });
    expect(instance.incidents()).toEqual(['JOB_REFUSED work']);
    instance.resolve();
    instance.job('work');
    expect(instance.state.status).toBe('completed');
  });

  test('one that comes when its element has gone stops nothing, and a retry arms nothing twice', async () => {
    const instance = await startFixture('step/message-effect', { key: 'k', ttl: 'PT1H' });
    const [effect] = instance.emitted('publishMessage');
    const { id: effectId = '', elementInstanceId = null } = effect ?? {};
    const expired = { code: 'EFFECT_FAILED', message: 'the correlator refuses it' };
    instance.send({ kind: 'effectFailed', effectId, elementInstanceId, ...expired });
    expect(instance.incidents()).toEqual(['EFFECT_FAILED message-effect-process']);
    instance.resolve();
    expect(instance.incidents()).toEqual([]);
    expect(instance.subscriptions('word')).toHaveLength(1);
    expect(instance.waitingAt()).toEqual(['work']);
  });

  const lost = { kind: 'effectFailed', code: 'HOST', message: 'could not' } as const;

  test('a subscription that could not be opened is opened by a retry', async () => {
    const instance = await startFixture('step/suspended', { order: 'o1' });
    const [row] = instance.subscriptions('word');
    if (row === undefined) throw new Error('nothing waits');
    instance.send({ ...lost, effectId: row.id, elementInstanceId: row.ownerId });
    expect(instance.subscriptions('word')).toEqual([]);
    expect(instance.incidents()).toHaveLength(1);
    instance.resolve();
    expect(instance.subscriptions('word')).toHaveLength(1);
    expect(instance.waitingAt()).toEqual(['work']);
  });

  test('one on an event-based gateway is closed when another arm fires', async () => {
    const instance = await startFixture('step/event-gateway', { order: 'o1' });
    const [row] = instance.subscriptions('paid');
    if (row === undefined) throw new Error('nothing waits');
    instance.send({ ...lost, effectId: row.id, elementInstanceId: row.ownerId });
    instance.fire('late');
    expect(instance.told('incidentClosed')).toEqual(['wait']);
    expect(instance.incidents()).toEqual([]);
    expect(instance.waitingAt()).toEqual(['remind']);
  });

  test('what is taken as done ends the job that runs beside the incident', async () => {
    const instance = await startFixture('step/incident-with-timer');
    const [job] = Object.values(instance.state.jobs);
    const timerId = instance.timer('late').id;
    if (job === undefined) throw new Error('no job');
    const elementInstanceId = job.elementInstanceId;
    instance.send({ ...lost, effectId: timerId, elementInstanceId });
    instance.resolve({}, 'complete');
    expect(instance.emitted('cancelJob')).toEqual([{ kind: 'cancelJob', id: job.id }]);
    instance.send({ kind: 'jobCompleted', jobId: job.id, variables: {} });
    expect(instance.state.status).toBe('completed');
  });

  test('of two on one element, one is resolved alone', async () => {
    const instance = await startFixture('step/message-effect', { key: 'k', ttl: 'PT1H' });
    const failed = { kind: 'effectFailed', effectId: 'tell:9', elementInstanceId: null } as const;
    instance.send({ ...failed, code: 'FIRST', message: '' });
    instance.send({ ...failed, code: 'SECOND', message: '' });
    instance.resolve();
    expect(instance.incidents()).toEqual(['SECOND message-effect-process']);
    instance.complete('work');
    expect(instance.state.status).toBe('completed');
  });

  test('one on a task that is then completed is closed with it', async () => {
    const instance = await startFixture('step/task-with-timer');
    const [elementInstanceId = ''] = Object.keys(instance.state.tasks);
    const late = { kind: 'effectFailed', effectId: instance.timer('late').id } as const;
    instance.send({
      ...late,
      elementInstanceId,
      code: 'TIMER_REFUSED',
      message: 'too many timers',
    });
    instance.complete('work');
    expect(instance.told('incidentClosed')).toEqual(['work']);
    expect(instance.state.status).toBe('completed');
  });

  test('one that is not there is refused', async () => {
    const instance = await startFixture('step/incident-with-timer');
    const event = {
      kind: 'resolveIncident',
      incidentId: 'none',
      variables: {},
      how: 'retry',
    } as const;
    const { answer } = instance.send({ ...event, requestId: null, actor: null });
    expect(answer).toMatchObject({ ok: false, code: 'INCIDENT_UNKNOWN' });
  });
});
