/**
 * The text of a failure, as `DefaultFailureConverter` hands it to the codec: `{ message, stack_trace }`.
 *
 * It needs care of its own, because the SDK encodes it in places where a codec that throws takes the whole worker
 * down: a workflow task that fails outside the workflow has no context, and a failing activity is encoded in the
 * handler of last resort. Source: sdk-typescript 1.24, `worker.ts` (handleActivation) and `activity.ts` (run).
 */
import type { Payload } from '@temporalio/common';
import type { EncryptionFailure } from './failure.js';

const START = Buffer.from('{"message":');

/** Whether a payload is the text of a failure. Class: pure. */
export function isFailureText({ data }: Payload): boolean {
  if (!data || Buffer.compare(data.subarray(0, START.length), START) !== 0) return false;
  try {
    const text: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    return Object.keys(text as object).every((key) => key === 'message' || key === 'stack_trace');
  } catch {
    return false;
  }
}

/** A text of our own in place of one that cannot be encrypted; it holds ids only. Class: pure. */
export function replacementText({ code, message }: EncryptionFailure): Payload {
  const text = { message: `${code}: ${message}`, stack_trace: '' };
  return {
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(text)),
  };
}
