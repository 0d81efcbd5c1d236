/** Whose key an instance runs under. */
import { describe, expect, test } from 'vitest';
import { createCustomerKeyChoice, type Unkeyed } from '../../worker/customer-keys.js';
import { EncryptionFailure } from '../../worker/encryption/failure.js';

const KNOWN: Readonly<Record<string, { readonly keyId: string; readonly isGone: boolean }>> = {
  ana: { keyId: 'key-of-ana', isGone: false },
  zoe: { keyId: 'key-of-zoe', isGone: true },
};

const made: string[] = [];
const choice = createCustomerKeyChoice(
  {
    customerKeys: {
      of: async (id) => KNOWN[id] ?? null,
      all: async () => [],
      owners: async () => new Map(),
    },
  },
  {
    create: async (keyId = '') => {
      made.push(keyId);
      return keyId;
    },
  },
);

const unkeyed = (given: Partial<Unkeyed>): Unkeyed => ({
  process: { runsUnder: 'customer' },
  variables: {},
  instanceId: 'i1',
  inherited: null,
  ...given,
});
const OPERATOR = { runsUnder: 'operator' } as const;
const NEW_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;

const rows: readonly (readonly [string, Partial<Unkeyed>, string | RegExp])[] = [
  ['an operator’s process', { process: OPERATOR, variables: { customerId: 'ana' } }, 'system'],
  ['a known customer', { variables: { customerId: 'ana' }, inherited: 'k' }, 'key-of-ana'],
  [
    'a known customer, nothing declared',
    { process: {}, variables: { customerId: 'ana' } },
    'key-of-ana',
  ],
  ['a caller', { inherited: 'k' }, 'k'],
  ['an unknown customer within a caller', { variables: { customerId: 'x' }, inherited: 'k' }, 'k'],
  ['nobody known, personal data declared', {}, NEW_UUID],
  ['nobody known, within an operator’s process', { inherited: 'system' }, NEW_UUID],
  ['nobody known, nothing declared', { process: {} }, 'system'],
  ['a customer id that is no text', { process: {}, variables: { customerId: 7 } }, 'system'],
];

describe('the key of an instance', () => {
  test.each(rows)('of %s', async (_who, given, keyId) => {
    const chosen = await choice.choose(unkeyed(given));
    if (typeof keyId === 'string') expect(chosen).toBe(keyId);
    else expect(chosen).toMatch(keyId);
  });

  test('of its own is the same whenever it is asked for, and made before it is used', async () => {
    const [first, again, other] = await Promise.all(
      ['i1', 'i1', 'i2'].map((instanceId) => choice.choose(unkeyed({ instanceId }))),
    );
    expect([again === first, other === first]).toEqual([true, false]);
    made.length = 0;
    await choice.prepare('i1', first ?? '');
    await choice.prepare('i1', 'key-of-ana');
    expect(made).toEqual([first]);
  });

  test('of an erased customer is refused', async () => {
    const asked = choice.choose(unkeyed({ variables: { customerId: 'zoe' } }));
    await expect(asked).rejects.toMatchObject({ code: 'CUSTOMER_ERASED' });
  });

  test('that was destroyed is never made again', async () => {
    const shredded = createCustomerKeyChoice(
      {
        customerKeys: { of: async () => null, all: async () => [], owners: async () => new Map() },
      },
      { create: () => Promise.reject(new EncryptionFailure('KEY_SHREDDED', 'gone')) },
    );
    const keyId = await shredded.choose(unkeyed({}));
    await expect(shredded.prepare('i1', keyId)).rejects.toMatchObject({ code: 'CUSTOMER_ERASED' });
  });
});
