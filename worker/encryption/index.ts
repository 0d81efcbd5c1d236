/** Encryption of everything that Temporal stores. */
export {
  createDataConverter,
  createDataConverters,
  type DataConverterOptions,
} from './data-converter.js';
export { encodedBytes, MAX_ENCODED_BYTES } from './envelope.js';
export { EncryptionFailure, isFailure } from './failure.js';
export { createFileKeys } from './file-keys.js';
export { isKeyId, keyIdIn } from './key-id.js';
export type { KeyHealth, KeyProvider } from './key-provider.js';
export { createKeyedHash, type KeyedHash } from './keyed-hash.js';
export { type LocalKeyringOptions, openLocalKeyring } from './keyring/local-keyring.js';
export { type MasterKeyEnvironment, parseMasterKey, readMasterKey } from './keyring/master-key.js';
export type { Exclusive } from './keyring/place.js';
export type { Refusal } from './payload-codec.js';
export { createSealer } from './sealer.js';
export { createSealing } from './sealing.js';
