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

/** The two of a process: what a client writes and what its worker writes. */
export interface DataConverters {
  readonly client: DataConverter;
  /** Of a worker: a workflow is replayed though the key of another, which it once started, is gone. */
  readonly worker: DataConverter;
}

/**
 * Makes the options `dataConverter` of `Client` and `Worker`. One pair for a process: its data keys are cached in it.
 *
 * Class: side effect. Source: Temporal, "Converters and codecs".
 */
export function createDataConverters({
  keyProvider,
  onRefused,
}: DataConverterOptions): DataConverters {
  const dataKeys = createDataKeys({ keyProvider });
  const converter = (isOfWorker: boolean): DataConverter => ({
    payloadCodecs: [createPayloadCodec({ dataKeys, onRefused, isOfWorker })],
    failureConverterPath: fileURLToPath(new URL('./failure-converter.cjs', import.meta.url)),
  });
  return { client: converter(false), worker: converter(true) };
}

/** The one of a client alone. */
export function createDataConverter(options: DataConverterOptions): DataConverter {
  return createDataConverters(options).client;
}
