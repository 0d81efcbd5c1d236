import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ProcessInstanceSearch, ReportAsk, Store } from '../../../store/index.js';
import type { KeyProvider } from '../../../worker/encryption/index.js';
import { appendLives, BOUNDS, march, type Reported } from '../../support/reported.js';
import { anInstance, numbered } from '../../support/store.js';

const PROCESS = 'reported';
const ASK: ReportAsk = { processIds: [PROCESS], version: null, bounds: BOUNDS };

/** What reports count, on data that can make each number wrong. */
export function reportsSuite(store: () => Store, keys: () => KeyProvider): void {
  describe('reports', () => {
    let ids: Reported;
    beforeAll(async () => {
      const key = await keys().create(randomUUID());
      ids = await appendLives(store(), PROCESS, key);
      await keys().destroy(key);
    });

    const counted = async (ask: Partial<ReportAsk> = {}) => {
      const rows = await store().reports.instances({ ...ASK, ...ask });
      return (period: number | null, version: number | null) =>
        rows.find((row) => row.period === period && row.version === version);
    };

    const days: readonly (readonly [number, object])[] = [
      [0, { started: 4, completed: 2, terminated: 1, late: 0, onTime: 1, incidents: 0 }],
      [1, { started: 0, completed: 1, terminated: 1, late: 1, onTime: 0, incidents: 0 }],
      [2, { started: 2, completed: 1, terminated: 0, late: 1, onTime: 0, incidents: 1 }],
    ];
    test.each(days)('count day %i to the millisecond', async (period, counts) => {
      expect((await counted())(period, null)).toMatchObject(counts);
    });

    test('count all of it once, with how long it took', async () => {
      expect((await counted())(null, null)).toEqual({
        ...{ processId: PROCESS, period: null, version: null },
        ...{ started: 6, completed: 4, terminated: 2, late: 2, onTime: 1 },
        ...{ incidents: 1, inFlight: 3 },
        // 3,600,000; 3,600,001; 86,400,000; 345,600,000, interpolated
        durations: {
          ...{ mean: 109_800_000, q1: 3_600_001, median: 45_000_001, q3: 151_200_000 },
          ...{ p90: 267_840_000, p95: 306_720_000 },
        },
      });
    });

    test('count each version, and one version alone', async () => {
      const all = await counted();
      const first = { started: 1, completed: 3, terminated: 0, late: 2, onTime: 1, inFlight: 1 };
      const second = { started: 5, completed: 1, terminated: 2, late: 0, onTime: 0, inFlight: 2 };
      expect(all(null, 1)).toMatchObject({ ...first, incidents: 0 });
      expect(all(null, 2)).toMatchObject({ ...second, incidents: 1 });
      expect((await counted({ version: 1 }))(null, null)).toMatchObject({ ...first, incidents: 0 });
      expect((await counted({ version: 3 }))(null, null)).toBeUndefined();
    });

    test('leave out what is of no process that is asked for', async () => {
      expect(await store().reports.instances({ ...ASK, processIds: ['nobody-ran-it'] })).toEqual(
        [],
      );
      const rows = await store().reports.instances({
        ...{ ...ASK, processIds: [PROCESS, `${PROCESS}-other`] },
      });
      expect(
        rows
          .filter((row) => row.period === null && row.version === null)
          .map((row) => [row.processId, row.started])
          .toSorted(),
      ).toEqual([
        [PROCESS, 6],
        [`${PROCESS}-other`, 1],
      ]);
    });

    test('count elements by instances and by times', async () => {
      const rows = await store().reports.elements(ASK);
      const of = (version: number | null) => rows.find((row) => row.version === version);
      expect(rows.map(({ elementId }) => elementId)).not.toContain('Process');
      expect(of(null)).toEqual({
        ...{ elementId: 'Work', version: null, name: 'Work', kind: 'userTask' },
        // The one that is suspended came before, and is there now.
        ...{ times: 7, instances: 6, active: 2, incidents: 1 },
        // 1; 3,600,000; twice 86,400,000: two of these by one instance
        ...{ median: 45_000_000, p95: 86_400_000, mean: 44_100_000 },
      });
      expect(of(1)).toMatchObject({ times: 2, instances: 1, active: 1, incidents: 0 });
      expect(of(2)).toMatchObject({ times: 5, instances: 5, active: 1, incidents: 1 });
    });

    const facts: readonly (readonly [string, ProcessInstanceSearch, readonly string[]])[] = [
      ['ran at an instant', { runningAt: BOUNDS[2] }, ['erased', 'suspended']],
      ['ran at its last instant', { runningAt: BOUNDS[3] }, ['lastMoment', 'stopped', 'suspended']],
      ['were late', { punctuality: 'LATE' }, ['erased', 'onTheDot']],
      ['were on time', { punctuality: 'ON_TIME' }, ['early']],
      [
        'took longer',
        { filter: { durationMs: { $gt: 3_600_000 } } },
        ['cancelled', 'early', 'erased', 'onTheDot'],
      ],
      [
        'were stopped in a time',
        { withIncident: { elementId: null, opened: { from: march('30T11:00'), to: null } } },
        ['stopped'],
      ],
      [
        'were stopped before a time',
        { withIncident: { elementId: 'Work', opened: { from: null, to: march('30T10:00') } } },
        [],
      ],
      [
        'came to a step in a time',
        {
          at: {
            ...{ elementId: 'Work', state: 'COMPLETED' },
            entered: { from: BOUNDS[0], to: BOUNDS[1] },
          },
        },
        ['onTheDot', 'without'],
      ],
    ];
    test.each(facts)('find instances that %s', async (_what, { filter, ...query }, names) => {
      const mine = { ...filter, processId: PROCESS };
      const { items } = await store().processInstances.search({ ...query, filter: mine });
      const nameOf = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
      expect(items.map(({ instanceId }) => nameOf.get(instanceId)).toSorted()).toEqual(names);
    });

    test('tell which took longer than others', async () => {
      const processId = 'reported-long';
      for (const seconds of [2, 3, 9, 40]) {
        const ended = new Date(Date.parse(march('28T12:00')) + seconds * 1000).toISOString();
        const entries = numbered([
          { kind: 'instanceStarted', at: march('28T12:00') },
          { kind: seconds === 40 ? 'instanceCancelled' : 'instanceCompleted', at: ended },
        ]);
        await store().journal.append(anInstance({ processId }), entries);
      }
      const ask = { ...ASK, processIds: [processId] };
      expect(await store().reports.longest(ask, 2000, 1)).toMatchObject({
        count: 2,
        items: [{ durationMs: 9000, version: 1, startedAt: march('28T12:00') }],
      });
      expect(await store().reports.longest(ask, 9000, 1)).toEqual({ count: 0, items: [] });
    });
  });
}
