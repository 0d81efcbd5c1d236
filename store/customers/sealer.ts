/**
 * The port by which the store seals what is personal. It knows no key: `worker/encryption` carries it out.
 */

/** Seals and opens. */
export interface Sealer {
  /**
   * Seals bytes under a customer's key, bound to their place: elsewhere they do not open.
   *
   * Errors: `KEY_SHREDDED`, `KEY_UNKNOWN`. Class: side effect (random nonce, reads keys).
   */
  readonly seal: (keyId: string, plain: Uint8Array, place: string) => Promise<Buffer>;
  /**
   * Opens what was sealed; null when its key was destroyed.
   *
   * Errors: `KEY_UNKNOWN`; `SEALED_VALUE_REFUSED` when key, place or any byte is another one. Class: side effect.
   */
  readonly open: (keyId: string, sealed: Uint8Array, place: string) => Promise<Buffer | null>;
}

/** The keyring as the store needs it. */
export interface CustomerKeys {
  /** Makes the keys that are not there yet. @returns those that can be used: all but the destroyed */
  readonly ensure: (keyIds: readonly string[]) => Promise<readonly string[]>;
}
