/**
 * What is of a customer is sealed before it is written, so that destroying the customer's key erases it wherever the
 * database has put it: tables, dead rows, logs, backups. Source: docs/decisions/0016-the-store-is-sealed-at-rest.md.
 */
import { canonicalJson } from '../../audit/index.js';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { Json } from '../../engine/model/index.js';
import { jsonText } from '../columns.js';
import type { Sealer } from '../customers/sealer.js';
import { storeFailure } from '../failure.js';
import { createGate } from './gate.js';

/** What a store is given to seal with. */
export interface Sealing {
  readonly sealer: Sealer;
  /** A keyed hash under the deployment's own key: equal texts give equal marks, and a mark alone tells nothing. */
  readonly fingerprint: (text: string) => Promise<string>;
}

/** Where a sealed value belongs: table, key of its row, column. Elsewhere it does not open. */
export type Place = readonly (string | number)[];

/** Seals and opens JSON values, and bytes. Class: side effect. */
export interface Seals {
  /** Errors: `STORE_UNSEALED` without a sealer, those of `Sealer.seal`. */
  readonly seal: (keyId: string, value: unknown, place: Place) => Promise<Buffer>;
  /** Null: its key was destroyed. Errors: `STORE_UNSEALED` without a sealer, those of `Sealer.open`. */
  readonly open: (
    keyId: string,
    sealed: Uint8Array,
    place: Place,
  ) => Promise<{ readonly value: Json } | null>;
  /** The same of bytes as they are. Errors: as `seal`. */
  readonly sealBytes: (keyId: string, plain: Uint8Array, place: Place) => Promise<Buffer>;
  /** Null: its key was destroyed. Errors: as `open`. */
  readonly openBytes: (keyId: string, sealed: Uint8Array, place: Place) => Promise<Buffer | null>;
  /** What a sealed variable is found by; null without a sealer, and for a value that is nested too deep to be compared. */
  readonly markOf: (name: string, value: Json) => Promise<string | null>;
  /** A hash of what may be personal, so that nobody can try out what it was made of. Errors: `STORE_UNSEALED`. */
  readonly blind: (hash: string) => Promise<string>;
}

/** Whether what belongs to this key is sealed. Class: pure. */
export function isSealedUnder(keyId: string): boolean {
  return keyId !== SYSTEM_KEY_ID;
}

/** Values that are sealed or opened at a time: their keys may come from files, of which only so many can be open. */
const AT_A_TIME = 32;

/** Makes what seals for a store; null: it can hold nothing of customers. */
export function createSeals(sealing: Sealing | null): Seals {
  const gate = createGate(AT_A_TIME);
  const given = (keyId: string): Sealing => {
    if (sealing) return sealing;
    throw storeFailure('STORE_UNSEALED', { key: keyId });
  };
  const sealBytes: Seals['sealBytes'] = async (keyId, plain, place) => {
    const { sealer } = given(keyId);
    return gate(() => sealer.seal(keyId, plain, JSON.stringify(place)));
  };
  const openBytes: Seals['openBytes'] = async (keyId, sealed, place) => {
    const { sealer } = given(keyId);
    return gate(() => sealer.open(keyId, sealed, JSON.stringify(place)));
  };
  return {
    ...{ sealBytes, openBytes },
    seal: (keyId, value, place) => sealBytes(keyId, Buffer.from(jsonText(value), 'utf8'), place),
    open: async (keyId, sealed, place) => {
      const plain = await openBytes(keyId, sealed, place);
      return plain && { value: JSON.parse(plain.toString('utf8')) as Json };
    },
    markOf: async (name, value) => {
      if (!sealing) return null;
      const text = comparable(name, value);
      return text === null ? null : sealing.fingerprint(`variable\n${text}`);
    },
    blind: async (hash) => given('of a customer').fingerprint(`request\n${hash}`),
  };
}

/** The text of a variable, the same for equal values; null when it is nested deeper than the stack reaches. */
function comparable(name: string, value: Json): string | null {
  try {
    // What the database cannot hold is replaced, as it is in what is sealed.
    return canonicalJson(JSON.parse(jsonText({ name, value })) as { name: string; value: Json });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Bytes as PostgreSQL reads them from a text. Class: pure. */
export function bytesText(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
}
