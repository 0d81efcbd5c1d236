/** Numbers beside ids: one a thing, for ever, whether they come from the database or from what was read of it before. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Queryable } from '../../../store/database.js';
import type { Store } from '../../../store/index.js';
import { createPublicKeys } from '../../../store/public-keys.js';

/** A register of its own on the store's database, which remembers so many, and how often it has asked. */
function registerOf(store: () => Store, most?: number) {
  let asked = 0;
  const db = {
    execute: (query: never) => {
      asked += 1;
      return store().reading((reading) => reading.execute(query));
    },
  } as unknown as Queryable;
  return { keys: createPublicKeys(db, most), asked: () => asked };
}

/** Public keys. */
export function publicKeysSuite(store: () => Store): void {
  describe('numbers beside ids', () => {
    const things = () =>
      Array.from({ length: 3 }, () => ({ kind: 'userTask', id: `${randomUUID()}/a:1` }));

    test('are one for each thing, in their order, and lead back to it', async () => {
      const [a, b, c] = things() as [never, never, never];
      const given = await store().publicKeys.keysOf([a, b, a, c]);
      expect(new Set(given).size).toBe(3);
      expect(given[2]).toBe(given[0]);
      const ids = await store().publicKeys.idsOf('userTask', [...given, '1', 'x', '']);
      expect(ids).toEqual([...[a, b, a, c].map(({ id }) => id), null, null, null]);
      expect(await store().publicKeys.idsOf('incident', given)).toEqual([null, null, null, null]);
    });

    test('are not asked for again by whoever has read them, and others read the same', async () => {
      const wanted = things();
      const { keys, asked } = registerOf(store);
      const given = await store().publicKeys.keysOf(wanted);
      expect(await keys.keysOf(wanted)).toEqual(given);
      expect(asked()).toBe(1);
      expect(await keys.keysOf(wanted)).toEqual(given);
      expect(await keys.idsOf('userTask', given)).toEqual(wanted.map(({ id }) => id));
      expect(asked()).toBe(1);
      // Of another kind it is nobody's, and a number that is written in another way is none: neither is remembered.
      expect(await keys.idsOf('incident', given)).toEqual([null, null, null]);
      expect(await keys.idsOf('userTask', [`0${given[0]}`])).toEqual([null]);
      expect(asked()).toBe(3);
      const { rows } = await store().reading((db) =>
        db.execute(sql`select key::text from public_keys where id = ${wanted[0]?.id}`),
      );
      expect(rows).toEqual([{ key: given[0] }]);
    });

    test('are asked for again where others took their place, and are the same', async () => {
      const wanted = things();
      const given = await store().publicKeys.keysOf(wanted);
      const { keys, asked } = registerOf(store, 2);
      expect(await keys.keysOf(wanted)).toEqual(given);
      expect(await keys.idsOf('userTask', given)).toEqual(wanted.map(({ id }) => id));
      expect(asked()).toBe(2);
      const more = await keys.keysOf([...wanted, ...things()]);
      expect(more.slice(0, wanted.length)).toEqual(given);
    });
  });
}
