/** An erasure that is killed anywhere and done again comes to the same. */
import { describe, expect, test } from 'vitest';
import type { SideEffectDeps } from '../../../../activities/side-effects.js';
import {
  CONTACT,
  CUSTOMER,
  DELETION_CERTIFICATE,
  ERASURE_LEDGER,
  ERASURE_REQUEST,
  INVOICE,
  type Store,
} from '../../../../store/index.js';
import { type ErasureRun, runErasure } from '../../../support/erasure.js';
import { countCalls, killedAt, twice } from './killing.js';
import { allRows, aRun, aWholeCustomer, type Scene } from './scene.js';

/** An erasure that is killed. */
export function killedSuite({ store, world }: Scene): void {
  describe('killed anywhere', () => {
    test('an erasure done again comes to the same', async () => {
      const { deps } = world();
      const calls = await countCalls(deps, async (counting) => {
        const { customerId } = await aWholeCustomer(deps);
        await runErasure(counting, aRun(customerId));
      });
      expect(calls).toBeGreaterThan(50);
      const points = Array.from({ length: 16 }, (_, index) =>
        Math.ceil(((index + 1) * calls) / 17),
      );
      for (const point of points) {
        const { customerId } = await aWholeCustomer(deps);
        const run = aRun(customerId);
        const { killing, wasKilled } = killedAt(deps, point);
        await runErasure(killing, run, twice);
        expect(wasKilled()).toBe(true);
        await expectErasedOnce(deps, store(), run);
      }
    }, 240_000);
  });
}

async function expectErasedOnce(
  deps: SideEffectDeps,
  store: Store,
  run: ErasureRun,
): Promise<void> {
  const { customerId, requestId } = run;
  const { record } = deps;
  const certificates = await record.table(DELETION_CERTIFICATE).of([customerId]);
  expect(certificates).toHaveLength(1);
  const ledger = await record.table(ERASURE_LEDGER).of([customerId]);
  const places = ledger.map((one) => `${one.system}.${one.recordClass}`);
  expect(new Set(places).size).toBe(places.length);
  expect(ledger.every(({ after }) => after === 0)).toBe(true);
  expect(ledger.find(({ recordClass }) => recordClass === 'contacts')).toMatchObject({ before: 1 });
  const requests = await record.table(ERASURE_REQUEST).of([customerId]);
  expect(requests).toMatchObject([{ requestId, state: 'certified' }]);
  expect(await record.table(CONTACT).of([customerId])).toEqual([]);
  expect(await record.table(INVOICE).of([customerId])).toMatchObject([{ isErased: false }]);
  expect((await record.table(CUSTOMER).get(customerId))?.isErased).toBe(true);
  expect(JSON.stringify(await allRows(store, customerId))).not.toMatch(/Zephyrine/);
}
