/** Terms that end, restores and further requests come back to an erasure. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { markGone } from '../../../../store/erasure/index.js';
import {
  CONTACT,
  CUSTOMER,
  ERASURE_REQUEST,
  INVOICE,
  type Queryable,
} from '../../../../store/index.js';
import { openErasure, runErasure, runJob } from '../../../support/erasure.js';
import { anInstance, numbered } from '../../../support/store.js';
import { aRun, aWholeCustomer, type Back, due, eraseAllBut, hold, type Scene } from './scene.js';
import { stubborn } from './stubborn.js';

/** What comes back to an erasure. */
export function returnsSuite({ store, world, folder }: Scene): void {
  describe('what comes back to an erasure', () => {
    test('is the end of a term: the books go, and their key', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      await runErasure(deps, aRun(customerId));
      const later = { ...deps, now: () => Date.parse('2032-01-02T00:00:00Z') };
      expect((await due(deps)).filter((one) => one.customerId === customerId)).toEqual([]);
      const [next] = (await due(later)).filter((one) => one.customerId === customerId);
      expect(next?.basis).toBe('retention_end');
      await runErasure(later, aRun(customerId, { ...next, retained: [] } as never));
      expect(await deps.record.table(INVOICE).of([customerId])).toEqual([]);
      expect((await due(later)).filter((one) => one.customerId === customerId)).toEqual([]);
    });

    /** What a restore may bring back of a customer whose key is gone, and how that is told from one who is erased. */
    const back: readonly (readonly [what: string, left: (tx: Queryable, of: Back) => unknown])[] = [
      ['as it was', () => null],
      ['after it had left', (tx, { customerId }) => markGone(tx, customerId)],
      [
        'without anything but a mark',
        async (tx, of) => {
          await eraseAllBut(tx, of);
          await tx.execute(sql`insert into customer_marks (customer_id, kind, mark)
            values (${of.customerId}, 'tax-id', ${randomUUID()})`);
        },
      ],
      [
        'without anything but what an instance held',
        async (tx, of) => {
          await eraseAllBut(tx, of);
          const instance = anInstance({ customerKeyId: of.keyId, businessKey: 'order-7' });
          await store().journal.append(instance, numbered([{ kind: 'instanceCompleted' }]));
        },
      ],
      ['without anything but an invoice', (tx, of) => eraseAllBut(tx, of, INVOICE)],
    ];

    test.each(back)('is a customer whose key is gone and who is back %s', async (_what, leave) => {
      const { running } = stubborn();
      const { deps, keyProvider } = await openErasure(store(), folder(), running);
      const { customerId } = await aWholeCustomer(deps);
      const { keyId = '' } = (await deps.record.table(CUSTOMER).get(customerId)) ?? {};
      const { sealer, reading } = deps.erasure;
      await reading((db) => leave(db, { customerId, keyId, sealer }) as Promise<unknown>);
      await keyProvider.destroy(keyId);
      expect((await due(deps)).filter((one) => one.customerId === customerId)).toEqual([]);
      const found = (await due(deps, { replay: true })).filter(
        (one) => one.customerId === customerId,
      );
      expect(found).toMatchObject([{ basis: 'restore_replay' }]);
      await runErasure(deps, aRun(customerId, { ...found[0] } as never));
      expect(await deps.record.table(CONTACT).of([customerId])).toEqual([]);
      const again = await due(deps, { replay: true });
      expect(again.filter((one) => one.customerId === customerId)).toEqual([]);
    });

    test('is nobody of whom a part is kept on purpose', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      await hold(deps, customerId, ['ticket_messages']);
      await runErasure(deps, aRun(customerId));
      const found = await due(deps, { replay: true });
      expect(found.filter((one) => one.customerId === customerId)).toEqual([]);
    });

    test('is a second request: it joins the first and is certified with it', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      const first = aRun(customerId);
      const second = {
        customerId,
        requestId: randomUUID(),
        basis: 'data_subject',
        requestedBy: 'x',
      };
      const given = await runErasure(deps, first, async (step) => {
        const told = await step();
        if (told.registered === 'open') {
          expect(await runJob(deps, 'erase.request', 'second', second)).toMatchObject({
            ...{ registered: 'joined', leadRequestId: first.requestId },
          });
        }
        return told;
      });
      const certificateId = given['certificate.sign']?.certificateId;
      expect(await runJob(deps, 'erase.status', 's', second)).toEqual({
        ...{ state: 'certified', certificateId },
      });
      const requests = await deps.record.table(ERASURE_REQUEST).of([customerId]);
      expect(requests.map((one) => one.certificateId)).toEqual([certificateId, certificateId]);
    });

    test('is one whose instance was cancelled: the next request takes it over', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      const first = { ...aRun(customerId), basis: 'contract_end' };
      await runJob(deps, 'erase.request', `left ${first.requestId}`, first as never);
      const instanceId = randomUUID();
      await deps.erasure.reading((db) =>
        db.execute(sql`insert into process_instances (instance_id, process_id, definition_version,
          definition_hash, root_instance_id, customer_key_id, state)
          values (${instanceId}, 'data-deletion', 1, 'h', ${instanceId}, 'system', 'CANCELLED')`),
      );
      const requests = deps.record.table(ERASURE_REQUEST);
      const { version = 0 } = (await requests.get(first.requestId)) ?? {};
      await requests.change([first.requestId], version, { instanceId });
      const second = aRun(customerId);
      const given = await runErasure(deps, second);
      expect(given['erase.request']).toMatchObject({ registered: 'open' });
      const certificateId = given['certificate.sign']?.certificateId;
      expect(await requests.get(first.requestId)).toMatchObject({
        ...{ state: 'certified', joinedTo: second.requestId, certificateId },
      });
    });
  });
}
