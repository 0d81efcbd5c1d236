import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Payload } from '@temporalio/common';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPayload, writePayload } from '../../worker/encryption/payload-wire.js';

/** The SDK's own reader and writer of payloads. */
const { temporal } = createRequire(import.meta.url)('@temporalio/proto') as {
  temporal: {
    api: {
      common: {
        v1: {
          Payload: {
            encode: (payload: Payload) => { finish: () => Uint8Array };
            decode: (bytes: Uint8Array) => Payload;
          };
        };
      };
    };
  };
};
const Standard = temporal.api.common.v1.Payload;

const bytes = fc.uint8Array({ maxLength: 400 }).map((value) => Buffer.from(value));
const payloads = fc.record({
  metadata: fc.dictionary(fc.string({ minLength: 1 }), bytes, { noNullPrototype: true }),
  data: bytes,
});

function plain({ metadata, data }: Payload): object {
  const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, hex(value)]);
  return { metadata: entries.sort(), data: hex(data ?? new Uint8Array()) };
}

test('what we write the SDK reads, and the other way round', () => {
  fc.assert(
    fc.property(payloads, (payload) => {
      expect(plain(Standard.decode(writePayload(payload)))).toEqual(plain(payload));
      const theirs = readPayload(Buffer.from(Standard.encode(payload).finish()));
      expect(theirs && plain(theirs)).toEqual(plain(payload));
    }),
  );
});

test('lengths at the edges of a varint survive', () => {
  for (const length of [0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152]) {
    const payload = {
      metadata: { encoding: Buffer.from('binary/plain') },
      data: randomBytes(length),
    };
    const read = readPayload(writePayload(payload));
    expect(Buffer.compare(read?.data ?? Buffer.alloc(1), payload.data)).toBe(0);
  }
});

test('anything else is no payload, and never throws', () => {
  fc.assert(
    fc.property(bytes, (any) => {
      expect(() => readPayload(any)).not.toThrow();
    }),
  );
  for (const hex of ['12', '1205aa', '0a03', '12ffffffffff', '0801', '0a0212ff']) {
    expect(readPayload(Buffer.from(hex, 'hex'))).toBeNull();
  }
});
