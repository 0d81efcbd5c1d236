/** The token of a link, as pages send it. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Problem } from './problem.js';

/** Whoever copies by hand may bring the whole link along. */
export const linkBody = z.object({
  token: z
    .string()
    .describe('What stands behind # in the link.')
    .max(2000)
    .transform((text) => text.trim().replace(/^[^#]*#/, '')),
});

/** 256 bits in base64url. */
const TOKEN = /^[\w-]{43}$/;

/** The token in a body. Errors: `HTTP_REQUEST_INVALID`; `LINK_UNKNOWN` for what is no token of ours. Class: pure. */
export function tokenIn(body: unknown): string {
  const read = linkBody.safeParse(body);
  if (!read.success) throw new Problem('HTTP_REQUEST_INVALID');
  if (!TOKEN.test(read.data.token)) throw new Problem('LINK_UNKNOWN');
  return read.data.token;
}

/** By which the store knows a token. Class: pure. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
