/** Names that depend on an instance and a place in it alone: the same at each attempt, in each run. Class: pure. */
import { createHash } from 'node:crypto';
import { uuidV7 } from '../identifiers.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Key under which an effect on the outside world happens once: base32(sha256(instance, element instance, ordinal)).
 * Source: docs/design.md D12, RFC 4648 §6.
 */
export function effectKey(instanceId: string, elementInstanceId: string, ordinal: number): string {
  const text = `${instanceId}\n${elementInstanceId}\n${ordinal}`;
  return base32(createHash('sha256').update(text).digest());
}

/**
 * Id of a called instance: shaped as UUIDv7 with the time of the call, its other bits from caller and child id.
 *
 * @param at - instant of the call, ISO 8601 UTC
 * Source: RFC 9562 §5.7.
 */
export function calledInstanceId(instanceId: string, childId: string, at: string): string {
  const bytes = createHash('sha256')
    .update(`call\n${instanceId}\n${childId}`)
    .digest()
    .subarray(0, 16);
  return uuidV7(Date.parse(at), bytes);
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >>> bits) & 31];
    }
    value &= 0xff;
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}
