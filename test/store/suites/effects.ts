import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type EffectState, TRANSITIONS } from '../../../store/effects.js';
import type { Store } from '../../../store/index.js';

let keys = 0;
const aKey = (): string => {
  keys += 1;
  return `effect-${keys}`;
};

/** The ledger of effects. */
export function effectsSuite(store: () => Store): void {
  describe('effects', () => {
    const plan = (key: string) => store().effects.plan(key, 'mail', 'request-1');

    test('goes from planned over sent to confirmed, and keeps the answer', async () => {
      const key = aKey();
      expect(await plan(key)).toMatchObject({ state: 'planned', fence: 0, response: null });
      const { fence } = await store().effects.lease(key, 60_000);
      await store().effects.sent({ key, fence });
      expect(await plan(key)).toMatchObject({ state: 'sent' });
      await store().effects.confirm({ key, fence }, { receipt: 7 });
      expect(await plan(key)).toMatchObject({ state: 'confirmed', response: { receipt: 7 } });
      await expect(store().effects.lease(key, 60_000)).rejects.toMatchObject({
        code: 'EFFECT_TRANSITION',
      });
    });

    test('refuses another request under the same key', async () => {
      const key = aKey();
      await plan(key);
      await expect(store().effects.plan(key, 'mail', 'request-2')).rejects.toMatchObject({
        code: 'EFFECT_CONFLICT',
      });
    });

    test('lets one attempt in, and the next one when the lease has run out', async () => {
      const key = aKey();
      await plan(key);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 5 }, () => store().effects.lease(key, 60_000)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(store().effects.lease(key, 1)).rejects.toMatchObject({ code: 'EFFECT_LEASED' });
      await store().effects.renew({ key, fence: 1 }, -1);
      expect(await store().effects.lease(key, 60_000)).toMatchObject({ fence: 2 });
      await expect(store().effects.sent({ key, fence: 1 })).rejects.toMatchObject({
        code: 'EFFECT_FENCED',
        facts: { fence: 1, found: 2 },
      });
    });

    test('leaves the unknown to a person', async () => {
      const [retried, done] = [aKey(), aKey()];
      for (const key of [retried, done]) {
        await plan(key);
        const { fence } = await store().effects.lease(key, 60_000);
        await store().effects.sent({ key, fence });
        await store().effects.unknown({ key, fence });
        await expect(store().effects.lease(key, 1)).rejects.toMatchObject({
          code: 'EFFECT_TRANSITION',
        });
      }
      await store().effects.decide(retried, { how: 'retry' });
      await store().effects.decide(done, { how: 'done', response: 'seen in the mailbox' });
      expect(await plan(retried)).toMatchObject({ state: 'planned' });
      expect(await plan(done)).toMatchObject({
        state: 'confirmed',
        response: 'seen in the mailbox',
      });
      await expect(store().effects.decide(done, { how: 'retry' })).rejects.toMatchObject({
        code: 'EFFECT_TRANSITION',
      });
    });

    const moves = {
      sent: (key: string) => store().effects.sent({ key, fence: 1 }),
      confirmed: (key: string) => store().effects.confirm({ key, fence: 1 }, null),
      unknown: (key: string) => store().effects.unknown({ key, fence: 1 }),
      planned: (key: string) => store().effects.notSent({ key, fence: 1 }),
    } satisfies Record<EffectState, (key: string) => Promise<void>>;

    const ways: Readonly<Record<EffectState, readonly EffectState[]>> = {
      planned: [],
      sent: ['sent'],
      confirmed: ['sent', 'confirmed'],
      unknown: ['sent', 'unknown'],
    };

    test.each(Object.keys(TRANSITIONS) as EffectState[])(
      'leaves %s as the table says',
      async (from) => {
        for (const to of Object.keys(moves) as EffectState[]) {
          const key = aKey();
          await plan(key);
          await store().effects.lease(key, 60_000);
          for (const state of ways[from]) await moves[state](key);
          const outcome = await moves[to](key).then(
            () => 'moved',
            (error: { code: string }) => error.code,
          );
          expect([from, to, outcome]).toEqual([
            from,
            to,
            TRANSITIONS[from].includes(to) ? 'moved' : 'EFFECT_TRANSITION',
          ]);
        }
      },
    );

    test('runs a change of our own database once, however many ask', async () => {
      const key = aKey();
      const processId = `counted-${key}`;
      const run = (n: number) =>
        store().effects.runOnce(key, 'row', 'request', async (tx) => {
          await tx.execute(sql`insert into starts (process_id, kind, key, instance_id)
            values (${processId}, 'request', ${`run ${n}`}, 'i')`);
          return { n };
        });
      const results = await Promise.all([run(1), run(2), run(3)]);
      expect(new Set(results.map(({ n }) => n)).size).toBe(1);
      expect(await run(4)).toEqual(results[0]);
    });

    test('forgets the plan when the change fails', async () => {
      const key = aKey();
      const failing = store().effects.runOnce(key, 'row', 'request', async () => {
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await store().effects.get(key)).toBeNull();
      const run = store().effects.runOnce(key, 'row', 'request', async () => 'done');
      expect(await run).toBe('done');
    });
  });

  describe('starts', () => {
    test('tells everybody which instance won', async () => {
      const key = { processId: 'p', kind: 'request', key: aKey() } as const;
      const claims = await Promise.all(['a', 'b', 'c'].map((id) => store().starts.claim(key, id)));
      expect(new Set(claims.map(({ instanceId }) => instanceId)).size).toBe(1);
      expect(claims.filter(({ isNew }) => isNew)).toHaveLength(1);
      const winner = claims[0]?.instanceId ?? '';
      expect(await store().starts.claim(key, winner)).toMatchObject({
        instanceId: winner,
        isNew: true,
      });
      for (const kind of ['businessKey', 'messageKey'] as const) {
        const other = { ...key, kind };
        expect(await store().starts.claim(other, 'z')).toMatchObject({
          instanceId: 'z',
          isNew: true,
        });
      }
    });

    test('keeps what was asked for under a key, until somebody knows better', async () => {
      const { starts } = store();
      const key = { processId: 'p', kind: 'businessKey', key: aKey() } as const;
      expect(await starts.find(key)).toBeNull();
      const asked = { digest: 'asked', customerKeyId: 'ada' };
      await starts.claim(key, 'first', asked);
      const later = { instanceId: 'first', ...asked, isNew: false };
      expect(await starts.claim(key, 'second', { digest: 'other', customerKeyId: 'bo' })).toEqual(
        later,
      );
      await starts.sign(key, 'second', 'other');
      expect(await starts.claim(key, 'third')).toEqual(later);
      await starts.sign(key, 'first', 'other');
      expect(await starts.claim(key, 'third')).toEqual({ ...later, digest: 'other' });
      expect(await starts.find(key)).toEqual({ ...asked, instanceId: 'first', digest: 'other' });
    });

    test('forgets requests that nobody repeated within 30 days, and no keys', async () => {
      const { starts } = store();
      const aRequest = () => ({ processId: 'p', kind: 'request', key: aKey() }) as const;
      const [request, repeated, recent] = [aRequest(), aRequest(), aRequest()];
      const businessKey = { ...request, kind: 'businessKey' } as const;
      const messageKey = { ...request, kind: 'messageKey' } as const;
      for (const key of [request, repeated, businessKey, messageKey]) await starts.claim(key, 'i');
      const age = (days: number) =>
        store().effects.runOnce(aKey(), 'row', 'request', async (tx) => {
          await tx.execute(sql`update starts
            set claimed_at = claimed_at - make_interval(days => ${days})`);
          return null;
        });
      await age(29);
      await starts.claim(repeated, 'other');
      await age(2);
      await starts.claim(recent, 'i');
      await store().maintain();
      const kept = [repeated, recent, businessKey, messageKey];
      expect(await starts.find(request)).toBeNull();
      for (const key of kept) expect(await starts.find(key)).toMatchObject({ instanceId: 'i' });
    });

    test('gives a key free only for the instance that has it', async () => {
      const key = { processId: 'p', kind: 'businessKey', key: aKey() } as const;
      await store().starts.claim(key, 'first');
      await store().starts.release(key, 'second');
      expect((await store().starts.claim(key, 'third')).instanceId).toBe('first');
      await store().starts.release(key, 'first');
      expect((await store().starts.claim(key, 'third')).instanceId).toBe('third');
    });
  });
}
