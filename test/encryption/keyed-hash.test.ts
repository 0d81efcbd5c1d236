import { expect, test } from 'vitest';
import { createKeyedHash, openLocalKeyring } from '../../worker/encryption/index.js';
import { newFolder } from './fixtures.js';

test('the hash depends on key and text alone and is fit for an id', async () => {
  const folder = await newFolder();
  const keyProvider = await openLocalKeyring({ folder, masterKey: null });
  const [ada, bob] = [await keyProvider.create(), await keyProvider.create()];
  const hash = createKeyedHash({ keyProvider });
  const first = await hash(ada, 'grace@example.org');
  expect(first).toMatch(/^[a-z2-7]{52}$/);
  expect(await hash(ada, 'grace@example.org')).toBe(first);
  expect(await hash(ada, 'grace@example.com')).not.toBe(first);
  expect(await hash(bob, 'grace@example.org')).not.toBe(first);

  await keyProvider.destroy(bob); // a new master changes nothing for the others
  const again = createKeyedHash({
    keyProvider: await openLocalKeyring({ folder, masterKey: null }),
  });
  expect(await again(ada, 'grace@example.org')).toBe(first);
});

test('it dies with its key', async () => {
  const keyProvider = await openLocalKeyring({ folder: await newFolder(), masterKey: null });
  const ada = await keyProvider.create();
  const hash = createKeyedHash({ keyProvider });
  await hash(ada, '42');
  await keyProvider.destroy(ada);
  await expect(hash(ada, '42')).rejects.toMatchObject({ code: 'KEY_SHREDDED' });
});
