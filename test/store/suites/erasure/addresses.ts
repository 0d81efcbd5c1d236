/** The address for the last letter is kept under a key of its own, and forgotten with it. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SideEffectDeps } from '../../../../activities/side-effects.js';
import { CUSTOMER } from '../../../../store/index.js';
import { runErasure, runJob } from '../../../support/erasure.js';
import { countCalls, killedAt } from './killing.js';
import { aRun, aWholeCustomer, DAY_MS, MAILS, runJobWithMail, type Scene } from './scene.js';

/** Addresses that outlive the key. */
export function addressesSuite({ world }: Scene): void {
  describe('an address for the last letter', () => {
    test('is readable without the key of the customer, and forgotten with its own', async () => {
      const { deps, keyProvider } = world();
      const { customerId, contact } = await aWholeCustomer(deps);
      const { addressId } = await runJob(deps, 'address.keep', 'keep-1', { customerId });
      expect(await runJob(deps, 'address.keep', 'keep-1', { customerId })).toMatchObject({
        addressId,
      });
      await runErasure(deps, aRun(customerId));
      const files = {
        'process.yaml': MAILS,
        'mail/letter.en.liquid': '---\nsubject: Bye\n---\nHello {{ name }}',
      };
      const mailing = { ...deps, packageFiles: async () => files };
      const unknown = { type: 'RECIPIENT_UNKNOWN' };
      const toContact = { recipientContactId: contact.contactId };
      await expect(runJobWithMail(mailing, toContact, 'letter')).rejects.toMatchObject(unknown);
      const toAddress = { recipientAddressId: addressId };
      // Nothing listens there: that it got so far shows that the address was read.
      await expect(runJobWithMail(mailing, toAddress, 'letter')).rejects.not.toMatchObject(unknown);
      const keys = await keyProvider.list();
      await runJob(deps, 'address.forget', 'forget-1', { addressId: addressId ?? null });
      expect((await keyProvider.list()).length).toBe(keys.length - 1);
      await runJob(deps, 'address.forget', 'forget-1', { addressId: addressId ?? null });
      await expect(runJobWithMail(mailing, toAddress, 'letter')).rejects.toMatchObject(unknown);
    });
  });

  describe('an address that is forgotten', () => {
    const later = (deps: SideEffectDeps) => ({ ...deps, now: () => Date.now() + 40 * DAY_MS });
    const byItself = (deps: SideEffectDeps, addressId: string) =>
      runJob(deps, 'address.forget', `forget ${addressId}`, { addressId });
    const bySweep = (deps: SideEffectDeps) => runJob(later(deps), 'erase.due', randomUUID(), {});

    test.each([
      ['by itself', byItself],
      ['by the sweep', bySweep],
    ] as const)('%s loses its key, wherever that is killed', async (_how, forget) => {
      const { deps, keyProvider } = world();
      const without = new Set(await keyProvider.list());
      const keep = async (): Promise<string> => {
        const { customerId } = await aWholeCustomer(deps);
        without.add((await deps.record.table(CUSTOMER).get(customerId))?.keyId ?? '');
        const { addressId } = await runJob(deps, 'address.keep', randomUUID(), { customerId });
        return String(addressId);
      };
      const counted = await keep();
      const calls = await countCalls(deps, async (counting) => {
        await forget(counting, counted);
      });
      for (let point = 1; point <= calls; point += 1) {
        const addressId = await keep();
        // Killed before this call, and in another life after it.
        for (const after of [false, true]) {
          await forget(killedAt(deps, point, after).killing, addressId).catch(() => {});
        }
        await bySweep(deps);
        expect((await keyProvider.list()).filter((id) => !without.has(id))).toEqual([]);
      }
    });
  });
}
