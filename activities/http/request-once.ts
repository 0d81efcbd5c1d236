/**
 * Makes a request whose effect happens once: a row of the ledger is written before the wire and confirmed after. Where
 * nobody can tell whether it arrived, and the receiver does not promise to take it once, a person is asked.
 * Class: side effect. Source: docs/design.md D12; RFC 9110 §9.2.2 (idempotent methods).
 */
import { ApplicationFailure } from '@temporalio/common';
import { explain } from '../../engine/errors/index.js';
import type { Json } from '../../engine/model/index.js';
import type { Effects } from '../../store/index.js';
import { beginEffect } from '../begin-effect.js';
import { httpConnector } from '../connectors.js';
import { codeOf, final } from '../failures.js';
import type { EffectOf } from '../side-effect.js';
import { denied, destinationOf, type Egress } from './egress.js';
import { type Exchange, type ExchangeLimits, exchange, type HttpRequest } from './exchange.js';

/** A request to be made once. */
export interface OnceRequest extends HttpRequest {
  readonly url: string;
  /** Repeating it changes nothing at the receiver: by its method, or because the receiver says so. */
  readonly isRepeatable: boolean;
  /** Statuses that are an answer; others are failures. */
  readonly accepts: (status: number) => boolean;
}

/** An answer that was accepted. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
}

/** What it leans on. */
export interface RequestDeps {
  readonly effects: Effects;
  readonly egress: Egress;
}

const LIMITS: ExchangeLimits = { withinMs: 10_000, mostBytes: 1_000_000 };
const MOST_REDIRECTS = 3;
/** Longer than all redirects take with their time-outs. */
const HOLD_MS = (MOST_REDIRECTS + 1) * LIMITS.withinMs + 20_000;

/**
 * Errors: `EGRESS_DENIED`, `HTTP_REFUSED`, `HTTP_OUTCOME_UNKNOWN` (for good), `HTTP_UNAVAILABLE` (tried again);
 * `EFFECT_ERASED` (for good); those of the ledger. What only asks (GET, HEAD) leaves no row.
 */
export async function requestOnce(
  deps: RequestDeps,
  effect: EffectOf,
  request: OnceRequest,
): Promise<HttpAnswer> {
  const { effectKey } = effect;
  if (request.method === 'GET' || request.method === 'HEAD') {
    return answerOf(await follow(deps.egress, request), request, effectKey);
  }
  const { effects } = deps;
  const { isRepeatable, method, url, body } = request;
  const begun = await beginEffect(effects, effect, {
    ...{ kind: 'http', connector: httpConnector(url), request: [method, url, body] },
    ...{ holdMs: HOLD_MS, isRepeatable, unknownOutcome: () => unknownOutcome(effectKey) },
  });
  if (begun.isDone) {
    if (begun.row.isErased) throw final('EFFECT_ERASED', { key: effectKey });
    return (begun.row.response ?? NOTHING) as unknown as HttpAnswer;
  }
  const { lease } = begun;
  await effects.sent(lease);
  const outcome = await follow(deps.egress, request).catch(async (error: unknown) => {
    await effects.notSent(lease, codeOf(error));
    throw error;
  });
  if (isUnknown(outcome) && !isRepeatable) {
    const failure = unknownOutcome(effectKey);
    await effects.unknown(lease, codeOf(failure));
    throw failure;
  }
  try {
    const answer = answerOf(outcome, request, effectKey);
    await effects.confirm(lease, { ...answer });
    return answer;
  } catch (error) {
    if (error instanceof ApplicationFailure) await effects.notSent(lease, codeOf(error));
    throw error;
  }
}

/** What a person counted as done has no answer. */
const NOTHING: HttpAnswer = { status: 0, body: '', contentType: '' };

/** Follows redirects of what only asks; each place is checked anew. Headers go to the first origin alone. */
async function follow(egress: Egress, request: OnceRequest): Promise<Exchange> {
  let url = request.url;
  const first = originOf(url);
  for (let redirects = 0; ; redirects++) {
    const destination = await destinationOf(url, egress);
    const headers = originOf(url) === first ? request.headers : {};
    const outcome = await exchange(destination, { ...request, headers }, LIMITS);
    const to = outcome.kind === 'answered' ? redirectOf(outcome, request) : null;
    if (to === null) return outcome;
    if (redirects === MOST_REDIRECTS)
      throw denied(`it redirects more than ${MOST_REDIRECTS} times`);
    url = URL.canParse(to, url) ? new URL(to, url).href : to;
  }
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);

function redirectOf(
  { status, headers }: Extract<Exchange, { readonly kind: 'answered' }>,
  { method, accepts }: OnceRequest,
): string | null {
  const isRedirect = [301, 302, 303, 307, 308].includes(status) && !accepts(status);
  return isRedirect && (method === 'GET' || method === 'HEAD') ? (headers.location ?? null) : null;
}

/** Statuses by which a server, or one before it, says that it did not get to the end of a request. */
const BROKEN_OFF: readonly number[] = [408, 500, 502, 504];
/** Statuses by which it asks to come again, having done nothing. */
const LATER: readonly number[] = [425, 429, 503];

const isUnknown = (outcome: Exchange): boolean =>
  outcome.kind === 'unknown' ||
  (outcome.kind === 'answered' && BROKEN_OFF.includes(outcome.status));

function answerOf(outcome: Exchange, { accepts }: OnceRequest, effectKey: string): HttpAnswer {
  if (outcome.kind === 'unreachable') throw unavailable(`it was not reached (${outcome.detail})`);
  if (outcome.kind === 'unknown')
    throw unavailable(`it ended without an answer (${outcome.detail})`);
  const { status, headers, body } = outcome;
  if (accepts(status)) return { status, body, contentType: headers['content-type'] ?? '' };
  if (BROKEN_OFF.includes(status) || LATER.includes(status)) {
    throw unavailable(`it asked to come again later (${status})`, headers['retry-after']);
  }
  const facts: Record<string, Json> = { status, key: effectKey };
  throw ApplicationFailure.nonRetryable(explain('HTTP_REFUSED', { status }), 'HTTP_REFUSED', facts);
}

/** @param retryAfter - seconds, as the server asked for; a date is not obeyed */
function unavailable(detail: string, retryAfter?: string): ApplicationFailure {
  const seconds = Number(retryAfter);
  const isAsked = retryAfter !== undefined && Number.isInteger(seconds) && seconds > 0;
  return ApplicationFailure.create({
    type: 'HTTP_UNAVAILABLE',
    message: explain('HTTP_UNAVAILABLE', { detail }),
    ...(isAsked ? { nextRetryDelay: Math.min(seconds, 3_600) * 1_000 } : {}),
  });
}

function unknownOutcome(key: string): ApplicationFailure {
  const message = explain('HTTP_OUTCOME_UNKNOWN', { key });
  return ApplicationFailure.nonRetryable(message, 'HTTP_OUTCOME_UNKNOWN');
}
