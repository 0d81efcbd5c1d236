/**
 * The port to whoever keeps the keys: the local keyring by default, a key management service in production.
 *
 * A provider holds one key-encrypting key (KEK) for each customer and never gives it away. It wraps and unwraps the
 * data keys (DEK) that encrypt payloads, and it can destroy a KEK, after which nothing under it can be read again.
 */

/** What a provider says of itself. */
export interface KeyHealth {
  readonly ok: boolean;
  /** Keys that can be used. */
  readonly keys: number;
  /** Keys that were destroyed. */
  readonly shredded: number;
  /** What is wrong, in words for an operator; empty when `ok`. */
  readonly problems: readonly string[];
}

/**
 * Keeps key-encrypting keys by customer key id (a lower-case UUID, or `system`).
 *
 * Errors of `wrap`, `unwrap`, `derive`: `KEY_SHREDDED` after `destroy`; `KEY_UNKNOWN` when there never was such a key;
 * anything else means that keys cannot be reached at the moment. Class: side effect.
 */
export interface KeyProvider {
  /**
   * Makes a key, or leaves the one that is there.
   *
   * @param keyId - a new random UUID when absent
   * @returns its id. Errors: `KEY_ID_INVALID`, `KEY_SHREDDED` (an id is never used twice).
   */
  readonly create: (keyId?: string) => Promise<string>;
  /**
   * Makes many keys at once, and leaves those that are there.
   *
   * @returns those of the ids that can be used: all but the destroyed. Errors: `KEY_ID_INVALID`.
   */
  readonly createAll: (keyIds: readonly string[]) => Promise<readonly string[]>;
  /** Encrypts a data key under the KEK, bound to `aad`. */
  readonly wrap: (keyId: string, plain: Uint8Array, aad: Uint8Array) => Promise<Buffer>;
  /** Undoes `wrap`. Errors: `PAYLOAD_REFUSED` when key, `aad` or bytes do not belong together. */
  readonly unwrap: (keyId: string, wrapped: Uint8Array, aad: Uint8Array) => Promise<Buffer>;
  /** 32 bytes that depend on the KEK and the purpose alone, and die with the KEK. */
  readonly derive: (keyId: string, purpose: string) => Promise<Buffer>;
  /** Makes everything under the key unreadable for ever; a second call finishes what a killed one began. */
  readonly destroy: (keyId: string) => Promise<void>;
  /** Ids of the keys that can be used, sorted. */
  readonly list: () => Promise<readonly string[]>;
  readonly health: () => Promise<KeyHealth>;
  /** Tells of destroyed keys, so that nobody keeps what they unwrapped. @returns a function that stops it */
  readonly onDestroy: (listener: (keyId: string) => void) => () => void;
}
