import { describe, expect, test } from 'vitest';
import { ENTITIES, type EntityDeclaration, entity } from '../../store/index.js';

/** Each would compile if the declaration asked for less; `tsc` reports a directive that has nothing to expect. */
describe('a declaration does not compile', () => {
  const key = { type: 'text', class: 'I', keep: 'pseudonym', says: 'its id' } as const;
  const shape = { table: 't', says: 'a thing', key: ['id'], isAppendOnly: false } as const;

  test('with a field without a class, or without a retention', () => {
    // @ts-expect-error no class
    entity({ ...shape, fields: { id: key, name: { type: 'text', keep: 'erasure', says: 'x' } } });
    // @ts-expect-error no retention
    entity({ ...shape, fields: { id: key, name: { type: 'text', class: 'C', says: 'x' } } });
  });

  test('with a class or a retention that there is not, or that do not go together', () => {
    const of = { type: 'text', says: 'x' } as const;
    // @ts-expect-error no such class
    entity({ ...shape, fields: { id: key, name: { ...of, class: 'X', keep: 'erasure' } } });
    // @ts-expect-error contact data is not kept for good
    entity({ ...shape, fields: { id: key, name: { ...of, class: 'C', keep: 'pseudonym' } } });
    // @ts-expect-error books are not thrown away with the customer
    entity({ ...shape, fields: { id: key, name: { ...of, class: 'F', keep: 'erasure' } } });
  });

  test('with a key that is no field', () => {
    // @ts-expect-error there is no field of that name
    entity({ ...shape, key: ['other'], fields: { id: key } });
  });
});

const all: readonly EntityDeclaration[] = ENTITIES;

test.each(all.map((one) => [one.table, one] as const))(
  '%s belongs to a customer, and its key is of ids',
  (_table, { key, fields }) => {
    expect(fields.customerId).toMatchObject({ class: 'I', type: 'text' });
    for (const name of key) expect(fields[name]?.class).toBe('I');
  },
);
