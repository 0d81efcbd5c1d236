import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Act, Store } from '../../../store/index.js';

const anAct = (changes: Partial<Act> = {}): Act => ({
  at: '2026-03-02T12:00:00.000Z',
  actor: 'ana',
  action: 'task.complete',
  object: 'task:i/T:1',
  outcome: 'done',
  code: null,
  requestId: 'r-1',
  reason: null,
  data: { action: 'approve' },
  ...changes,
});

/** The audit table, and the store's own health. */
export function auditSuite(store: () => Store): void {
  describe('audit', () => {
    test('numbers acts in order and gives them back', async () => {
      const refused = anAct({ outcome: 'refused', code: 'TASK_TAKEN', actor: 'bob', data: null });
      const first = await store().audit.append(anAct());
      const second = await store().audit.append(refused);
      expect(second.number).toBe(first.number + 1);
      const { items } = await store().audit.query({ filter: { actor: 'bob' } });
      expect(items).toEqual([{ ...refused, number: second.number, facts: null, isErased: false }]);
    });

    test.each(['update audit set actor = null', 'delete from audit', 'truncate audit'])(
      'lets nobody do: %s',
      async (statement) => {
        await store().audit.append(anAct());
        const key = `audit ${statement}`;
        const attempt = store().effects.runOnce(key, 'test', 'r', async (tx) => {
          await tx.execute(sql.raw(statement));
          return null;
        });
        await expect(attempt).rejects.toMatchObject({
          cause: { message: 'audit is append-only' },
        });
      },
    );

    test.each([
      'delete from audit_personal',
      'update audit_personal set reason = null',
      'truncate audit_personal',
      'delete from audit_checkpoints',
      'update audit_checkpoints set size = size',
    ])('nor this: %s', async (statement) => {
      await store().audit.append(anAct({ reason: 'because' }));
      const attempt = store().effects.runOnce(`audit ${statement}`, 'test', 'r', async (tx) => {
        await tx.execute(sql.raw(statement));
        return null;
      });
      await expect(attempt).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/append-only|erased by audit_erase alone/) },
      });
    });

    test('erases the personal part of an act, once, and says so', async () => {
      const { number } = await store().audit.append(anAct({ reason: 'call Ana Silva' }));
      const bare = await store().audit.append(anAct({ data: null }));
      const erasing = { actor: 'ada', requestId: 'e-1', reason: 'asked for' };
      const numbers = [number, bare.number, 999_999];
      expect(await store().audit.erase(numbers, erasing)).toEqual([number]);
      expect(await store().audit.erase(numbers, erasing)).toEqual([]);
      const { items } = await store().audit.query({ filter: { number } });
      expect(items).toMatchObject([{ actor: 'ana', reason: null, data: null, isErased: true }]);
      const told = await store().audit.query({ filter: { object: `audit:${number}` } });
      expect(told.items).toMatchObject([{ ...erasing, action: 'audit.erased', isErased: false }]);
    });
  });

  describe('health', () => {
    test('says which database answers', async () => {
      const health = await store().health();
      expect(health).toMatchObject({ isWell: true, detail: null });
      expect(health.version).toMatch(/^1[5-9]/);
    });

    test('keeps everything through upkeep', async () => {
      const before = await store().audit.query({ withTotal: true });
      await store().maintain();
      expect((await store().audit.query({ withTotal: true })).total).toEqual(before.total);
    });
  });
}
