/** Legal holds stop an erasure, or a part of it, whenever they come. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  CONTACT,
  CUSTOMER,
  ERASURE_REQUEST,
  INVOICE,
  LEGAL_HOLD,
  TICKET_MESSAGE,
} from '../../../../store/index.js';
import { runErasure, runJob } from '../../../support/erasure.js';
import {
  allRows,
  aRun,
  aWholeCustomer,
  due,
  eraseAll,
  hold,
  RETAINED,
  release,
  type Scene,
} from './scene.js';

/** Legal holds. */
export function holdsSuite({ store, world }: Scene): void {
  describe('legal holds', () => {
    test('on all of a customer block, and the request begins again when they are released', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      const { holdId } = await hold(deps, customerId, ['all']);
      const requestId = randomUUID();
      const who = { customerId, requestId };
      const asking = { ...who, basis: 'nda', requestedBy: 'ria' };
      await runJob(deps, 'erase.request', 'block-1', asking);
      expect(await runJob(deps, 'hold.check', 'c', who)).toMatchObject({ allHeld: true });
      await runJob(deps, 'erase.settle', 'block-2', {
        ...who,
        state: 'blocked',
        holdIds: [holdId],
      } as never);
      expect((await due(deps)).map((one) => one.requestId)).not.toContain(requestId);
      await release(deps, customerId, holdId);
      expect(await due(deps)).toContainEqual({ customerId, requestId, basis: 'nda' });
      expect(await runJob(deps, 'erase.request', 'block-3', asking)).toMatchObject({
        registered: 'open',
        leadRequestId: requestId,
      });
      expect((await due(deps)).map((one) => one.requestId)).not.toContain(requestId);
    });

    test('that come after the check stop the table in its own transaction', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      const who = { customerId, requestId: randomUUID() };
      await runJob(deps, 'erase.request', randomUUID(), { ...who, basis: 'nda', requestedBy: 'r' });
      expect(await runJob(deps, 'hold.check', 'x', who)).toMatchObject({ allHeld: false });
      const before = await allRows(store(), customerId);
      await hold(deps, customerId, ['all']);
      const erasing = { ...who, system: 'record', method: 'hard delete', retained: RETAINED };
      await expect(
        runJob(deps, 'erase.execute', randomUUID(), erasing as never),
      ).rejects.toMatchObject({ type: 'BPMN_ERROR', details: [{ errorCode: 'LEGAL_HOLD' }] });
      await expect(runJob(deps, 'key.destroy', randomUUID(), who)).rejects.toMatchObject({
        details: [{ errorCode: 'LEGAL_HOLD' }],
      });
      const after = await allRows(store(), customerId);
      for (const table of ['contacts', 'ticket_messages', 'invoices']) {
        expect(after[table]).toEqual(before[table]);
      }
    });

    test('on a part keep that part readable beyond the key, until they are released', async () => {
      const { deps, keyProvider } = world();
      const { customerId, rows } = await aWholeCustomer(deps);
      const { holdId } = await hold(deps, customerId, ['ticket_messages']);
      const first = aRun(customerId);
      const given = await runErasure(deps, first);
      expect(given['certificate.sign']?.retained).toContainEqual({
        ...{ class: 'held', law: 'legal hold', until: null },
      });
      const messages = deps.record.table(TICKET_MESSAGE);
      expect(await messages.of([customerId])).toMatchObject([
        { ...rows.ticket_messages, isErased: false },
      ]);
      expect(await deps.record.table(CONTACT).of([customerId])).toEqual([]);
      const before = await keyProvider.list();
      await release(deps, customerId, holdId);
      const [next] = (await due(deps)).filter((one) => one.customerId === customerId);
      expect(next?.basis).toBe('retention_end');
      await runErasure(
        deps,
        aRun(customerId, { requestId: next?.requestId ?? '', basis: 'retention_end' }),
      );
      expect(await messages.of([customerId])).toMatchObject([{ isErased: true }]);
      expect(await deps.record.table(LEGAL_HOLD).of([customerId])).toMatchObject([
        { isErased: true },
      ]);
      // Only what the law keeps has a key still.
      expect((await keyProvider.list()).length).toBeLessThan(before.length);
      const [invoice] = await deps.record.table(INVOICE).of([customerId]);
      expect(invoice).toMatchObject({ isErased: false });
      expect((await due(deps)).filter((one) => one.customerId === customerId)).toEqual([]);
    });

    test('that come while nothing is left stop the keys, and are refused once these go', async () => {
      const { deps, keyProvider } = world();
      const { customerId } = await aWholeCustomer(deps);
      const { keyId = '' } = (await deps.record.table(CUSTOMER).get(customerId)) ?? {};
      const who = { customerId, requestId: randomUUID() };
      await eraseAll(deps, who);
      // Looking for what is left comes after the first look at the holds.
      const find: typeof deps.erasure.exports.find = async (ids) => {
        await hold(deps, customerId, ['all']);
        return deps.erasure.exports.find(ids);
      };
      const exports = { ...deps.erasure.exports, find };
      const late = { ...deps, erasure: { ...deps.erasure, exports } };
      await expect(runJob(late, 'key.destroy', 'k', who)).rejects.toMatchObject({
        details: [{ errorCode: 'LEGAL_HOLD' }],
      });
      expect(await keyProvider.list()).toContain(keyId);
      for (const { holdId } of await deps.record.table(LEGAL_HOLD).of([customerId])) {
        await release(deps, customerId, holdId);
      }
      await eraseAll(deps, who);
      const refusals: unknown[] = [];
      const destroy = async (id: string): Promise<void> => {
        refusals.push(await hold(deps, customerId, ['all']).catch((error: unknown) => error));
        await keyProvider.destroy(id);
      };
      const keys = { ...deps.erasure.keys, destroy };
      await runJob({ ...deps, erasure: { ...deps.erasure, keys } }, 'key.destroy', 'k', who);
      expect(refusals.length).toBeGreaterThan(0);
      for (const one of refusals) expect(one).toMatchObject({ type: 'HOLD_TOO_LATE' });
      expect(await keyProvider.list()).not.toContain(keyId);
    });

    test('are placed again while an erasure that was stopped waits, and after it began anew', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      const who = { customerId, requestId: randomUUID() };
      const asking = { ...who, basis: 'nda', requestedBy: 'ria' };
      await runJob(deps, 'erase.request', randomUUID(), asking);
      const requests = deps.record.table(ERASURE_REQUEST);
      const { version = 0 } = (await requests.get(who.requestId)) ?? {};
      await requests.change([who.requestId], version, { verifiedAt: '2026-03-02T12:00:00.000Z' });
      await expect(hold(deps, customerId, ['contacts'])).rejects.toMatchObject({
        type: 'HOLD_TOO_LATE',
      });
      await runJob(deps, 'erase.settle', randomUUID(), { ...who, state: 'cancelled' });
      await hold(deps, customerId, ['contacts']);
      await runJob(deps, 'erase.request', randomUUID(), asking);
      await hold(deps, customerId, ['contacts']);
    });

    test('of tables that there are not are refused', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      await expect(hold(deps, customerId, ['secrets'])).rejects.toMatchObject({
        type: 'HOLD_RECORDS_UNKNOWN',
      });
    });
  });
}
