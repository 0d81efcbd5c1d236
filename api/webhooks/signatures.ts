/** Signatures of webhooks. Source: Standard Webhooks 1.0. Class: pure, but for chance and the clock of the machine. */
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** Makes a secret as receivers take it. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** A webhook as it is sent. `at`: milliseconds since 1970. */
export interface Signed {
  readonly id: string;
  readonly at: number;
  readonly body: string;
}

/** Headers of a webhook: one signature for each secret that counts. */
export function signedHeaders(
  { id, at, body }: Signed,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const instant = new Date(at);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': secrets
      .map((secret) => new Webhook(secret).sign(id, instant, body))
      .join(' '),
  };
}

/** What a sender shows. */
export interface Shown {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
}

const ID = /^[\x21-\x7e]{1,200}$/;

/** What is shown by headers; null: something is missing, or is nothing of the kind. */
export function shownIn(headers: Readonly<Record<string, unknown>>): Shown | null {
  const {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  } = {
    ...headers,
  };
  const isText = typeof id === 'string' && typeof signature === 'string';
  if (!isText || typeof timestamp !== 'string') return null;
  return ID.test(id) && /^\d{1,12}$/.test(timestamp) ? { id, timestamp, signature } : null;
}

/** Whether one of the secrets signed it, within five minutes of now. Compared in a time that tells nothing. */
export function isSigned(body: Buffer, shown: Shown, secrets: readonly string[]): boolean {
  const headers = {
    ...{ 'webhook-id': shown.id, 'webhook-timestamp': shown.timestamp },
    'webhook-signature': shown.signature,
  };
  return secrets.some((secret) => {
    try {
      new Webhook(secret).verify(body, headers, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  });
}
