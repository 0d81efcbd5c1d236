import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { EventRow, Store } from '../../../store/index.js';
import { aLife, anInstance, KEYS, numbered } from '../../support/store.js';

const now = new Date().toISOString();

/** What happened since `work` began, of these instances and of the audit. */
async function during(store: Store, work: () => Promise<unknown>): Promise<readonly EventRow[]> {
  const { last } = await store.events.advance();
  await work();
  await store.events.advance();
  return store.events.after(last, 1000);
}

const told = (rows: readonly EventRow[]) => rows.map(({ type, subject }) => [type, subject]);

/** Events: in the order of commits, each once, without a value. */
export function eventsSuite(store: () => Store): void {
  describe('events', () => {
    test('tell the life of an instance that belongs to a customer, by ids alone', async () => {
      const instance = anInstance({ customerKeyId: KEYS.ana });
      const rows = await during(store(), () => store().journal.append(instance, aLife()));
      expect(told(rows)).toEqual([
        ['process_instance.started', null],
        ['user_task.created', 'Task_Call:2'],
        ['user_task.changed', 'Task_Call:2'],
        ['user_task.completed', 'Task_Call:2'],
        ['incident.created', 'incident:6'],
        ['incident.resolved', 'incident:6'],
        ['process_instance.completed', null],
        ['process_instance.changed', null],
      ]);
      expect(rows.every(({ instanceId }) => instanceId === instance.instanceId)).toBe(true);
      expect(rows[1]).toMatchObject({ elementId: 'Task_Call', processId: 'onboarding' });
      // Numbers follow each other: whoever has one knows what comes next.
      const first = rows[0]?.number ?? 0;
      expect(rows.map(({ number }) => number)).toEqual(rows.map((_row, place) => first + place));
    });

    test('are told once where a decision is written again', async () => {
      const instance = anInstance();
      const entries = aLife().slice(0, 5);
      const basis = { after: 0, fence: 1 };
      const rows = await during(store(), async () => {
        await store().journal.append(instance, entries, basis);
        await store().journal.append(instance, entries, basis);
      });
      expect(told(rows)).toEqual([
        ['process_instance.started', null],
        ['user_task.created', 'Task_Call:2'],
        ['process_instance.changed', null],
      ]);
    });

    test('are none where nothing was written', async () => {
      const instance = anInstance();
      const rows = await during(store(), async () => {
        const gap = store().journal.append(instance, numbered([{ kind: 'instanceStarted' }], 5));
        await expect(gap).rejects.toMatchObject({ code: 'STORE_JOURNAL_GAP' });
        await store()
          .transaction(async (tx) => {
            await tx.execute(sql`insert into events (type, at) values ('audit.appended', now())`);
            throw new Error('rolled back');
          })
          .catch(() => {});
      });
      expect(rows).toEqual([]);
    });

    test('tell that an instance was refused, parked, and goes on', async () => {
      const refused = anInstance();
      const parked = anInstance();
      const why = { incidentId: 'parked:1', code: 'DECISION_FAILED', message: 'x', at: now };
      const rows = await during(store(), async () => {
        await store().journal.append(refused, numbered([{ kind: 'requestRefused' }]));
        await store().journal.park(parked, { ...why, fence: 1 });
        await store().journal.park(parked, { ...why, fence: 1 });
        await store().journal.unpark(parked.instanceId);
        await store().journal.park(parked, { ...why, incidentId: 'parked:2', fence: 2 });
        const entries = numbered([{ kind: 'instanceStarted' }]);
        await store().journal.append(parked, entries, { after: 0, fence: 3 });
      });
      expect(told(rows)).toEqual([
        ['process_instance.terminated', null],
        ['process_instance.changed', null],
        ['incident.created', 'parked:1'],
        ['incident.resolved', 'parked:1'],
        ['incident.created', 'parked:2'],
        ['process_instance.started', null],
        ['process_instance.changed', null],
        ['incident.resolved', 'parked:2'],
      ]);
    });

    test('tell of the audit, but not of its anchors', async () => {
      const act = { at: now, actor: null, action: 'x', object: 'y', outcome: 'done' } as const;
      const bare = { code: null, requestId: null, reason: null, data: null };
      let number = 0;
      await store().audit.log.anchorJournals(false);
      await store().journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
      const rows = await during(store(), async () => {
        expect(await store().audit.log.anchorJournals(false)).toBeGreaterThan(0);
        number = (await store().audit.append({ ...act, ...bare })).number;
      });
      expect(told(rows)).toEqual([['audit.appended', String(number)]]);
    });

    test('are forgotten after some days, and what is gone is known', async () => {
      await during(store(), () => store().journal.append(anInstance(), aLife()));
      await store().reading((db) =>
        db.execute(sql`update events set written_at = now() - interval '73 hours'`),
      );
      const { last } = await store().events.advance();
      await store().journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
      await store().events.prune();
      expect(await store().events.advance()).toEqual({ last: last + 2, gone: last });
      expect((await store().events.after(0, 10)).map(({ number }) => number)).toEqual([
        last + 1,
        last + 2,
      ]);
    });

    test('a rebuild tells nothing', async () => {
      expect(await during(store(), () => store().journal.rebuild())).toEqual([]);
    });
  });
}
