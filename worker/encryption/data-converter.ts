/** The data converter that client and worker share, so that neither stores anything in plain. */
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { createDataKeys } from './data-keys.js';
import type { KeyProvider } from './key-provider.js';
import { createPayloadCodec, type Refusal } from './payload-codec.js';

/** What the data converter needs. */
export interface DataConverterOptions {
  readonly keyProvider: KeyProvider;
  /** Told of each payload that is refused as foreign or tampered: raise an alarm, write the audit. */
  readonly onRefused?: (refusal: Refusal) => void;
}

/**
 * Makes the option `dataConverter` of `Client` and `Worker`. One for a process: its data keys are cached in it.
 *
 * Class: side effect. Source: Temporal, "Converters and codecs".
 */
export function createDataConverter({
  keyProvider,
  onRefused,
}: DataConverterOptions): DataConverter {
  const dataKeys = createDataKeys({ keyProvider });
  return {
    payloadCodecs: [createPayloadCodec({ dataKeys, onRefused })],
    failureConverterPath: fileURLToPath(new URL('./failure-converter.cjs', import.meta.url)),
  };
}
