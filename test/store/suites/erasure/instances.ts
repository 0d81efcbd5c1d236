/** Instances hold no erasure up for ever. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CUSTOMER } from '../../../../store/index.js';
import { openErasure, runErasure, runJob } from '../../../support/erasure.js';
import { anInstance, numbered } from '../../../support/store.js';
import { aRun, aWholeCustomer, type Scene } from './scene.js';
import { hurrying, stubborn } from './stubborn.js';

/** Instances that tell of no end. */
export function instancesSuite({ store, folder }: Scene): void {
  describe('instances that tell of no end', () => {
    test('are terminated, noted as cancelled, and hold nothing up', async () => {
      const { lost, keyless, terminated, running } = stubborn();
      const { deps } = await openErasure(store(), folder(), running, hurrying(15));
      const { customerId } = await aWholeCustomer(deps);
      const { keyId = '' } = (await deps.record.table(CUSTOMER).get(customerId)) ?? {};
      const begin = async (): Promise<string> => {
        const instance = anInstance({ customerKeyId: keyId });
        await store().journal.append(instance, numbered([{ kind: 'instanceStarted' }]));
        return instance.instanceId;
      };
      const [refusing, unasked, gone] = [await begin(), await begin(), await begin()];
      keyless.add(unasked);
      lost.add(gone);
      const run = aRun(customerId);
      const given = await runErasure(deps, run);
      expect([...terminated].sort()).toEqual([refusing, unasked].sort());
      expect(given['instances.end']).toEqual({ endedInstances: 3 });
      expect(given['certificate.sign']?.counts).toContainEqual({
        ...{ system: 'histories', class: 'instances', before: 3, after: 0 },
      });
      const cancelled = { state: 'CANCELLED', endedAt: expect.any(String), lastSequence: 2 };
      for (const instanceId of [refusing, unasked, gone]) {
        expect(await store().processInstances.get(instanceId)).toMatchObject(cancelled);
        const { items } = await store().journal.search({ filter: { instanceId } });
        expect(items.at(-1)).toMatchObject({ actor: `erase ${run.requestId}` });
        // A decision that was under way when it was terminated is not what happened.
        const late = store().journal.append(
          anInstance({ instanceId, rootInstanceId: instanceId, customerKeyId: keyId }),
          numbered([{ kind: 'instanceSuspended' }], 2),
          { after: 1, fence: Date.now() * 100 },
        );
        await expect(late).rejects.toMatchObject({ code: 'STORE_JOURNAL_STALE' });
      }
      await store().journal.rebuild();
      expect(await store().processInstances.get(gone)).toMatchObject(cancelled);
    });

    test('but run on are waited for', async () => {
      const { running } = stubborn();
      const { deps } = await openErasure(store(), folder(), running);
      const { customerId } = await aWholeCustomer(deps);
      const { keyId = '' } = (await deps.record.table(CUSTOMER).get(customerId)) ?? {};
      const instance = anInstance({ customerKeyId: keyId });
      await store().journal.append(instance, numbered([{ kind: 'instanceStarted' }]));
      const who = { customerId, requestId: randomUUID() };
      await runJob(deps, 'erase.request', randomUUID(), { ...who, basis: 'nda', requestedBy: 'r' });
      const erasing = { ...who, system: 'histories', method: 'crypto-shredding' };
      expect(await runJob(deps, 'erase.execute', randomUUID(), erasing)).toMatchObject({
        erased: [{ system: 'histories', before: 1, after: 1 }],
      });
    });
  });
}
