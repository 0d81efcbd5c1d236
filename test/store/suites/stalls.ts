/** A process that stalls in a transaction which others wait for. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../store/database.js';
import { endWhenStalled } from '../../../store/stalls.js';
import type { TestDatabase } from '../../support/store.js';

/** @param isEnded - whether the database ends its transaction; else it goes on where it was */
export function stallsSuite(open: () => Promise<TestDatabase>, isEnded: boolean): void {
  describe('a process that stalls in a transaction', () => {
    let place: TestDatabase;
    let database: Database;
    beforeAll(async () => {
      place = await open();
      database = await openDatabase(place.config);
    });
    afterAll(async () => {
      await database.close();
      await place.discard();
    });

    test(`${isEnded ? 'loses it' : 'goes on in it'}, and the database answers`, async () => {
      const { db } = database;
      const stalled = db.transaction(async (tx) => {
        await endWhenStalled(tx, 100);
        await pause(600);
        await tx.execute(sql`select 1`);
      });
      const outcome = await stalled.then(
        () => 'kept',
        () => 'lost',
      );
      expect(outcome).toBe(isEnded ? 'lost' : 'kept');
      const { rows } = await db.execute<{ one: number }>(sql`select 1 as one`);
      expect(rows).toEqual([{ one: 1 }]);
    });

    test('one that does not stall keeps it', async () => {
      await database.db.transaction(async (tx) => {
        await endWhenStalled(tx, 5_000);
        await pause(50);
        await tx.execute(sql`select 1`);
      });
    });
  });
}
