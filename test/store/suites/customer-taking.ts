import { describe, expect, test } from 'vitest';
import type { CustomerKeys, Store } from '../../../store/index.js';
import { noteMarks } from '../../../store/registry/index.js';
import { createSealer } from '../../../worker/encryption/index.js';
import { aCustomer, anImport, openRecord } from '../../support/customer-record.js';

const idOf = ({ customer }: ReturnType<typeof aCustomer>): string => customer.customerId;

/** How customers come into the record. */
export function customerTakingSuite(store: () => Store): void {
  describe('taking customers', () => {
    test('takes each once: again it is unchanged, with other data known, and never changed', async () => {
      const { record } = await openRecord(store());
      const [a, b] = [aCustomer(), aCustomer()];
      const of = anImport();
      expect(await record.take([a, b], of, 3)).toEqual([
        { outcome: 'taken', customerId: idOf(a) },
        { outcome: 'taken', customerId: idOf(b) },
      ]);
      const again = [aCustomer(a.customer.taxId), aCustomer(b.customer.taxId, 'Foz Lda.')];
      expect(await record.take(again, of, 0)).toEqual([
        { outcome: 'unchanged', customerId: idOf(a) },
        { outcome: 'known', customerId: idOf(b) },
      ]);
      expect((await record.get(idOf(b)))?.customer).toMatchObject({ legalName: 'Ria Lda.' });
      expect(await record.endImport(of)).toMatchObject({
        ...of,
        ...{ taken: 2, unchanged: 1, known: 1, rejected: 3 },
      });
      const ended = { code: 'IMPORT_INTERRUPTED' };
      await expect(record.endImport(of)).rejects.toMatchObject(ended);
      const late = aCustomer();
      await expect(record.take([late], of, 0)).rejects.toMatchObject(ended);
      expect(await record.get(idOf(late))).toBeNull();
    });

    test('of one tax id twice at once the first is taken', async () => {
      const { record } = await openRecord(store());
      const taxId = `twice-${Math.random()}`;
      const [first, second] = [aCustomer(taxId), aCustomer(taxId, 'Foz Lda.')];
      expect(await record.take([first, second], anImport(), 0)).toEqual([
        { outcome: 'taken', customerId: idOf(first) },
        { outcome: 'known', customerId: idOf(first) },
      ]);
    });

    test('of the same customers by several at a time each is taken once', async () => {
      const { record, keyProvider } = await openRecord(store());
      const taxIds = Array.from({ length: 20 }, (_, index) => `many-${index}-${Math.random()}`);
      const before = (await keyProvider.list()).length;
      const takings = await Promise.all(
        [taxIds, [...taxIds].reverse(), taxIds.slice(5)].map((some) =>
          record.take(
            some.map((taxId) => aCustomer(taxId)),
            anImport(),
            0,
          ),
        ),
      );
      const taken = takings.flat().filter(({ outcome }) => outcome === 'taken');
      expect(taken).toHaveLength(20);
      const keyIds = new Set<string | undefined>();
      for (const { customerId } of taken)
        keyIds.add((await record.get(customerId))?.customer.keyId);
      expect(keyIds.size).toBe(20);
      expect((await keyProvider.list()).length - before).toBeGreaterThanOrEqual(20);
    });

    test('of a customer that was signed up leaves it alone', async () => {
      const { record } = await openRecord(store());
      const one = aCustomer();
      const mark = one.marks.find(({ kind }) => kind === 'tax-id')?.mark ?? '';
      await store().effects.runOnce(`signed up ${mark}`, 'test', 'r', async (tx) => {
        await noteMarks(tx, 'signed-up', [{ kind: 'tax-id', mark }]);
        return null;
      });
      expect(await record.take([one], anImport(), 0)).toEqual([
        { outcome: 'known', customerId: 'signed-up' },
      ]);
    });
  });

  describe('a process that is killed while it takes customers', () => {
    test('after the keys were made: the next run uses those, and there is no other', async () => {
      const { keyProvider } = await openRecord(store());
      const sealer = createSealer({ keyProvider });
      const dying = { ...sealer, seal: () => Promise.reject(new Error('killed')) };
      const keys: CustomerKeys = { ensure: keyProvider.createAll };
      const customers = [aCustomer(), aCustomer(), aCustomer()];
      // What other tests left reserved gets keys of this keyring, too.
      await store().customerRecord(sealer, keys).take([aCustomer()], anImport(), 0);
      const killed = store().customerRecord(dying, keys).take(customers, anImport(), 0);
      await expect(killed).rejects.toThrow('killed');
      const made = await keyProvider.list();
      const record = store().customerRecord(sealer, keys);
      const takings = await record.take(customers, anImport(), 0);
      expect(takings.every(({ outcome }) => outcome === 'taken')).toBe(true);
      expect(await keyProvider.list()).toEqual(made);
    });

    test('before the keys were made: the next run makes them', async () => {
      const { keyProvider } = await openRecord(store());
      const sealer = createSealer({ keyProvider });
      const dying: CustomerKeys = { ensure: () => Promise.reject(new Error('killed')) };
      const customers = [aCustomer(), aCustomer()];
      const killed = store().customerRecord(sealer, dying).take(customers, anImport(), 0);
      await expect(killed).rejects.toThrow('killed');
      const record = store().customerRecord(sealer, { ensure: keyProvider.createAll });
      expect(await record.take(customers, anImport(), 0)).toHaveLength(2);
    });

    test('a reserved key that was destroyed since is passed over', async () => {
      const { record, keyProvider } = await openRecord(store());
      const sealer = createSealer({ keyProvider });
      const dying = { ...sealer, seal: () => Promise.reject(new Error('killed')) };
      const keys: CustomerKeys = { ensure: keyProvider.createAll };
      const one = aCustomer();
      const before = await keyProvider.list();
      const killed = store().customerRecord(dying, keys).take([one], anImport(), 0);
      await expect(killed).rejects.toThrow('killed');
      const [reserved = ''] = (await keyProvider.list()).filter((id) => !before.includes(id));
      await keyProvider.destroy(reserved);
      expect(await record.take([one], anImport(), 0)).toEqual([
        { outcome: 'taken', customerId: idOf(one) },
      ]);
      expect((await record.get(idOf(one)))?.customer.keyId).not.toBe(reserved);
    });
  });

  describe('finding customers', () => {
    test('by marks and by what stands in the open, with what was sealed', async () => {
      const { record } = await openRecord(store());
      const [a, b] = [aCustomer(), aCustomer()];
      await record.take([a, b], anImport(), 0);
      const marks = a.marks.filter(({ kind }) => kind === 'national-tax-id');
      const found = await record.search({ withTotal: true }, [marks]);
      expect(found).toMatchObject({
        items: [{ customerId: idOf(a), legalName: 'Ria Lda.', isErased: false }],
        total: { count: 1, isExact: true },
      });
      const none = await record.search({ filter: { country: 'BR', customerId: idOf(a) } }, [marks]);
      expect(none.items).toEqual([]);
      await expect(record.search({ filter: { legalName: 'Ria Lda.' } }, [])).rejects.toMatchObject({
        code: 'STORE_FIELD_UNKNOWN',
      });
    });
  });

  describe('an import whose sender is gone', () => {
    test('is ended once, with a row in the audit table', async () => {
      const { record } = await openRecord(store());
      const of = anImport();
      await record.take([aCustomer()], of, 1);
      const object = `import:${of.importId}`;
      const end = (silentForMs: number) =>
        record.endSilentImports(silentForMs, ({ importId, actor, taken, rejected }) => ({
          ...{ at: new Date().toISOString(), actor, action: 'importCustomers' },
          ...{ object: `import:${importId}`, outcome: 'failed', code: 'IMPORT_INTERRUPTED' },
          ...{ requestId: null, reason: null, data: { taken, rejected } },
        }));
      await end(60_000);
      expect((await store().audit.query({ filter: { object } })).items).toEqual([]);
      await end(-1000);
      await end(-1000);
      const { items } = await store().audit.query({ filter: { object } });
      expect(items).toMatchObject([{ actor: 'ana', data: { taken: 1, rejected: 1 } }]);
      await expect(record.endImport(of)).rejects.toMatchObject({ code: 'IMPORT_INTERRUPTED' });
    });
  });
}
