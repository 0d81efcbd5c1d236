/** What is too large to be sent: the server would end the instance, so it becomes an incident first. Class: pure. */
import type { Trouble } from '../../contracts/instance.js';
import { MOST_PAYLOAD_BYTES, sizeOf } from '../instance/size.js';

/** Why `input` cannot be given to `whom`; null when it can. */
export function tooLargeFor(whom: string, input: unknown): Trouble | null {
  const size = sizeOf(input);
  if (size <= MOST_PAYLOAD_BYTES) return null;
  const message = `${whom} takes ${MOST_PAYLOAD_BYTES} bytes at most, but is given about ${size}`;
  return { code: 'PAYLOAD_TOO_LARGE', message };
}
