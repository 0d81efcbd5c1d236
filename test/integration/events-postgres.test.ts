/** Events on PostgreSQL, where several processes write and listen: what is slow is told late, and nothing is lost. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openStore, type Store } from '../../store/index.js';
import { createSealing } from '../../worker/encryption/index.js';
import { fixedKeys } from '../support/fixed-keys.js';
import { aLife, anInstance, numbered, onPostgres, type TestDatabase } from '../support/store.js';

let database: TestDatabase;
let one: Store;
let other: Store;
beforeAll(async () => {
  database = await onPostgres(inject('databaseUrl'));
  const sealing = createSealing(fixedKeys());
  one = await openStore(database.config, sealing);
  other = await openStore(database.config, sealing);
});
afterAll(async () => {
  await one.close();
  await other.close();
  await database.discard();
});

const started = numbered([{ kind: 'instanceStarted' }]);

describe('events of several processes', () => {
  test('a transaction that began first and ends last is told last, and told', async () => {
    const { last } = await one.events.advance();
    let isWritten = (): void => {};
    let mayEnd = (): void => {};
    const written = new Promise<void>((resolve) => {
      isWritten = resolve;
    });
    const end = new Promise<void>((resolve) => {
      mayEnd = resolve;
    });
    const slow = one.transaction(async (tx) => {
      await tx.execute(
        sql`insert into events (type, at, subject) values ('audit.appended', now(), 'slow')`,
      );
      isWritten();
      await end;
    });
    await written;
    const fast = anInstance();
    await other.journal.append(fast, started);
    const before = await other.events.advance();
    const seen = await other.events.after(last, 100);
    expect(seen.map(({ subject, instanceId }) => subject ?? instanceId)).toEqual([
      fast.instanceId,
      fast.instanceId,
    ]);
    mayEnd();
    await slow;
    expect((await other.events.advance()).last).toBe(before.last + 1);
    const later = await other.events.after(before.last, 100);
    expect(later.map(({ subject }) => subject)).toEqual(['slow']);
    // By id it had come first: whoever reads by ids has passed it.
    const { rows } = await one.reading((db) =>
      db.execute<{ first: string }>(
        sql`select subject as first from events where number > ${last}::bigint order by id limit 1`,
      ),
    );
    expect(rows[0]?.first).toBe('slow');
  });

  test('each is told once, in one order to all, while many write and two listen', async () => {
    const { last } = await one.events.advance();
    let isWriting = true;
    const hear = async (store: Store) => {
      const heard: { number: number; instanceId: string | null; type: string }[] = [];
      let at = last;
      for (let isLast = false; !isLast; ) {
        isLast = !isWriting;
        await store.events.advance();
        const rows = await store.events.after(at, 7);
        heard.push(...rows);
        at = rows.at(-1)?.number ?? at;
        if (rows.length > 0) isLast = false;
      }
      return heard;
    };
    const listeners = [hear(one), hear(other)];
    const instances = Array.from({ length: 60 }, () => anInstance());
    await Promise.all(
      instances.map((instance, n) => (n % 2 ? one : other).journal.append(instance, aLife())),
    );
    isWriting = false;
    const [first, second] = await Promise.all(listeners);
    expect(second).toEqual(first);
    expect(first?.map(({ number }) => number)).toEqual(
      Array.from({ length: 60 * 8 }, (_none, n) => last + 1 + n),
    );
    for (const { instanceId } of instances) {
      const its = first?.filter((event) => event.instanceId === instanceId) ?? [];
      expect(its.map(({ type }) => type).at(0)).toBe('process_instance.started');
      expect(its).toHaveLength(8);
    }
  });
});
