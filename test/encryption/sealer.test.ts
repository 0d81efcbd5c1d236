import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSealer } from '../../worker/encryption/index.js';
import { twoCustomers } from './fixtures.js';

const PLACE = '["contacts","1","sealedContact"]';
const plain = Buffer.from('{"name":"Zephyrine"}');

const scene = async () => {
  const { keyProvider, ada, bob } = await twoCustomers();
  return { keyProvider, ada, bob, sealer: createSealer({ keyProvider }) };
};

test('what is sealed opens at its place alone, also in another process', async () => {
  const { keyProvider, ada, bob, sealer } = await scene();
  const sealed = await sealer.seal(ada, plain, PLACE);
  expect(sealed.includes('Zephyrine')).toBe(false);
  expect(await createSealer({ keyProvider }).open(ada, sealed, PLACE)).toEqual(plain);
  const refused = { code: 'SEALED_VALUE_REFUSED' };
  await expect(sealer.open(bob, sealed, PLACE)).rejects.toMatchObject(refused);
  await expect(sealer.open(ada, sealed, PLACE.replace('1', '2'))).rejects.toMatchObject(refused);
});

test('a value of which any byte was changed, or that was cut, does not open', async () => {
  const { ada, sealer } = await scene();
  const sealed = await sealer.seal(ada, plain, PLACE);
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const cut = sealed.subarray(0, at);
    for (const broken of [changed, cut]) {
      await expect(sealer.open(ada, broken, PLACE)).rejects.toMatchObject({
        code: 'SEALED_VALUE_REFUSED',
      });
    }
  }
});

test('a destroyed key opens nothing and seals nothing; a key of elsewhere is told apart', async () => {
  const { keyProvider, ada, bob, sealer } = await scene();
  const [gone, kept] = [await sealer.seal(ada, plain, PLACE), await sealer.seal(bob, plain, PLACE)];
  await keyProvider.destroy(ada);
  expect(await sealer.open(ada, gone, PLACE)).toBeNull();
  expect(await sealer.open(bob, kept, PLACE)).toEqual(plain);
  await expect(sealer.seal(ada, plain, PLACE)).rejects.toMatchObject({ code: 'KEY_SHREDDED' });
  await expect(sealer.open(randomUUID(), kept, PLACE)).rejects.toMatchObject({
    code: 'KEY_UNKNOWN',
  });
});
