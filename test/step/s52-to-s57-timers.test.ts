import { describe, expect, test } from 'vitest';
import { startFixture } from '../support/index.js';

describe('2.6 timers', () => {
  test('S52: a variable delay that changes after arming does not move the due time', async () => {
    const instance = await startFixture('step/timer-delay', { delay: 'PT1H' });
    instance.set({ delay: 'PT5H' });
    expect(instance.timer('await').series.dueAt).toBe('2026-03-02T10:00:00.000Z');
  });

  test('S52: a date that has passed is due at once', async () => {
    const instance = await startFixture('step/timer-date', { on: '2026-03-01T00:00:00Z' });
    expect(instance.emitted('startTimer')).toMatchObject([{ dueAt: '2026-03-01T00:00:00.000Z' }]);
    instance.fire('await');
    expect(instance.now).toBe('2026-03-02T09:00:00.000Z');
    expect(instance.state.status).toBe('completed');
  });

  test('S53: R3/PT1H, each handled 5 minutes late, is due at 1 h, 2 h and 3 h', async () => {
    const instance = await startFixture('step/timer-cycle', { rhythm: 'R3/PT1H' });
    const dues: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const { dueAt } = instance.timer('remind').series;
      dues.push(dueAt);
      instance.wait((Date.parse(dueAt) - Date.parse(instance.now)) / 60_000 + 5).fire('remind');
    }
    expect(dues.map((due) => due.slice(11, 16))).toEqual(['10:00', '11:00', '12:00']);
    expect(() => instance.timer('remind')).toThrow();
    expect(instance.entered('note')).toBe(3);
  });

  test('S54: R2 with a start and P1D fires on two days only, first at the start', async () => {
    const rhythm = 'R2/2026-04-01T00:00:00Z/P1D';
    const instance = await startFixture('step/timer-cycle', { rhythm });
    instance.fire('remind');
    expect(instance.now).toBe('2026-04-01T00:00:00.000Z');
    instance.fire('remind');
    expect(instance.now).toBe('2026-04-02T00:00:00.000Z');
    expect(() => instance.timer('remind')).toThrow();
  });

  test('S54: a computed R0 is an incident', async () => {
    const instance = await startFixture('step/timer-cycle', { rhythm: 'R0/PT1H' });
    expect(instance.incidents()).toHaveLength(1);
    instance.resolve({ rhythm: 'R1/PT1H' });
    expect(instance.timer('remind').series.dueAt).toBe('2026-03-02T10:00:00.000Z');
  });

  test('S57: R5/PT1H and downtime from 0:30 to 3:30: one firing now, next at 4:00, last at 5:00', async () => {
    const instance = await startFixture('step/timer-cycle', { rhythm: 'R5/PT1H' });
    instance.wait(210).fire('remind');
    expect(instance.entered('note')).toBe(1);
    const fired = instance.entries.find(({ kind }) => kind === 'timerFired');
    expect(fired?.data).toMatchObject({ dueAt: '2026-03-02T12:00:00.000Z', skipped: 2 });
    const dues: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      dues.push(instance.timer('remind').series.dueAt.slice(11, 16));
      instance.fire('remind');
    }
    expect(dues).toEqual(['13:00', '14:00']);
    expect(() => instance.timer('remind')).toThrow();
  });
});
