import { describe, expect, test } from 'vitest';
import { createDataKeys, PLAIN_KEY_MS } from '../../worker/encryption/data-keys.js';
import type { KeyProvider } from '../../worker/encryption/index.js';
import { openLocalKeyring } from '../../worker/encryption/index.js';
import { newFolder } from './fixtures.js';

/** A real keyring that counts what it is asked. */
async function counted(): Promise<{
  keyProvider: KeyProvider;
  keyId: string;
  asked: { wrap: number; unwrap: number };
}> {
  const keyring = await openLocalKeyring({ folder: await newFolder(), masterKey: null });
  const asked = { wrap: 0, unwrap: 0 };
  const keyProvider: KeyProvider = {
    ...keyring,
    wrap: (...given) => {
      asked.wrap++;
      return keyring.wrap(...given);
    },
    unwrap: (...given) => {
      asked.unwrap++;
      return keyring.unwrap(...given);
    },
  };
  return { keyProvider, asked, keyId: await keyring.create() };
}

describe('a data key', () => {
  test('is made once, however many ask at the same time, and then at hand without waiting', async () => {
    const { keyProvider, keyId, asked } = await counted();
    const dataKeys = createDataKeys({ keyProvider });
    const all = await Promise.all(Array.from({ length: 20 }, () => dataKeys.writing(keyId)));
    expect(new Set(all.map(({ dekId }) => dekId)).size).toBe(1);
    expect(asked).toEqual({ wrap: 1, unwrap: 1 });
    expect(dataKeys.writing(keyId)).not.toBeInstanceOf(Promise);
  });

  test('stays in plain for five minutes at most, and is then unwrapped again', async () => {
    const { keyProvider, keyId, asked } = await counted();
    let at = Date.UTC(2026, 2, 2);
    const dataKeys = createDataKeys({ keyProvider, now: () => at });
    const { dekId } = await dataKeys.writing(keyId);
    at += PLAIN_KEY_MS - 1;
    expect(dataKeys.writing(keyId)).not.toBeInstanceOf(Promise);
    at += 1;
    expect((await dataKeys.writing(keyId)).dekId).toBe(dekId);
    expect(asked).toEqual({ wrap: 1, unwrap: 2 });
  });

  test('changes with the month of UTC', async () => {
    const { keyProvider, keyId } = await counted();
    let at = Date.UTC(2026, 11, 31, 23, 59, 59, 999);
    const dataKeys = createDataKeys({ keyProvider, now: () => at });
    expect((await dataKeys.writing(keyId)).dekId).toMatch(/^2026-12\./);
    at += 1;
    expect((await dataKeys.writing(keyId)).dekId).toMatch(/^2027-01\./);
  });

  test('changes after its last message, and the old one still reads', async () => {
    const { keyProvider, keyId } = await counted();
    const dataKeys = createDataKeys({ keyProvider, maxMessages: 2 });
    const used: string[] = [];
    for (let n = 0; n < 5; n++) used.push((await dataKeys.writing(keyId)).dekId);
    expect(used[0]).toBe(used[1]);
    expect(new Set(used).size).toBe(3);
  });

  test('never gets more than its messages under concurrency', async () => {
    const { keyProvider, keyId } = await counted();
    const dataKeys = createDataKeys({ keyProvider, maxMessages: 3 });
    const all = await Promise.all(Array.from({ length: 20 }, () => dataKeys.writing(keyId)));
    for (const { dekId } of all) {
      expect(all.filter((other) => other.dekId === dekId).length).toBeLessThanOrEqual(3);
    }
  });

  test('is not kept when its key is destroyed while it is unwrapped', async () => {
    const { keyProvider, keyId } = await counted();
    const slow: KeyProvider = {
      ...keyProvider,
      unwrap: async (...given) => {
        const key = await keyProvider.unwrap(...given);
        await keyProvider.destroy(keyId).catch(() => undefined);
        return key;
      },
    };
    const dataKeys = createDataKeys({ keyProvider: slow });
    await expect(dataKeys.writing(keyId)).rejects.toMatchObject({ code: 'KEY_SHREDDED' });
  });
});
