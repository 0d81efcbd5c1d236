/** An old file of customers against an erasure: who was erased is not taken in again by it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressHash } from '../../../activities/mail/suppression.js';
import { suppress } from '../../../store/erasure/suppressions.js';
import { createCustomers } from '../../../worker/customers/index.js';
import { anImport } from '../../support/customer-record.js';
import { openWorld, type World } from '../../support/identities.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const cellsOf = (tax_id: string, contact_email: string) => ({
  ...{ legal_name: 'Aurora', contact_name: 'Ana', since: '2026-01-02', tax_id, contact_email },
  ...{ tz: 'America/Sao_Paulo', locale: 'pt-BR', country: 'BR', plan: 'team' },
  ...{ mrr_minor: '100', currency: 'BRL' },
});

test('a line of somebody who was erased is rejected, unless the record has them', async () => {
  const { fingerprint, records, store } = world;
  const customers = createCustomers({ record: records.record, fingerprint });
  const take = async (taxId: string, mail: string) => {
    const [result] = await customers.importLines(
      anImport(),
      [{ line: 2, cells: cellsOf(taxId, mail) }],
      0,
    );
    return result;
  };
  const first = await take('11.222.333/0001-81', 'ana@aurora.example');
  if (first?.outcome !== 'taken') throw new Error('they were not taken');
  const hash = await addressHash({ fingerprint }, 'ana@aurora.example');
  await store.reading((db) =>
    suppress(db, first.customerId, [hash], {
      ...{ list: 'erasure', reason: 'erased', at: world.at() },
    }),
  );
  // They work for somebody who is a customer still.
  expect(await take('11.222.333/0001-81', 'ana@aurora.example')).toMatchObject({
    outcome: 'unchanged',
  });
  expect(await take('11.444.777/0001-61', ' ANA@aurora.example')).toMatchObject({
    outcome: 'rejected',
    faults: [{ field: 'contact_email', code: 'CUSTOMER_WAS_ERASED' }],
  });
  expect(await take('11.444.777/0001-61', 'eva@aurora.example')).toMatchObject({
    outcome: 'taken',
  });
});
