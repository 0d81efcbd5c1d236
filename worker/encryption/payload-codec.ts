/**
 * Encrypts everything that Temporal stores, under the key of the customer whom the workflow id names.
 *
 * Strict both ways: without a key nothing is encoded, and only what we encrypted is decoded. The server itself writes
 * no payload that reaches a codec (search attributes and headers do not), so no exception is made for it.
 */
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { DataKeys } from './data-keys.js';
import { close, open, packWithinLimit, readEnvelope, SHREDDED } from './envelope.js';
import { EncryptionFailure, failure, isFailure } from './failure.js';
import { isFailureText, replacementText } from './failure-payload.js';
import { keyIdOf } from './key-id.js';

/** A payload that was refused: an alarm, and an entry of the audit. Ids only. */
export interface Refusal {
  readonly code: EncryptionFailure['code'];
  readonly message: string;
  readonly workflowId: string | null;
}

/** What the codec needs. */
export interface PayloadCodecOptions {
  readonly dataKeys: DataKeys;
  /** Told of each payload that decode refuses as foreign or tampered. */
  readonly onRefused?: ((refusal: Refusal) => void) | undefined;
  /** What workflows give each other under a key that is gone is a tombstone, and read as nothing; absent: it throws. */
  readonly isOfWorker?: boolean;
}

/**
 * Makes the codec.
 *
 * Errors of encode: `KEY_ID_MISSING`, `KEY_SHREDDED`, `KEY_UNKNOWN`, `PAYLOAD_TOO_LARGE`; of decode: `KEY_ID_MISSING`,
 * `KEY_SHREDDED`, `KEY_UNKNOWN`, `PAYLOAD_NOT_ENCRYPTED`, `PAYLOAD_REFUSED`. What the key provider throws passes
 * through and is retried by Temporal. Class: side effect. Source: Temporal, "Payload codecs"; NIST SP 800-38D.
 */
export function createPayloadCodec(options: PayloadCodecOptions): PayloadCodec {
  const { onRefused } = options;
  return {
    encode: (payloads, context) => each(payloads, (payload) => encode(options, payload, context)),
    decode: async (payloads, context) => {
      try {
        return await each(payloads, (payload) => decodeOrNothing(options, payload, context));
      } catch (error) {
        report(error, context, onRefused);
        throw error;
      }
    },
  };
}

/** In order, one after the other: most come from the cache, and a list holds one or two. */
async function each(
  payloads: readonly Payload[],
  convert: (payload: Payload) => Promise<Payload>,
): Promise<Payload[]> {
  const converted: Payload[] = [];
  for (const payload of payloads) converted.push(await convert(payload));
  return converted;
}

async function encode(
  options: PayloadCodecOptions,
  payload: Payload,
  context: SerializationContext | undefined,
): Promise<Payload> {
  const { dataKeys } = options;
  if (!context && isFailureText(payload)) return detach(dataKeys, payload);
  try {
    const keyId = keyIdOf(context);
    const packed = packWithinLimit(payload);
    const ready = dataKeys.writing(keyId);
    return close(packed, ready instanceof Promise ? await ready : ready, 'payload');
  } catch (error) {
    return lastResort(options, payload, context, error);
  }
}

/**
 * Saves the worker from a customer whose key is gone: the text of a failure is replaced by ours, and what an activity
 * gives becomes a tombstone that nobody can decode. So does what a workflow gives: one that outlives the customer writes
 * what it once gave to the customer's workflows again whenever it is replayed, and nobody reads that. Else it throws.
 */
async function lastResort(
  { dataKeys, isOfWorker = false }: PayloadCodecOptions,
  payload: Payload,
  context: SerializationContext | undefined,
  error: unknown,
): Promise<Payload> {
  if (error instanceof EncryptionFailure && isFailureText(payload)) {
    return detach(dataKeys, replacementText(error));
  }
  const isGiven = context !== undefined && (context.type === 'activity' || isOfWorker);
  if (isGiven && isFailure(error, 'KEY_SHREDDED')) {
    const metadata = { encoding: Buffer.from(SHREDDED), 'key-id': Buffer.from(keyIdOf(context)) };
    return { metadata, data: new Uint8Array() };
  }
  throw error;
}

async function detach(dataKeys: DataKeys, text: Payload): Promise<Payload> {
  return close(packWithinLimit(text), await dataKeys.writing(SYSTEM_KEY_ID), 'detached');
}

/** No value at all, as the SDK writes it. */
const NOTHING: Payload = { metadata: { encoding: Buffer.from('binary/null') } };

/**
 * Saves a workflow that outlives a customer: the result of a workflow that it called is in its history under that one's
 * key. A workflow whose own key is gone reads no start then, and goes nowhere.
 */
async function decodeOrNothing(
  { dataKeys, isOfWorker = false }: PayloadCodecOptions,
  payload: Payload,
  context: SerializationContext | undefined,
): Promise<Payload> {
  try {
    return await decode(dataKeys, payload, context);
  } catch (error) {
    const isGiven = isOfWorker && context?.type === 'workflow';
    if (isGiven && isFailure(error, 'KEY_SHREDDED')) return NOTHING;
    throw error;
  }
}

async function decode(
  dataKeys: DataKeys,
  payload: Payload,
  context: SerializationContext | undefined,
): Promise<Payload> {
  const envelope = readEnvelope(payload);
  const { keyId, dekId, wrapped, purpose } = envelope;
  const expected = purpose === 'detached' ? SYSTEM_KEY_ID : keyIdOf(context);
  if (keyId !== expected) {
    const detail = `it was found under key '${expected}'`;
    throw failure('PAYLOAD_REFUSED', { keyId, detail });
  }
  const ready = dataKeys.reading(keyId, dekId, wrapped);
  return open(payload, envelope, ready instanceof Promise ? await ready : ready);
}

function report(
  error: unknown,
  context: SerializationContext | undefined,
  onRefused: PayloadCodecOptions['onRefused'],
): void {
  const isForeign =
    isFailure(error, 'PAYLOAD_REFUSED') || isFailure(error, 'PAYLOAD_NOT_ENCRYPTED');
  if (!isForeign) return;
  const { code, message } = error;
  onRefused?.({ code, message, workflowId: context?.workflowId ?? null });
}
