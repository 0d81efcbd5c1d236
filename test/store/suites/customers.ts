import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../engine/model/index.js';
import {
  CONTACT,
  CUSTOMER,
  ENTITIES,
  type EntityDeclaration,
  type Queryable,
  SEALED_COLUMNS,
  type Store,
  SUBSCRIPTION,
  sealedClassesOf,
} from '../../../store/index.js';
import { aCustomer, anImport, aRow, openRecord } from '../../support/customer-record.js';

const SECRET = /Zephyrine|77317731|Ria Lda|14900/;

/** A stored row without ids and sealed bytes: as digits they may hold any number by chance. */
const readable = (row: string): string =>
  row.replace(/\\x[0-9a-f]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '');
const others = ENTITIES.filter((one) => one !== CUSTOMER) as readonly EntityDeclaration[];

/** Sends a statement as it is. */
async function raw(store: Store, statement: string): Promise<readonly Record<string, Json>[]> {
  return store.effects.runOnce(`raw ${Math.random()}`, 'test', 'r', async (tx: Queryable) => {
    const { rows } = await tx.execute(sql.raw(statement));
    return JSON.parse(JSON.stringify(rows));
  });
}

const columnName = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The customer record: declarations, sealing, taking of customers. */
export function customersSuite(store: () => Store): void {
  describe('declarations of the customer record', () => {
    test.each(ENTITIES.map((one) => [one.table, one as EntityDeclaration] as const))(
      '%s: the fields are the columns, and the columns the fields',
      async (table, declaration) => {
        const rows = await raw(
          store(),
          `select column_name as name, is_nullable = 'YES' as may from information_schema.columns
             where table_name = '${table}' and table_schema = current_schema()`,
        );
        const found = Object.fromEntries(rows.map(({ name, may }) => [String(name), may]));
        const open = Object.entries(declaration.fields).filter(
          ([, field]) => !Object.hasOwn(SEALED_COLUMNS, field.class),
        );
        const declared = Object.fromEntries([
          ...open.map(([name, field]) => [columnName(name), field.isOptional === true]),
          ...sealedClassesOf(declaration).map((of) => [columnName(SEALED_COLUMNS[of]), false]),
          ['created_at', false],
          ...(declaration.isAppendOnly ? [] : ['updated_at', 'version'].map((one) => [one, false])),
        ]);
        expect(found).toEqual(declared);
      },
    );

    test('no further table holds customers', async () => {
      const rows = await raw(
        store(),
        `select distinct table_name as name from information_schema.columns
           where column_name = 'customer_id' and table_schema = current_schema()`,
      );
      // Of these, what stands in them is hashed or names nobody of theirs; access links, recordings and resources are of signups,
      // links of exports.
      const elsewhere = [
        'access_freezes',
        'access_links',
        'customer_keys',
        'customer_marks',
        'customer_portfolio',
        'customer_recordings',
        'export_links',
        'leavings',
        'kept_addresses',
        'kept_rows',
        'resources',
      ];
      const declared = ENTITIES.map(({ table }) => table as string);
      expect(rows.map(({ name }) => String(name)).sort()).toEqual(
        [...declared, ...elsewhere].sort(),
      );
    });

    test.each(ENTITIES.filter((one) => one.isAppendOnly).map(({ table }) => table))(
      '%s only grows',
      async (table) => {
        for (const statement of [
          `update ${table} set customer_id = customer_id`,
          `delete from ${table}`,
          `truncate ${table}`,
        ]) {
          await expect(raw(store(), statement)).rejects.toMatchObject({
            cause: { message: `${table} is append-only` },
          });
        }
      },
    );
  });

  describe('rows of the customer record', () => {
    test.each(others.map((one) => [one.table, one] as const))(
      '%s: what is written is read, and nothing personal stands in the table',
      async (table, declaration) => {
        const { record } = await openRecord(store());
        const customer = aCustomer();
        await record.take([customer], anImport(), 0);
        const { customerId } = customer.customer;
        const row = aRow(declaration, {
          ...{ customerId, planId: 'team', hash: 'a'.repeat(64) },
        });
        await record.table(declaration).add([row as never]);
        const key = declaration.key.map((name) => row[name]) as string[];
        expect(await record.table(declaration).get(...key)).toMatchObject({
          ...row,
          isErased: false,
        });
        const [stored] = await raw(
          store(),
          `select t::text as all from ${table} t where customer_id = '${customerId}'
             and ${columnName(declaration.key[0] ?? '')} = '${key[0]}'`,
        );
        expect(readable(String(stored?.all))).not.toMatch(SECRET);
      },
    );

    test('change by version, and what is sealed with them', async () => {
      const { record } = await openRecord(store());
      const { customer, ...rest } = aCustomer();
      await record.take([{ customer, ...rest }], anImport(), 0);
      const customers = record.table(CUSTOMER);
      await customers.change([customer.customerId], 1, { legalName: 'Foz', touch: 'high' });
      expect(await customers.get(customer.customerId)).toMatchObject({
        ...{ legalName: 'Foz', taxId: customer.taxId, touch: 'high', version: 2 },
      });
      await expect(
        customers.change([customer.customerId], 1, { legalName: 'Late' }),
      ).rejects.toMatchObject({ code: 'CUSTOMER_ROW_CHANGED' });
      await expect(customers.change(['nobody'], 1, {})).rejects.toMatchObject({
        code: 'CUSTOMER_ROW_CHANGED',
      });
    });

    test('belong to customers that are there', async () => {
      const { record } = await openRecord(store());
      const { contact } = aCustomer();
      await expect(record.table(CONTACT).add([contact])).rejects.toMatchObject({
        code: 'CUSTOMER_UNKNOWN',
      });
    });

    test.each([
      ['another row', 'a.contact_id', 'b.contact_id'],
      ['another customer', 'a.contact_id', 'c.contact_id'],
    ])('do not open with what was sealed for %s', async (_title, _from, to) => {
      const { record } = await openRecord(store());
      const [one, other] = [aCustomer(), aCustomer()];
      await record.take([one, other], anImport(), 0);
      const beside = { ...one.contact, contactId: `${one.contact.contactId}-2` };
      await record.table(CONTACT).add([beside]);
      const source = to.startsWith('b') ? beside.contactId : other.contact.contactId;
      await raw(
        store(),
        `update contacts set sealed_contact =
           (select sealed_contact from contacts where contact_id = '${source}')
           where contact_id = '${one.contact.contactId}'`,
      );
      await expect(record.table(CONTACT).get(one.contact.contactId)).rejects.toMatchObject({
        code: 'SEALED_VALUE_REFUSED',
      });
    });

    test('do not open with what was sealed for another column, or with a changed byte', async () => {
      const { record } = await openRecord(store());
      const one = aCustomer();
      await record.take([one], anImport(), 0);
      const { subscriptionId } = one.subscription;
      const of = `where subscription_id = '${subscriptionId}'`;
      await raw(
        store(),
        `update customer_subscriptions set sealed_finance = (select sealed_contact from contacts
           where contact_id = '${one.contact.contactId}') ${of}`,
      );
      const refused = { code: 'SEALED_VALUE_REFUSED' };
      await expect(record.table(SUBSCRIPTION).get(subscriptionId)).rejects.toMatchObject(refused);
      for (const broken of ['\\x', '\\x01', '\\x0102', '\\x01ff', `\\x01${'00'.repeat(80)}`]) {
        await raw(
          store(),
          `update customer_subscriptions set sealed_finance = '${broken}'::bytea ${of}`,
        );
        await expect(record.table(SUBSCRIPTION).get(subscriptionId)).rejects.toMatchObject(refused);
      }
    });

    test('are erased with their key, and those of others stay', async () => {
      const { record, keyProvider } = await openRecord(store());
      const [gone, kept] = [aCustomer(), aCustomer()];
      await record.take([gone, kept], anImport(), 0);
      const before = await record.get(gone.customer.customerId);
      await keyProvider.destroy(before?.customer.keyId ?? '');
      const after = await record.get(gone.customer.customerId);
      expect(after).toMatchObject({
        customer: { isErased: true, country: 'PT', state: 'active' },
        contacts: [{ isErased: true, role: 'admin' }],
        subscriptions: [{ isErased: true, planId: 'team' }],
      });
      expect(JSON.stringify(after)).not.toMatch(/Ria|Inês|14900/);
      expect(await record.get(kept.customer.customerId)).toMatchObject({
        customer: { isErased: false, legalName: 'Ria Lda.' },
      });
      await expect(
        record.table(CUSTOMER).change([gone.customer.customerId], 1, { touch: 'low' }),
      ).rejects.toMatchObject({ code: 'CUSTOMER_ERASED' });
      const again = await record.take([aCustomer(gone.customer.taxId)], anImport(), 0);
      expect(again).toEqual([{ outcome: 'known', customerId: gone.customer.customerId }]);
    });
  });
}
