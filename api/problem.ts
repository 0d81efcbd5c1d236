/** What goes wrong, as HTTP tells it: a status, a code of the catalogue, no more. Source: RFC 9457. Class: pure. */
import { z } from 'zod';
import { happening } from '../contracts/tasks.js';
import { explain } from '../engine/errors/index.js';
import type { Json } from '../engine/model/index.js';

/** Codes that people may see on a page, and the status of each. */
export const PAGE_STATUS = {
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
  LOGIN_NAME_TAKEN: 409,
  PASSWORD_COMMON: 422,
  PASSWORD_LENGTH: 422,
  PROVIDER_NO_ROLE: 403,
  PROVIDER_REFUSED: 401,
  PROVIDER_STATE: 400,
  PROVIDER_UNAVAILABLE: 503,
  SIGN_IN_TOO_MANY: 429,
  TASK_LINK_CHOICE: 409,
  TASK_LINK_OVER: 410,
  TASK_LINK_USED: 410,
} as const;

/** Codes that the app answers with, and the status of each. */
export const STATUS = {
  ...PAGE_STATUS,
  ARCHIVE_DUPLICATE: 422,
  ARCHIVE_EMPTY: 422,
  ARCHIVE_ENCRYPTED: 422,
  ARCHIVE_LINK: 422,
  ARCHIVE_NAME: 422,
  ARCHIVE_NOT_TEXT: 422,
  ARCHIVE_RATIO: 422,
  ARCHIVE_TOO_LARGE: 422,
  ARCHIVE_TOO_MANY: 422,
  ARCHIVE_UNREADABLE: 422,
  ATTACHMENTS_TOO_MANY: 409,
  ATTACHMENT_NAME: 400,
  ATTACHMENT_NOT_YOURS: 403,
  ATTACHMENT_TOO_LARGE: 413,
  ATTACHMENT_TYPE: 415,
  CASE_TOO_LARGE: 422,
  LOG_RANGE_TOO_LARGE: 422,
  NUMBER_INEXACT: 400,
  CSRF: 403,
  FACTOR_MISSING: 403,
  FACTOR_REQUIRED: 401,
  FACTOR_THERE: 409,
  FACTOR_WRONG: 403,
  DRAFT_CHANGED: 412,
  DRAFT_CLOSED: 409,
  DRAFT_FILE_CHANGED: 412,
  DRAFT_REFUSED: 422,
  DRAFT_TOO_LARGE: 422,
  DRAFT_UNKNOWN: 404,
  FORBIDDEN: 403,
  FOUR_EYES: 403,
  HOOK_BUSY: 503,
  HOOK_MAPPING: 422,
  HTTP_PARTS_SILENT: 503,
  IDEMPOTENCY_KEY_USED: 409,
  SECRET_SHOWN_ONCE: 409,
  INPUT_INVALID: 400,
  HOLD_PROCESS_MISSING: 409,
  LAST_ADMIN: 409,
  NOT_FOUND: 404,
  PASSWORD_WRONG: 403,
  PLAY_TOO_LONG: 422,
  PORTFOLIO_PERSON_UNKNOWN: 422,
  READ_ONLY: 403,
  REASON_REQUIRED: 403,
  RESOURCE_EXHAUSTED: 429,
  SIGN_IN_REFUSED: 401,
  SUBSTITUTE_INVALID: 422,
  SUBSTITUTES_TOO_MANY: 409,
  TASK_DRAFT_CHANGED: 412,
  TASK_OVER: 409,
  STEP_UP_REQUIRED: 403,
  TOKEN_INSUFFICIENT: 403,
  TOKEN_EXPIRY: 422,
  TOKEN_SCOPE: 422,
  UNAUTHENTICATED: 401,
  UNKNOWN_PROPERTY: 422,
  VIEWS_TOO_MANY: 409,
  VIEW_CHANGED: 412,
  WEBHOOK_SIGNATURE: 401,
  WEBHOOK_URL: 422,
  WEBHOOKS_TOO_MANY: 409,
} as const;

/** One of them that has a page. */
export type PageCode = keyof typeof PAGE_STATUS;

/** One of them. */
export type ProblemCode = keyof typeof STATUS;

/** Whether a code is one of them. */
export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(STATUS, code);

type Facts = Readonly<Record<string, string | number>>;

/** Thrown by a route, answered by the problem plugin. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly facts: Facts = {},
    /** Seconds until the same again may do. */
    readonly retryAfter: number | null = null,
    /** What else is told of it, by name. */
    readonly more: Readonly<Record<string, Json>> = {},
  ) {
    super(code);
  }
}

/** The body of `application/problem+json`, by its schema. */
export const PROBLEM = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What was expected, what there was instead, and what to do.'),
    code: z.string().describe('A code of docs/errors.md.'),
    problems: z
      .array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() }))
      .optional()
      .describe('What does not fit a form, field by field.'),
    meanwhile: z
      .array(happening)
      .optional()
      .describe('Who was first with a task: what the caller had not seen, the oldest first.'),
    requestId: z.string().describe('As the log and the audit have it.'),
  })
  .meta({ id: 'Problem' });

/** The same under `/v2`. */
export const CAMUNDA_PROBLEM = z
  .strictObject({
    ...{ type: z.string(), title: z.string(), status: z.int(), detail: z.string() },
    instance: z.string(),
  })
  .meta({ id: 'CamundaProblem' });

/** The body of `application/problem+json`. */
export function problemBody(code: ProblemCode, request: string, facts: Facts = {}) {
  return {
    type: `urn:jornada:problem:${code.toLowerCase()}`,
    title: code,
    status: STATUS[code],
    detail: explain(code, { request, ...facts } as never),
    code,
    requestId: request,
  };
}

/** The same as Camunda's clients take it: they refuse properties that they do not know. */
export function camundaProblemBody(
  code: ProblemCode,
  request: string,
  instance: string,
  facts: Facts = {},
) {
  const { detail } = problemBody(code, request, facts);
  const isInput = code === 'INPUT_INVALID' || code === 'UNKNOWN_PROPERTY';
  const title = isInput ? 'INVALID_ARGUMENT' : code;
  const status = isInput ? 400 : STATUS[code];
  return { type: 'about:blank', title, status, detail, instance };
}
