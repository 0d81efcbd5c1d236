/**
 * `http-request`: one request to another system, whose effect happens once. Internal addresses are refused unless the
 * operator allows them by name. Class: side effect.
 */
import * as z from 'zod';
import type { Json } from '../engine/model/index.js';
import { type HttpAnswer, requestOnce } from './http/request-once.js';
import { sideEffect } from './side-effect.js';

/** Header by which a receiver takes a request once; RFC draft "Idempotency-Key". */
const IDEMPOTENCY_KEY = 'idempotency-key';

const HEADER = z.string().regex(/^[\t\x20-\x7e]*$/, 'a header of printable ASCII characters');
const NAME = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'the name of a header');
const STATUS = z.number().int().min(200).max(599);

const INPUT = z.object({
  url: z.string().min(1).max(8_000),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  headers: z.record(NAME, HEADER).default({}),
  body: z.json().optional(),
  /** The receiver takes a request with this `Idempotency-Key` once, however often it comes. */
  idempotent: z.boolean().default(false),
  /** Statuses that are answers as well, such as 404. */
  accept: z.array(STATUS).default([]),
});

/** `http-request`: `{url, method?, headers?, body?, idempotent?, accept?}` → `{response: {status, body}}`. */
export const httpRequest = sideEffect({
  type: 'http-request',
  describes: {
    title: 'HTTP request',
    says: 'Asks another system, once.',
    output: { response: 'status and body of the answer' },
  },
  input: INPUT,
  run: async (input, job, { effects, egress }) => {
    const { url, method, accept } = input;
    const answer = await requestOnce({ effects, egress }, job, {
      url,
      method,
      headers: headersOf(input, job.effectKey),
      body: bodyOf(input.body),
      isRepeatable: input.idempotent || method === 'PUT' || method === 'DELETE',
      accepts: (status) => (status >= 200 && status < 300) || accept.includes(status),
    });
    return { response: { status: answer.status, body: readBody(answer) } };
  },
});

/** What the model gives wins, but for the key of the effect. */
function headersOf({ headers, method, body }: z.infer<typeof INPUT>, effectKey: string) {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    accept: 'application/json',
    'user-agent': 'jornada',
    ...(body !== undefined && typeof body !== 'string' && { 'content-type': 'application/json' }),
    ...(Object.fromEntries(given) as Record<string, string>),
    ...(method === 'GET' || method === 'HEAD' ? {} : { [IDEMPOTENCY_KEY]: effectKey }),
  };
}

const bodyOf = (body: Json | undefined): string | null =>
  body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);

/** JSON as its value, everything else as text. */
function readBody({ body, contentType }: HttpAnswer): Json {
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(contentType)) return body;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return body;
  }
}
