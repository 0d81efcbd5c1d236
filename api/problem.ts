/** What goes wrong, as HTTP tells it: a status, a code of the catalogue, no more. Source: RFC 9457. Class: pure. */
import { explain } from '../engine/errors/index.js';

/** Codes that the app answers with, and the status of each. */
export const STATUS = {
  HTTP_BODY_TOO_LARGE: 413,
  HTTP_CROSS_SITE: 403,
  HTTP_INTERNAL: 500,
  HTTP_NOT_FOUND: 404,
  HTTP_NOT_READY: 503,
  HTTP_REQUEST_INVALID: 400,
  HTTP_TOO_MANY: 429,
  LINK_EXPIRED: 410,
  LINK_REPLACED: 410,
  LINK_REVOKED: 410,
  LINK_UNKNOWN: 404,
  LINK_USED_UP: 410,
} as const;

/** One of them. */
export type ProblemCode = keyof typeof STATUS;

/** Thrown by a route, answered by the problem plugin. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(readonly code: ProblemCode) {
    super(code);
  }
}

/** The body of `application/problem+json`. */
export function problemBody(code: ProblemCode, request: string) {
  return {
    type: `urn:jornada:problem:${code.toLowerCase()}`,
    title: code,
    status: STATUS[code],
    detail: explain(code, { request } as never),
    code,
    requestId: request,
  };
}
