/** Which instances that have ended are kept, and what is left when they are deleted. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { LEGAL_HOLD, type RetentionTerms, type Store } from '../../../store/index.js';
import { anAct, keepLog } from '../../support/audit-log.js';
import { aCustomer, anImport, openRecord } from '../../support/customer-record.js';
import { aLife, anInstance, numbered } from '../../support/store.js';

const AT = '2026-06-01T00:00:00.000Z';
const TERMS: RetentionTerms = { kept: 'P90D', called: 'P91D', long: 'P9000Y' };
const KEEPING = { terms: TERMS, at: AT };
const EFFECT = (instanceId: string, element: string) => `effect ${instanceId} ${element}`;

/** Every table that has the id of an instance in it, but those of what people do to many. */
async function tablesWith(store: Store, instanceId: string): Promise<readonly string[]> {
  return store.reading(async (db) => {
    const { rows } = await db.execute<{ name: string }>(sql`
      select distinct c.table_name as name from information_schema.columns c
      join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
      where c.table_schema = current_schema() and c.column_name = 'instance_id' and t.table_type = 'BASE TABLE'`);
    const found: string[] = [];
    for (const { name } of rows) {
      const { rows: held } = await db.execute(
        sql`select 1 from ${sql.identifier(name)} where instance_id = ${instanceId} limit 1`,
      );
      if (held.length > 0) found.push(name);
    }
    return found.toSorted();
  });
}

/** Retention. It wants a store of its own. */
export function retentionSuite(store: () => Store): void {
  /** One that ended at an instant, which is 1 March if nothing else is said: on 30 May its 90 days are over. */
  const ended = async (
    changes: Parameters<typeof anInstance>[0] = {},
    at = '2026-03-01T00:00:00.000Z',
  ) => {
    const instance = anInstance({ processId: 'kept', ...changes });
    await store().journal.append(
      instance,
      numbered([
        { kind: 'instanceStarted', at: '2026-02-01T00:00:00.000Z' },
        { kind: 'instanceCompleted', at },
      ]),
    );
    return instance;
  };
  const remove = (instanceId: string) => store().retention.delete(instanceId, KEEPING, EFFECT);
  const isThere = async (instanceId: string): Promise<boolean> =>
    (await store().processInstances.get(instanceId)) !== null;

  describe('retention', () => {
    test('keeps an instance to the last millisecond of its term', async () => {
      const due = await ended({}, '2026-03-03T00:00:00.000Z');
      const later = await ended({}, '2026-03-03T00:00:00.001Z');
      expect(await store().retention.refusal(due.instanceId, KEEPING)).toBeNull();
      await expect(remove(later.instanceId)).rejects.toMatchObject({ code: 'RETENTION_NOT_OVER' });
      expect(await remove(due.instanceId)).toBe(1);
      expect(await isThere(later.instanceId)).toBe(true);
    });

    test('keeps what runs, what has no term, and what was called, for its caller has it', async () => {
      const running = anInstance({ processId: 'kept' });
      await store().journal.append(running, aLife().slice(0, 5));
      const unknown = await ended({ processId: 'nobody-says' });
      const root = await ended();
      const child = await ended({
        callerInstanceId: root.instanceId,
        rootInstanceId: root.instanceId,
      });
      for (const [{ instanceId }, code] of [
        [running, 'RETENTION_RUNNING'],
        [unknown, 'RETENTION_UNKNOWN'],
        [child, 'RETENTION_CALLED'],
      ] as const) {
        await expect(remove(instanceId)).rejects.toMatchObject({ code });
        expect(await isThere(instanceId)).toBe(true);
      }
      expect(await remove(root.instanceId)).toBe(2);
      expect(await isThere(child.instanceId)).toBe(false);
    });

    test('keeps a caller as long as what it called runs or is kept', async () => {
      const root = await ended();
      const within = { callerInstanceId: root.instanceId, rootInstanceId: root.instanceId };
      const child = anInstance({ processId: 'called', ...within });
      await store().journal.append(child, numbered([{ kind: 'instanceStarted' }]));
      await expect(remove(root.instanceId)).rejects.toMatchObject({ code: 'RETENTION_RUNNING' });
      // 91 days after 2 March it is 1 June, and one hour later that is over.
      const at = '2026-03-02T01:00:00.000Z';
      await store().journal.append(child, numbered([{ kind: 'instanceCompleted', at }], 2));
      await expect(remove(root.instanceId)).rejects.toMatchObject({ code: 'RETENTION_NOT_OVER' });
      const hourLater = { ...KEEPING, at: '2026-06-01T01:00:00.000Z' };
      expect(await store().retention.delete(root.instanceId, hourLater, EFFECT)).toBe(2);
    });

    test('counts with terms that are as good as for ever', async () => {
      const { instanceId } = await ended({ processId: 'long' });
      await expect(remove(instanceId)).rejects.toMatchObject({ code: 'RETENTION_NOT_OVER' });
    });

    test('keeps what a legal hold is upon: under the key of its customer, or naming it', async () => {
      const { record } = await openRecord(store());
      const customer = aCustomer();
      const { customerId } = customer.customer;
      await record.take([customer], anImport(), 0);
      const { keyId = '' } = (await store().customerKeys.of(customerId)) ?? {};
      const own = await ended({ customerKeyId: keyId });
      const naming = anInstance({ processId: 'kept' });
      const scope = { scopeId: 'Process:1' };
      await store().journal.append(
        naming,
        numbered([
          { kind: 'instanceStarted' },
          { kind: 'variablesWritten', ...scope, data: { values: { customerId } } },
          { kind: 'instanceCompleted', at: '2026-03-01T00:00:00.000Z' },
        ]),
      );
      const holdId = randomUUID();
      const placed = { placedBy: 'leo', placedAt: AT, releasedBy: null, releasedAt: null };
      const scopes = [{ records: 'invoices' }] as never;
      await record
        .table(LEGAL_HOLD)
        .add([{ holdId, customerId, scope: scopes, reason: 'litigation', ...placed }]);
      for (const { instanceId } of [own, naming]) {
        const refused = await remove(instanceId).catch((error: unknown) => error);
        expect(refused).toMatchObject({ code: 'LEGAL_HOLD', facts: { holds: holdId } });
      }
      const counted = await store().retention.count(KEEPING, 'kept');
      expect(counted.find(({ because }) => because === 'LEGAL_HOLD')?.count).toBe(2);
      await store().reading((db) =>
        db.execute(sql`update legal_holds set released_at = ${AT}, released_by = 'lia'
          where hold_id = ${holdId}`),
      );
      expect(await remove(own.instanceId)).toBe(1);
      expect(await remove(naming.instanceId)).toBe(1);
    });

    test('deletes every row of an instance, once, and none of another', async () => {
      const [instance, other] = [
        anInstance({ processId: 'kept' }),
        anInstance({ processId: 'kept' }),
      ];
      const at = '2026-03-01T00:00:00.000Z';
      for (const one of [instance, other]) {
        await store().journal.append(
          one,
          numbered([...aLife().map(({ sequence: _, ...entry }) => ({ ...entry, at }))]),
        );
        await store().effects.plan(EFFECT(one.instanceId, 'Task_Mail:3'), 'mail', 'h');
        await store().effects.plan(`${EFFECT(one.instanceId, 'Task_Mail:3')}.to`, 'mail', 'h');
        await store().starts.claim(
          { processId: 'kept', kind: 'request', key: one.instanceId },
          one.instanceId,
        );
      }
      for (const { instanceId } of [instance, other]) {
        await store().transaction((tx) =>
          tx.execute(sql`
            with file as (insert into task_attachments (attachment_id, instance_id, task_id,
                media_type, attached_by, begun_at, attached_at)
              values (${instanceId}, ${instanceId}, 't', 'text/plain', 'cora', ${at}, ${at})
              returning attachment_id)
            insert into task_attachment_pieces (attachment_id, number, content)
            select attachment_id, 0, ''::bytea from file`),
        );
      }
      const { instanceId } = instance;
      const last = (await store().processInstances.get(instanceId))?.endedAt;
      if (!last) {
        const end = numbered([{ kind: 'instanceCancelled', at }], aLife().length + 1);
        await store().journal.append(instance, end);
        await store().journal.append(other, end);
      }
      const before = await tablesWith(store(), other.instanceId);
      expect(before).toEqual(
        expect.arrayContaining(['journal', 'task_attachments', 'user_tasks', 'variables']),
      );
      expect(await remove(instanceId)).toBe(1);
      expect(await tablesWith(store(), instanceId)).toEqual(['events']);
      expect(await tablesWith(store(), other.instanceId)).toEqual(before);
      const keyOf = (id: string) => EFFECT(id, 'Task_Mail:3');
      expect(await store().effects.get(keyOf(instanceId))).toBeNull();
      expect(await store().effects.get(`${keyOf(instanceId)}.to`)).toBeNull();
      expect(await store().effects.get(`${keyOf(other.instanceId)}.to`)).not.toBeNull();
      expect(await remove(instanceId)).toBe(0);
    });

    test('is told to the log, which stays sound: a journal that is gone without it is missing', async () => {
      const log = keepLog(store());
      try {
        const [gone, stolen] = [await ended(), await ended()];
        await store().audit.append(anAct());
        await log.keeper.checkpoint();
        await remove(gone.instanceId);
        await log.keeper.checkpoint();
        const { findings, checked } = await log.verify();
        expect(findings.filter(({ part }) => part === 'journal')).toEqual([]);
        expect(checked.deletedJournals).toBeGreaterThan(0);
        const object = `instance:${gone.instanceId}`;
        const { items } = await store().audit.query({ filter: { object } });
        expect(items.map(({ action }) => action)).toEqual(
          expect.arrayContaining(['journal.anchored', 'journal.deleted']),
        );
        await store().reading((db) =>
          db.execute(sql`delete from journal where instance_id = ${stolen.instanceId}`),
        );
        const told = (await log.verify()).findings;
        expect(told.map(({ what }) => what).join()).toContain(stolen.instanceId);
        await store().reading((db) =>
          db.execute(sql`insert into journal (instance_id, sequence, at, kind)
            values (${gone.instanceId}, 1, now(), 'instanceStarted')`),
        );
        const back = (await log.verify()).findings.find(({ what }) =>
          what.includes(gone.instanceId),
        );
        expect(back?.why).toContain('though the log says that it was deleted');
        await store().reading((db) =>
          db.execute(sql`delete from journal where instance_id = ${gone.instanceId}`),
        );
        await store().reading((db) =>
          db.execute(sql`delete from journal_anchors where instance_id = ${stolen.instanceId}`),
        );
      } finally {
        log.discard();
      }
    });

    test('a batch meets only what may be deleted, where it is asked to', async () => {
      const processId = `batched-${randomUUID()}`;
      const deletable = { terms: { [processId]: 'P90D' }, at: AT };
      await ended({ processId });
      await ended({ processId }, '2026-05-01T00:00:00.000Z');
      const running = anInstance({ processId });
      await store().journal.append(running, numbered([{ kind: 'instanceStarted' }]));
      const type = 'DELETE_PROCESS_INSTANCE';
      const filter = { processId };
      expect(await store().batches.count(type, { filter, deletable })).toBe(1);
      expect(await store().batches.count(type, { filter })).toBe(2);
      expect(await store().retention.count(deletable, processId)).toMatchObject([
        { because: 'RETENTION_NOT_OVER', count: 1 },
        { because: null, count: 1, oldest: '2026-03-01T00:00:00.000Z' },
      ]);
    });
  });
}
