/** Decisions taken where a job was done: the same as `decide` would take, or none. */
import { describe, expect, test } from 'vitest';
import { createDecideEarly } from '../../activities/decide-early.js';
import type { Decision } from '../../contracts/decision.js';
import { at, clockAt, decided, setUpDecisions, stateAfter } from '../support/decisions.js';
import { forEach, type Part, serviceTask, userTask } from '../support/durable-model.js';

const LATER = '2026-03-02T12:00:05.000Z';
const EARLIER = '2026-03-02T11:59:55.000Z';

const TWO: readonly Part[] = [serviceTask('a', 'work'), userTask('b')];

/** The process of the parts, whose first job was begun. */
async function begun(parts: readonly Part[], chain: string, more = {}, variables = {}) {
  const place = await setUpDecisions(parts, chain, more);
  const first = await place.begin(variables);
  const jobs = Object.keys(stateAfter(first).jobs);
  return { ...place, first, jobs, jobId: jobs[0] ?? '' };
}

const recorded = (decision: Decision | null): Decision => {
  if (decision === null) throw new Error('nothing was decided');
  return decided(decision);
};

describe('an early decision', () => {
  test('is the one that `decide` takes of the same event', async () => {
    const { ask, early, first, jobId } = await begun(TWO, 'start > a > b > end');
    const event = { kind: 'jobCompleted', at, jobId, variables: { n: 1 } } as const;
    const asked = decided(await ask({ kind: 'whole', state: stateAfter(first) }, [event]));
    const taken = await early({ stateKey: first.key, jobId, variables: { n: 1 } });
    expect({ ...recorded(taken), key: '' }).toEqual({ ...asked, key: '' });
    expect(Object.values(stateAfter(first, recorded(taken)).tasks)).toMatchObject([
      { elementId: 'b' },
    ]);
  });

  test('is followed by another on the state that it kept', async () => {
    const parts = [serviceTask('a', 'work'), serviceTask('b', 'work')];
    const { early, first, jobId } = await begun(parts, 'start > a > b > end');
    const job = { variables: {} };
    const second = recorded(await early({ ...job, stateKey: first.key, jobId }));
    const [nextJob = ''] = Object.keys(stateAfter(first, second).jobs);
    const third = recorded(await early({ ...job, stateKey: second.key, jobId: nextJob }));
    expect(stateAfter(first, second, third).status).toBe('completed');
  });

  test('rests on the state as it was, under the fence of the decision that made it', async () => {
    const { early, first, jobId, bases } = await begun(TWO, 'start > a > b > end');
    await early({ stateKey: first.key, jobId, variables: {} });
    const [before, after] = bases;
    expect(after).toEqual({ after: first.entries.length, fence: before?.fence });
  });

  test('leaves local jobs to the workflow: it may be void, and they would have happened', async () => {
    const local = serviceTask('b', 'b', { 'jornada:local': 'true' });
    const services = new Map([['b', () => Promise.reject(new Error('it ran'))]]);
    const parts = [serviceTask('a', 'work'), local];
    const { early, first, jobId } = await begun(parts, 'start > a > b > end', { services });
    const taken = await early({ stateKey: first.key, jobId, variables: {} });
    expect(recorded(taken).localJobs).toMatchObject([{ type: 'b' }]);
    expect(Object.values(stateAfter(first, recorded(taken)).incidents)).toEqual([]);
  });

  test.each([
    ['now, on the clock of Temporal', LATER, LATER],
    ['not before what was decided, though the clock went back', EARLIER, at],
  ])('is dated %s', async (_name, now, dated) => {
    const place = await begun(TWO, 'start > a > b > end');
    const { first, jobId, deps } = place;
    const early = createDecideEarly({ ...deps, clock: clockAt(now) });
    const taken = await early({ stateKey: first.key, jobId, variables: {} });
    expect(taken?.lastAt).toBe(dated);
  });
});

describe('no early decision', () => {
  test('without the state', async () => {
    const { early, jobId } = await begun(TWO, 'start > a > b > end');
    const job = { jobId, variables: {} };
    expect(await early({ ...job, stateKey: 'of another worker' })).toBeNull();
  });

  test('where another job is under way, and the state stays', async () => {
    const many = serviceTask('a', 'work', {}, 1, forEach('list', 'x', 'ys', 'y'));
    const given = { list: [1, 2] };
    const { ask, early, first, jobs } = await begun([many], 'start > a > end', {}, given);
    expect(jobs).toHaveLength(2);
    const job = { stateKey: first.key, jobId: jobs[0] ?? '', variables: {} };
    expect(await early(job)).toBeNull();
    expect((await ask({ kind: 'kept', key: first.key }, [])).kind).toBe('decided');
  });

  test('of a job that the state does not know', async () => {
    const { early, first } = await begun(TWO, 'start > a > b > end');
    const job = { stateKey: first.key, jobId: 'a:99', variables: {} };
    expect(await early(job)).toBeNull();
  });

  test('when anything goes wrong: the workflow asks, with the whole state', async () => {
    let isBroken = false;
    const { deps } = await setUpDecisions(TWO, 'start > a > b > end');
    const process: typeof deps.process = (definition) =>
      isBroken ? Promise.reject(new Error('no store')) : deps.process(definition);
    const place = await begun(TWO, 'start > a > b > end', { process });
    const { ask, early, first, jobId } = place;
    isBroken = true;
    const job = { stateKey: first.key, jobId, variables: {} };
    expect(await early(job)).toBeNull();
    isBroken = false;
    const event = { kind: 'jobCompleted', at, jobId, variables: {} } as const;
    const source = { kind: 'whole', state: stateAfter(first) } as const;
    expect(decided(await ask(source, [event])).answers).toHaveLength(1);
  });
});
