import { randomBytes, randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Payload } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { createDataKeys } from '../../worker/encryption/data-keys.js';
import { close } from '../../worker/encryption/envelope.js';
import {
  createDataConverters,
  encodedBytes,
  MAX_ENCODED_BYTES,
} from '../../worker/encryption/index.js';
import { instanceOf, json, twoCustomers, valueIn } from './fixtures.js';

const SECRET = { name: 'Grace Hopper', iban: 'DE02120300000000202051' };

function textOf(payload: Payload | undefined, name: string): string {
  return Buffer.from(payload?.metadata?.[name] ?? []).toString('utf8');
}

describe('round trip', () => {
  test.each([
    ['an object', SECRET],
    ['nothing', null],
    ['a text of 3,000 characters', 'é'.repeat(3000)],
  ])('%s comes back as it was', async (_what, value) => {
    const { codec, ada } = await twoCustomers();
    const context = instanceOf(ada);
    const encoded = await codec.encode([json(value), json(1)], context);
    const decoded = await codec.decode(encoded, context);
    expect(decoded.map(valueIn)).toEqual([value, 1]);
    expect(textOf(decoded[0], 'encoding')).toBe('json/plain');
  });

  test('metadata names key and data key, and nothing of the content shows', async () => {
    const { codec, ada } = await twoCustomers();
    const [encoded] = await codec.encode([json(SECRET)], instanceOf(ada));
    expect(textOf(encoded, 'encoding')).toBe('binary/encrypted');
    expect(textOf(encoded, 'key-id')).toBe(ada);
    expect(textOf(encoded, 'dek-id')).toMatch(/^\d{4}-\d{2}\./);
    const all = [encoded?.data, ...Object.values(encoded?.metadata ?? {})];
    for (const part of all)
      expect(Buffer.from(part ?? []).toString('latin1')).not.toMatch(/Hopper/);
  });

  test('the same value never gives the same bytes', async () => {
    const { codec, ada } = await twoCustomers();
    const context = instanceOf(ada);
    const encoded = await codec.encode(Array(50).fill(json(SECRET)), context);
    const seen = new Set(encoded.map(({ data }) => Buffer.from(data ?? []).toString('hex')));
    expect(seen.size).toBe(50);
  });

  test('no payloads give no payloads', async () => {
    const { codec, ada } = await twoCustomers();
    expect(await codec.encode([], instanceOf(ada))).toEqual([]);
  });

  test('above 1 KiB it is deflated, and metadata says so', async () => {
    const { codec, ada } = await twoCustomers();
    const context = instanceOf(ada);
    const state = json(Array.from({ length: 500 }, (_, n) => ({ id: `task:${n}`, state: 'open' })));
    const [small, large] = await codec.encode([json(SECRET), state], context);
    expect(textOf(small, 'packing')).toBe('');
    expect(textOf(large, 'packing')).toBe('deflate');
    expect(large?.data?.length).toBeLessThan((state.data?.length ?? 0) / 4);
    expect((await codec.decode([large as Payload], context)).map(valueIn)).toEqual([
      valueIn(state),
    ]);
  });

  test('another process with the same keyring reads it', async () => {
    const { codec, ada, keyProvider } = await twoCustomers();
    const { createPayloadCodec } = await import('../../worker/encryption/payload-codec.js');
    const other = createPayloadCodec({ dataKeys: createDataKeys({ keyProvider }) });
    const context = instanceOf(ada);
    const decoded = await other.decode(await codec.encode([json(SECRET)], context), context);
    expect(decoded.map(valueIn)).toEqual([SECRET]);
  });
});

describe('tampering', () => {
  test('each bit of each byte of a ciphertext counts', async () => {
    const { codec, ada, refusals } = await twoCustomers();
    const context = instanceOf(ada);
    const [encoded] = await codec.encode([json('x')], context);
    const data = Buffer.from(encoded?.data ?? []);
    for (let bit = 0; bit < data.length * 8; bit++) {
      const changed = Buffer.from(data);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const payload = { ...encoded, data: changed };
      await expect(codec.decode([payload], context)).rejects.toMatchObject({
        code: 'PAYLOAD_REFUSED',
      });
    }
    expect(refusals).toHaveLength(data.length * 8);
  });

  test('each byte of the metadata counts', async () => {
    const { codec, ada } = await twoCustomers();
    const context = instanceOf(ada);
    const [encoded] = await codec.encode([json('x')], context);
    for (const [name, value] of Object.entries(encoded?.metadata ?? {})) {
      for (let at = 0; at < value.length; at++) {
        const changed = Buffer.from(value);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const payload = { ...encoded, metadata: { ...encoded?.metadata, [name]: changed } };
        await expect(codec.decode([payload], context)).rejects.toThrow(/^Expected/);
      }
    }
  });

  test.each([
    ['cut short', (data: Buffer) => data.subarray(0, -1)],
    ['cut to nothing', () => Buffer.alloc(0)],
    ['longer', (data: Buffer) => Buffer.concat([data, Buffer.alloc(1)])],
  ])('%s is refused', async (_what, change) => {
    const { codec, ada } = await twoCustomers();
    const context = instanceOf(ada);
    const [encoded] = await codec.encode([json('x')], context);
    const payload = { ...encoded, data: change(Buffer.from(encoded?.data ?? [])) };
    await expect(codec.decode([payload], context)).rejects.toMatchObject({
      code: 'PAYLOAD_REFUSED',
    });
  });

  test('a payload of one customer does not open in a workflow of another', async () => {
    const { codec, ada, bob, refusals } = await twoCustomers();
    const encoded = await codec.encode([json(SECRET)], instanceOf(ada));
    const context = instanceOf(bob);
    await expect(codec.decode(encoded, context)).rejects.toMatchObject({ code: 'PAYLOAD_REFUSED' });
    expect(refusals).toMatchObject([{ code: 'PAYLOAD_REFUSED', workflowId: context.workflowId }]);
  });

  test('nor when its metadata claims the other key, with or without the other data key', async () => {
    const { codec, ada, bob } = await twoCustomers();
    const [ofAda] = await codec.encode([json(SECRET)], instanceOf(ada));
    const [ofBob] = await codec.encode([json(SECRET)], instanceOf(bob));
    const claimed = { ...ofAda?.metadata, 'key-id': Buffer.from(bob) };
    for (const metadata of [claimed, ofBob?.metadata ?? {}]) {
      await expect(codec.decode([{ ...ofAda, metadata }], instanceOf(bob))).rejects.toMatchObject({
        code: 'PAYLOAD_REFUSED',
      });
    }
  });

  test('what inflates to more than 16 MiB is refused', async () => {
    const { codec, ada, keyProvider } = await twoCustomers();
    const dataKey = await createDataKeys({ keyProvider }).writing(ada);
    const bomb = deflateRawSync(Buffer.alloc(17 * 1024 * 1024));
    const payload = close({ bytes: bomb, deflated: true }, dataKey, 'payload');
    await expect(codec.decode([payload], instanceOf(ada))).rejects.toMatchObject({
      code: 'PAYLOAD_REFUSED',
    });
  });
});

describe('strictness', () => {
  test.each(['json/plain', 'binary/null', ''])(
    'a plain payload (%s) is refused',
    async (encoding) => {
      const { codec, ada, refusals } = await twoCustomers();
      const plain = { metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from('1') };
      await expect(codec.decode([plain], instanceOf(ada))).rejects.toMatchObject({
        code: 'PAYLOAD_NOT_ENCRYPTED',
      });
      expect(refusals).toHaveLength(1);
    },
  );

  test('a foreign encoding with odd characters is not repeated in the failure', async () => {
    const { codec, ada } = await twoCustomers();
    const plain = { metadata: { encoding: Buffer.from('canary@x.org secret') } };
    await expect(codec.decode([plain], instanceOf(ada))).rejects.not.toThrow(/canary/);
  });

  test.each(['orders', 'p.nobody.1', 'p.system', 'x.system.1', 'p.SYSTEM.1', ' p.system.1'])(
    'nothing is encoded for workflow id %j',
    async (workflowId) => {
      const { codec } = await twoCustomers();
      const context = { type: 'workflow', namespace: 'default', workflowId } as const;
      await expect(codec.encode([json(1)], context)).rejects.toMatchObject({
        code: 'KEY_ID_MISSING',
      });
    },
  );

  test.each([
    'p.system.1',
    'p.system.1.2',
    'c.system.h',
    's.system.h',
    't.system',
    't.system-2026-03-02T09:00:00Z',
  ])('workflow id %s names its key', async (workflowId) => {
    const { codec } = await twoCustomers();
    const context = { type: 'workflow', namespace: 'default', workflowId } as const;
    const encoded = await codec.encode([json(1)], context);
    expect(textOf(encoded[0], 'key-id')).toBe('system');
  });

  test('neither a value nor a failure text is decoded or encoded without a known key', async () => {
    const { codec } = await twoCustomers();
    await expect(codec.encode([json(1)])).rejects.toMatchObject({ code: 'KEY_ID_MISSING' });
    await expect(codec.encode([json(1)], instanceOf(randomUUID()))).rejects.toMatchObject({
      code: 'KEY_UNKNOWN',
    });
  });

  test('a payload that stays above 1.9 MiB is refused, and can be measured before', async () => {
    const { codec, ada } = await twoCustomers();
    const large = json(randomBytes(MAX_ENCODED_BYTES).toString('base64'));
    expect(encodedBytes(large)).toBeGreaterThan(MAX_ENCODED_BYTES);
    await expect(codec.encode([large], instanceOf(ada))).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
  });

  test('the measure is never below the truth and close to it', async () => {
    const { codec, ada } = await twoCustomers();
    for (const value of [
      'x',
      randomBytes(900).toString('hex'),
      randomBytes(9000).toString('hex'),
    ]) {
      const [encoded] = await codec.encode([json(value)], instanceOf(ada));
      const parts = Object.entries(encoded?.metadata ?? {}).map(
        ([k, v]) => k.length + v.length + 8,
      );
      const size = parts.reduce((sum, part) => sum + part, encoded?.data?.length ?? 0);
      expect(encodedBytes(json(value))).toBeGreaterThanOrEqual(size);
      expect(encodedBytes(json(value))).toBeLessThan(size + 256);
    }
  });
});

describe('failure texts, which the worker must always be able to encode', () => {
  const text = json({ message: 'no such thing', stack_trace: 'at x' });

  test('without a context they go under the key of the system, and every reader can read them', async () => {
    const { codec, ada } = await twoCustomers();
    const encoded = await codec.encode([text]);
    expect(textOf(encoded[0], 'key-id')).toBe('system');
    expect((await codec.decode(encoded, instanceOf(ada))).map(valueIn)).toEqual([valueIn(text)]);
    expect((await codec.decode(encoded)).map(valueIn)).toEqual([valueIn(text)]);
  });

  test('no ordinary payload of the system passes as one', async () => {
    const { codec, ada } = await twoCustomers();
    const [encoded] = await codec.encode([json(SECRET)], instanceOf('system'));
    const metadata = { ...encoded?.metadata, purpose: Buffer.from('detached') };
    for (const payload of [{ ...encoded }, { ...encoded, metadata }]) {
      await expect(codec.decode([payload], instanceOf(ada))).rejects.toMatchObject({
        code: 'PAYLOAD_REFUSED',
      });
    }
  });

  test('under a destroyed key the text is replaced, for it may hold what had to go', async () => {
    const { codec, ada, keyProvider } = await twoCustomers();
    await keyProvider.destroy(ada);
    const encoded = await codec.encode([text], instanceOf(ada));
    const [decoded] = await codec.decode(encoded, instanceOf(ada));
    expect(valueIn(decoded)).toMatchObject({ message: expect.stringMatching(/^KEY_SHREDDED: /) });
  });
});

describe('a destroyed key', () => {
  test('neither encodes nor decodes, although it was cached', async () => {
    const { codec, ada, bob, keyProvider } = await twoCustomers();
    const [ofAda, ofBob] = [instanceOf(ada), instanceOf(bob)];
    const before = await codec.encode([json(SECRET)], ofAda);
    const other = await codec.encode([json(SECRET)], ofBob);
    await keyProvider.destroy(ada);
    const gone = { code: 'KEY_SHREDDED', name: 'KEY_SHREDDED' };
    await expect(codec.decode(before, ofAda)).rejects.toMatchObject(gone);
    await expect(codec.encode([json(SECRET)], ofAda)).rejects.toMatchObject(gone);
    expect((await codec.decode(other, ofBob)).map(valueIn)).toEqual([SECRET]);
  });

  test('what a workflow of a worker gives again at a replay becomes a tombstone that is read as nothing', async () => {
    const { ada, keyProvider } = await twoCustomers();
    const { worker } = createDataConverters({ keyProvider });
    const [codec] = worker.payloadCodecs ?? [];
    await keyProvider.destroy(ada);
    const [encoded] = (await codec?.encode([json(SECRET)], instanceOf(ada))) ?? [];
    expect(textOf(encoded, 'encoding')).toBe('binary/shredded');
    expect(encoded?.data).toHaveLength(0);
    const [decoded] = (await codec?.decode([encoded as Payload], instanceOf(ada))) ?? [];
    expect(textOf(decoded, 'encoding')).toBe('binary/null');
  });

  test('what an activity gives becomes a tombstone that no one decodes', async () => {
    const { codec, ada, keyProvider } = await twoCustomers();
    await keyProvider.destroy(ada);
    const { workflowId } = instanceOf(ada);
    const context = { type: 'activity', namespace: 'default', workflowId, isLocal: false } as const;
    const [encoded] = await codec.encode([json(SECRET)], context);
    expect(textOf(encoded, 'encoding')).toBe('binary/shredded');
    expect(encoded?.data).toHaveLength(0);
    await expect(codec.decode([encoded as Payload], context)).rejects.toMatchObject({
      code: 'KEY_SHREDDED',
    });
  });
});
