import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileDefinitions } from '../../engine/compile/index.js';
import type { ExecutableProcess, JournalEntry } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import {
  createPlay,
  type JobAnswer,
  PlayFailure,
  type PlayOptions,
} from '../../engine/play/index.js';

const load = async (...names: string[]): Promise<readonly ExecutableProcess[]> => {
  const all = await Promise.all(
    names.map(async (name) => {
      const path = new URL(`../fixtures/scenarios/${name}.bpmn`, import.meta.url);
      const { definitions } = await parseBpmn(readFileSync(path), name);
      return definitions === null ? [] : compileDefinitions(definitions).processes;
    }),
  );
  return all.flat();
};

const now = '2026-01-01T00:00:00.000Z';
const make = async (names: string[], options: Partial<PlayOptions> = {}) =>
  createPlay({ processes: await load(...names), now, ...options });
const done = (variables: Record<string, number> = {}, afterMs = 0): JobAnswer => ({
  kind: 'complete',
  variables,
  afterMs,
});
const failed: JobAnswer = { kind: 'fail', message: 'no', afterMs: 1000 };

describe('the in-memory host', () => {
  test('tries a failed job as often as its model says, in virtual time', async () => {
    const attempts: string[] = [];
    const play = await make(['jobs'], {
      answer: ({ attempt, at }) => {
        attempts.push(`${attempt} at ${at.slice(11, 19)}`);
        return failed;
      },
    });
    const { instance } = play.start({ processId: 'jobs' });
    expect(attempts).toEqual(['1 at 00:00:00']);
    play.advanceTo('2026-01-01T01:00:00.000Z');
    expect(attempts).toEqual(['1 at 00:00:00', '2 at 00:00:01', '3 at 00:00:02']);
    const incidents = Object.values(instance?.state.incidents ?? {});
    expect(incidents).toMatchObject([{ code: 'JOB_FAILED', at: '2026-01-01T00:00:03.000Z' }]);
  });

  test('leaves a job open until an event for it comes', async () => {
    const play = await make(['jobs'], { answer: () => null });
    const { instance } = play.start({ processId: 'jobs' });
    const [job] = Object.values(instance?.state.jobs ?? {});
    expect(job?.type).toBe('check-stock');
    play.send('jobs-1', { kind: 'jobCompleted', jobId: job?.id ?? '', variables: { stock: 1 } });
    expect(Object.values(instance?.state.jobs ?? {})).toMatchObject([{ type: 'add-one' }]);
  });

  test('fires timers at their own instants while time passes', async () => {
    const fired: string[] = [];
    const play = await make(['triage'], {
      onEntries: (_instance, entries) => {
        const timers = entries.filter(({ kind }) => kind === 'timerFired');
        fired.push(...timers.map(({ elementId, at }) => `${elementId} ${at.slice(11, 16)}`));
      },
    });
    play.start({ processId: 'triage-case' });
    expect(play.nextAt).toBe('2026-01-01T01:00:00.000Z');
    play.advanceTo('2026-01-02T00:00:00.000Z');
    expect(fired).toEqual(['remind 01:00', 'remind 02:00', 'remind 03:00', 'breach 04:00']);
    expect(play.now).toBe('2026-01-02T00:00:00.000Z');
    expect(play.nextAt).toBeNull();
  });

  test('S58: gives a message to what waits when the suspended instance goes on', async () => {
    const play = await make(['../step/suspended-receivers']);
    play.start({ processId: 'suspended-receivers-process', variables: { order: '7' } });
    const id = 'suspended-receivers-process-1';
    const by = { requestId: null, actor: null };
    play.send(id, { kind: 'suspend', ...by });
    const told = play.publish({
      name: 'word',
      key: '7',
      messageId: 'm',
      timeToLive: 'P1D',
      variables: {},
    });
    expect(told).toMatchObject({ outcome: 'buffered' });
    play.advanceTo('2026-01-01T01:00:00.000Z');
    play.send(id, { kind: 'resume', timers: 'keep', ...by });
    expect(play.instances.get(id)?.state.status).toBe('completed');
  });

  test('answers a publisher with what happened', async () => {
    const play = await make(['order']);
    const publish = (name: string, messageId: string | null, timeToLive = 'PT1H') =>
      play.publish({ name, key: '7', messageId, timeToLive, variables: { orderId: '7' } });
    expect(publish('order-paid', 'm1')).toMatchObject({
      outcome: 'buffered',
      bufferedUntil: '2026-01-01T01:00:00.000Z',
    });
    expect(publish('order-paid', 'm1')).toMatchObject({ outcome: 'duplicate' });
    expect(publish('order-paid', 'm2', 'PT0S')).toMatchObject({ outcome: 'expired' });
    const started = { processId: 'order', instanceId: 'order-1' };
    expect(publish('order-placed', null)).toMatchObject({
      outcome: 'received',
      started: [started],
    });
    expect(play.instances.get('order-1')?.state.status).toBe('completed');
    expect(publish('order-paid', null, 'soon')).toMatchObject({ code: 'TIME_TO_LIVE' });
  });

  test('refuses a start that does not fit and keeps no instance of it', async () => {
    const play = await make(['order', 'jobs']);
    expect(play.start({ processId: 'nothing' }).answer.code).toBe('PROCESS_UNKNOWN');
    expect(play.start({ processId: 'order' })).toMatchObject({ instance: null });
    expect(play.start({ processId: 'jobs', elementId: 'end' }).answer.ok).toBe(false);
    expect([...play.instances.keys()]).toEqual([]);
  });

  test('stops a run that never comes to rest', async () => {
    const play = await make(['jobs'], { maxEvents: 1 });
    expect(() => play.start({ processId: 'jobs' })).toThrow(PlayFailure);
  });

  test('takes cancelling a caller to the called instance', async () => {
    const play = await make(['caller', 'billing'], { answer: () => null });
    play.start({ processId: 'caller', variables: { money: 1 } });
    play.send('caller-1', { kind: 'cancel', requestId: null, actor: 'ada' });
    const statuses = [...play.instances.values()].map(({ state }) => state.status);
    expect(statuses).toEqual(['cancelled', 'cancelled']);
  });

  test('an operator who cancels the called instance leaves its caller an incident (S79)', async () => {
    const play = await make(['caller', 'billing'], { answer: () => null });
    play.start({ processId: 'caller', variables: { money: 1 } });
    play.send('billing-1', { kind: 'cancel', requestId: null, actor: 'ada' });
    const incidents = Object.values(play.instances.get('caller-1')?.state.incidents ?? {});
    expect(incidents).toMatchObject([{ code: 'CALL_CANCELLED', elementId: 'bill' }]);
  });

  test('a call whose process is not deployed is an incident', async () => {
    const play = await make(['caller']);
    const { instance } = play.start({ processId: 'caller', variables: { money: 1 } });
    expect(Object.values(instance?.state.incidents ?? {})).toMatchObject([{ code: 'CALL_TARGET' }]);
  });

  test('equal commands give equal journals', async () => {
    const record = async (): Promise<readonly JournalEntry[]> => {
      const journal: JournalEntry[] = [];
      const play = await make(['triage', 'reviews'], {
        answer: () => done({ score: 1 }, 60_000),
        onEntries: (_instance, entries) => journal.push(...entries),
      });
      play.start({ processId: 'triage-case' });
      play.start({ processId: 'reviews', variables: { items: [1, 2, 3] } });
      play.advanceTo('2026-01-02T00:00:00.000Z');
      return journal;
    };
    const journal = await record();
    expect(journal.length).toBeGreaterThan(40);
    expect(await record()).toEqual(journal);
  });

  test('numbers the journal of an instance without gaps', async () => {
    const journals = new Map<string, number[]>();
    const play = await make(['caller', 'billing'], {
      onEntries: ({ id }, entries) => {
        const numbers = entries.map(({ sequence }) => sequence);
        journals.set(id, [...(journals.get(id) ?? []), ...numbers]);
      },
    });
    play.start({ processId: 'caller', variables: { money: 0 } });
    for (const numbers of journals.values()) {
      expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
    }
    expect([...journals.keys()]).toEqual(['caller-1', 'billing-1']);
  });

  test('forgets ended instances only', async () => {
    const play = await make(['jobs', 'triage']);
    play.start({ processId: 'jobs' });
    play.start({ processId: 'triage-case' });
    play.forget('jobs-1');
    play.forget('triage-case-1');
    expect([...play.instances.keys()]).toEqual(['triage-case-1']);
  });
});
