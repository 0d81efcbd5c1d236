/**
 * One request to a SCIM server, and what its answer means. The operator's configuration of a host is the permission to
 * reach it; redirects are not followed, for credentials would go with them. Class: side effect.
 * Source: RFC 7644 §3.12 (statuses), RFC 9110 §10.2.3 (Retry-After).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { isContext, type Json } from '../../engine/model/index.js';
import { again, final } from '../failures.js';
import { destinationOf, type Egress } from '../http/egress.js';
import { type Exchange, exchange } from '../http/exchange.js';

/** A server, as one of its credentials sees it. */
export interface ScimServer {
  readonly systemId: string;
  readonly baseUrl: string;
  readonly token: string;
  /** What the credential is for: `writing` or `reading`. */
  readonly use: string;
  readonly withinMs: number;
  readonly egress: Egress;
  readonly now: () => number;
}

/** A request below the base URL. */
export interface ScimRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly ifMatch?: string | null;
  /** Statuses that are answers, besides those of success. */
  readonly accepts?: readonly number[];
}

/** An answer that was accepted; `body` is null where there is none. */
export interface ScimAnswer {
  readonly status: number;
  readonly body: Json;
  readonly etag: string | null;
}

const MOST_BYTES = 5_000_000;

/** A server that asks to come again in a moment is waited for; for longer the job comes again. */
const SHORT_WAIT_MS = 2_000;
const MOST_WAITS = 3;

const isBusy = (outcome: Exchange): outcome is Answered =>
  outcome.kind === 'answered' && outcome.status === 429;

/**
 * Asks. Errors: `SCIM_UNAVAILABLE`, `SCIM_BUSY`, `SCIM_ANSWER_INVALID`, `SCIM_CHANGED` (tried again);
 * `SCIM_UNAUTHORIZED`, `SCIM_NOT_FOUND`, `SCIM_CONFLICT`, `SCIM_REDIRECTED`, `SCIM_REFUSED` (for good).
 */
export async function ask(server: ScimServer, request: ScimRequest): Promise<ScimAnswer> {
  const url = new URL(`${server.baseUrl}${request.path}`);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    url.searchParams.set(name, value);
  }
  const egress = { ...server.egress, allowed: [...server.egress.allowed, url.host] };
  const destination = await destinationOf(url.href, egress).catch((error: unknown) => {
    throw error instanceof ApplicationFailure && error.type === 'HTTP_UNAVAILABLE'
      ? unavailable(server, 'its name has no address')
      : error;
  });
  const body = request.body === undefined ? null : JSON.stringify(request.body);
  const headers = headersOf(server, request);
  const limits = { withinMs: server.withinMs, mostBytes: MOST_BYTES };
  const send = () => exchange(destination, { method: request.method, headers, body }, limits);
  let outcome = await send();
  for (let waits = 0; waits < MOST_WAITS; waits++) {
    const wait = isBusy(outcome) ? waitOf(outcome, server.now()) : null;
    if (wait === null || wait > SHORT_WAIT_MS) break;
    await sleep(wait);
    outcome = await send();
  }
  if (outcome.kind !== 'answered') throw unavailable(server, outcome.detail);
  const { status } = outcome;
  const isAnswer = (status >= 200 && status < 300) || (request.accepts ?? []).includes(status);
  if (!isAnswer) throw failureOf(server, outcome);
  return { status, body: read(server, outcome), etag: outcome.headers.etag ?? null };
}

const headersOf = (
  { token }: ScimServer,
  { body, ifMatch }: ScimRequest,
): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${token}`,
  accept: 'application/scim+json, application/json',
  ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
  ...(ifMatch ? { 'if-match': ifMatch } : {}),
});

type Answered = Extract<Exchange, { readonly kind: 'answered' }>;

/** A body that is no JSON is a fault only where the request was taken: errors of proxies are pages. */
function read(server: ScimServer, { status, body }: Answered): Json {
  if (body.trim() === '') return null;
  try {
    return JSON.parse(body) as Json;
  } catch {
    if (status >= 400) return null;
    throw invalidAnswer(server, 'its answer is no JSON');
  }
}

/** An answer that is not what SCIM says: a proxy's page, a half-made server. It may pass, so it is tried again. */
export function invalidAnswer({ systemId }: ScimServer, detail: string): ApplicationFailure {
  return again('SCIM_ANSWER_INVALID', { system: systemId, detail });
}

function unavailable({ systemId }: ScimServer, detail: string): ApplicationFailure {
  return again('SCIM_UNAVAILABLE', { system: systemId, detail });
}

const BUSY: readonly number[] = [425, 429, 503];

function failureOf(server: ScimServer, answer: Answered): ApplicationFailure {
  const { systemId: system, use } = server;
  const { status } = answer;
  if (status >= 300 && status < 400) return final('SCIM_REDIRECTED', { system, status });
  if (status === 401 || status === 403) return final('SCIM_UNAUTHORIZED', { system, use, status });
  if (status === 404) return final('SCIM_NOT_FOUND', { system });
  if (status === 409) return final('SCIM_CONFLICT', { system });
  if (status === 412) return again('SCIM_CHANGED', { system });
  if (BUSY.includes(status)) {
    return again('SCIM_BUSY', { system, status }, waitOf(answer, server.now()));
  }
  if (status === 408 || (status >= 500 && status !== 501)) {
    return unavailable(server, `it answered ${status}`);
  }
  return final('SCIM_REFUSED', { system, status, detail: scimTypeOf(answer) });
}

/** RFC 7644 §3.12: a word for the reason. What else the server says may name a person. */
function scimTypeOf({ body }: Answered): string {
  try {
    const error = JSON.parse(body) as Json;
    const type = isContext(error) ? error.scimType : null;
    return typeof type === 'string' && /^[A-Za-z]{1,40}$/.test(type) ? type : '';
  } catch {
    return '';
  }
}

const MOST_WAIT_MS = 3_600_000;

/** Milliseconds that the server asked for, an hour at most; null: it asked for none. */
function waitOf({ headers }: Answered, now: number): number | null {
  const asked = headers['retry-after'] ?? '';
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - now;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MOST_WAIT_MS) : null;
}
