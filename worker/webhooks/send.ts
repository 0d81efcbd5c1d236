/** Sends one delivery, and says what came of it and when to try again. Class: side effect. */
import { ApplicationFailure } from '@temporalio/common';
import { destinationOf, type Egress } from '../../activities/http/egress.js';
import { exchange } from '../../activities/http/exchange.js';
import { signedHeaders } from '../../api/index.js';
import type { HeldDelivery, Tried, Webhook } from '../../store/index.js';

const LIMITS = { withinMs: 10_000, mostBytes: 64 * 1024 };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** After each try that failed; there is none after the last. Source: Standard Webhooks, "Delivery attempts and retries". */
export const PAUSES_MS: readonly number[] = [
  ...[5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE],
  ...[2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR],
];

/** The receiver wants it no more. */
const GONE = 410;

/** Tries once. `at`: milliseconds since 1970. */
export async function send(
  egress: Egress,
  { url, secrets }: Webhook,
  delivery: HeldDelivery,
  now: () => number,
): Promise<Tried> {
  const { deliveryId: id, body, attempts } = delivery;
  const failed = (last: string, isFinal = false): Tried => {
    const pause = isFinal ? undefined : PAUSES_MS[attempts - 1];
    const nextAt = pause === undefined ? null : new Date(now() + pause).toISOString();
    return { kind: 'failed', last, nextAt };
  };
  try {
    const destination = await destinationOf(url, egress);
    const headers = {
      ...{ 'content-type': 'application/json', accept: '*/*', 'user-agent': 'jornada' },
      ...signedHeaders({ id, at: now(), body }, secrets),
    };
    const outcome = await exchange(destination, { method: 'POST', headers, body }, LIMITS);
    // What it answers is not kept: only that it did.
    if (outcome.kind !== 'answered') return failed(outcome.kind.toUpperCase());
    const { status } = outcome;
    if (status >= 200 && status < 300) return { kind: 'delivered', last: String(status) };
    return failed(String(status), status === GONE);
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    return failed(error.type ?? 'HTTP_UNAVAILABLE', error.nonRetryable === true);
  }
}

/** Why an address may not be reached; null: it may, as far as its name tells now. */
export async function refusalOf(egress: Egress, url: string): Promise<string | null> {
  try {
    await destinationOf(url, egress);
    return null;
  } catch (error) {
    const isRefused = error instanceof ApplicationFailure && error.type === 'EGRESS_DENIED';
    return isRefused ? 'it is of no such place' : null;
  }
}
