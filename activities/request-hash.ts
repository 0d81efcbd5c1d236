/** What makes an effect this effect, as the ledger compares it: another request under one key is a conflict. */
import { createHash } from 'node:crypto';
import type { Json } from '../engine/model/index.js';

/** SHA-256 in hex of a request as JSON, whose entries are to stand in the same order at each attempt. Class: pure. */
export function requestHash(request: Json): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
