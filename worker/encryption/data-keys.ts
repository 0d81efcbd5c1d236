/**
 * Data keys: one a customer key, month and process, made at random, wrapped by the provider and carried, wrapped, in
 * every payload that it encrypted. So there is no store of data keys to lose, to back up in step, or to share.
 *
 * A data key in plain is kept for at most five minutes and dropped at once when its customer key is destroyed.
 */
import { randomBytes } from 'node:crypto';
import { failure } from './failure.js';
import type { KeyProvider } from './key-provider.js';
import { KEY_BYTES } from './seal.js';

/** How long a data key stays in memory in plain. */
export const PLAIN_KEY_MS = 5 * 60_000;
/** Messages under one data key, after which the next one is made. Source: NIST SP 800-38D, 8.3. */
export const MAX_MESSAGES = 2 ** 32;
/** Keys that are remembered; the oldest is forgotten first. */
const MAX_KEYS = 10_000;

/** A data key in plain. Use it and let it go. */
export interface DataKey {
  readonly keyId: string;
  readonly dekId: string;
  readonly key: Buffer;
  readonly wrapped: Uint8Array;
  /** When it has to be unwrapped again, in milliseconds of the clock. */
  readonly until: number;
}

/** What data keys need; the rest of the options is for tests. */
export interface DataKeysOptions {
  readonly keyProvider: KeyProvider;
  readonly now?: () => number;
  readonly maxMessages?: number;
}

/** Data keys at hand. */
export interface DataKeys {
  /** The key to encrypt with: at once when it is cached. Counts one message. Errors: those of the provider. */
  readonly writing: (keyId: string) => DataKey | Promise<DataKey>;
  /** The key that a payload names. Errors: those of the provider; `PAYLOAD_REFUSED`. */
  readonly reading: (
    keyId: string,
    dekId: string,
    wrapped: Uint8Array,
  ) => DataKey | Promise<DataKey>;
}

interface Writer {
  readonly dekId: string;
  readonly wrapped: Uint8Array;
  readonly name: string;
  /** First millisecond of the next month. */
  readonly endsAt: number;
  messages: number;
}

/** Makes the data keys of a process. Class: side effect. */
export function createDataKeys(options: DataKeysOptions): DataKeys {
  const { keyProvider, now = Date.now, maxMessages = MAX_MESSAGES } = options;
  const writers = new Map<string, Writer>();
  const plain = new Map<string, DataKey>();
  const pending = new Map<string, Promise<unknown>>();
  let drops = 0;

  keyProvider.onDestroy((keyId) => {
    drops++;
    writers.delete(keyId);
    for (const [name, dataKey] of plain) if (dataKey.keyId === keyId) plain.delete(name);
  });

  /** The same work is done once, however many ask for it. */
  function once<T>(name: string, work: () => Promise<T>): Promise<T> {
    const running = pending.get(name) as Promise<T> | undefined;
    if (running !== undefined) return running;
    const started = work().finally(() => pending.delete(name));
    pending.set(name, started);
    return started;
  }

  function cached(name: string): DataKey | null {
    const dataKey = plain.get(name);
    if (!dataKey) return null;
    if (now() < dataKey.until) return dataKey;
    plain.delete(name);
    return null;
  }

  async function unwrap(keyId: string, dekId: string, wrapped: Uint8Array): Promise<DataKey> {
    for (;;) {
      const before = drops;
      const key = await keyProvider.unwrap(keyId, wrapped, dekAad(keyId, dekId));
      if (key.length !== KEY_BYTES) {
        throw failure('PAYLOAD_REFUSED', { keyId, detail: 'its data key has another length' });
      }
      if (before !== drops) continue; // a key was destroyed meanwhile: ask again
      const dataKey = { keyId, dekId, key, wrapped, until: now() + PLAIN_KEY_MS };
      remember(plain, nameOf(keyId, dekId, wrapped), dataKey, now());
      return dataKey;
    }
  }

  function reading(keyId: string, dekId: string, wrapped: Uint8Array): DataKey | Promise<DataKey> {
    const name = nameOf(keyId, dekId, wrapped);
    return cached(name) ?? once(name, () => unwrap(keyId, dekId, wrapped));
  }

  async function newWriter(keyId: string): Promise<void> {
    const before = drops;
    const made = new Date(now());
    const dekId = `${made.toISOString().slice(0, 7)}.${randomBytes(9).toString('base64url')}`;
    const key = randomBytes(KEY_BYTES);
    const wrapped = await keyProvider.wrap(keyId, key, dekAad(keyId, dekId));
    const endsAt = Date.UTC(made.getUTCFullYear(), made.getUTCMonth() + 1);
    const name = nameOf(keyId, dekId, wrapped);
    if (before !== drops) return;
    putBounded(writers, keyId, { dekId, wrapped, name, endsAt, messages: 0 });
  }

  function usable(keyId: string): Writer | null {
    const writer = writers.get(keyId);
    return writer && writer.messages < maxMessages && now() < writer.endsAt ? writer : null;
  }

  async function openWriter(keyId: string): Promise<DataKey> {
    for (;;) {
      const writer = usable(keyId);
      if (!writer) {
        await once(keyId, () => newWriter(keyId));
        continue;
      }
      const dataKey = await reading(keyId, writer.dekId, writer.wrapped);
      if (usable(keyId) !== writer) continue;
      writer.messages++;
      return dataKey;
    }
  }

  function writing(keyId: string): DataKey | Promise<DataKey> {
    const writer = usable(keyId);
    const dataKey = writer && cached(writer.name);
    if (!dataKey) return openWriter(keyId);
    writer.messages++;
    return dataKey;
  }

  return { writing, reading };
}

/** The wrapped bytes are part of the name: a payload with another wrapping never meets a cached key. */
function nameOf(keyId: string, dekId: string, wrapped: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = wrapped;
  return `${keyId}\n${dekId}\n${Buffer.from(buffer, byteOffset, byteLength).toString('latin1')}`;
}

function dekAad(keyId: string, dekId: string): Buffer {
  return Buffer.from(`jornada dek 1\n${keyId}\n${dekId}`);
}

function remember(plain: Map<string, DataKey>, name: string, dataKey: DataKey, at: number): void {
  for (const [old, { until }] of plain) {
    if (until > at && plain.size < MAX_KEYS) break; // insertion order is order of expiry
    plain.delete(old);
  }
  plain.set(name, dataKey);
}

function putBounded(writers: Map<string, Writer>, keyId: string, writer: Writer): void {
  writers.delete(keyId);
  writers.set(keyId, writer);
  const oldest = writers.keys().next().value;
  if (writers.size > MAX_KEYS && oldest !== undefined) writers.delete(oldest);
}
