/**
 * Asks our own server. The session is in a cookie that scripts do not see; what changes something carries the word of the
 * session besides (`X-CSRF-Token`). Class: side effect.
 */
import { spokenLocale } from '../texts/texts.js';
import { ApiProblem, problemOf } from './problem.js';

/** More of a request. */
export interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in the place of a body: an archive. */
  readonly zip?: Blob;
  readonly signal?: AbortSignal;
  /** Of what was read: the request is refused with 412 when somebody changed it since. */
  readonly ifMatch?: string;
  /** Of what must not be there yet: else the request is refused with 412. */
  readonly isNew?: boolean;
  /** Why values are read. */
  readonly reason?: string | null;
  /** A repetition under the same key is done once. */
  readonly idempotencyKey?: string;
  /** It is sent to the end also when the page is left meanwhile, if it is small: browsers allow 64 KiB. */
  readonly outlives?: boolean;
}

/** An answer with what its headers say of it. */
export interface Answer<T> {
  readonly body: T;
  readonly etag: string | null;
}

/** Letters of a body, which are up to three bytes each. */
const MOST_THAT_OUTLIVES = 20_000;

const session = { token: '' };

/** Remembers the word of the session. */
export function rememberToken(token: string): void {
  session.token = token;
}

/** The word of the session, for what is not sent by `ask`. */
export const sessionToken = (): string => session.token;

/** Has whoever works here show their second factor again. @returns whether they did */
type StepUp = () => Promise<boolean>;

const stepUp: { ask: StepUp | null; underway: Promise<boolean> | null } = {
  ask: null,
  underway: null,
};

/** Takes how a second factor is asked for. @returns ends that */
export function onStepUp(ask: StepUp): () => void {
  stepUp.ask = ask;
  return () => {
    if (stepUp.ask === ask) stepUp.ask = null;
  };
}

/** Several that ask at a time are answered by one code. */
function isShownAgain(): Promise<boolean> {
  stepUp.underway ??= (stepUp.ask?.() ?? Promise.resolve(false)).finally(() => {
    stepUp.underway = null;
  });
  return stepUp.underway;
}

/**
 * Asks; where that asks for a second factor, once more after it was shown.
 *
 * @throws ApiProblem whatever is not 2xx; code `OFFLINE`, status 0: nothing answered.
 */
export async function askWhole<T>(path: string, asking: Asking = {}): Promise<Answer<T>> {
  try {
    return await askOnce<T>(path, asking);
  } catch (problem) {
    const isAsked = problem instanceof ApiProblem && problem.code === 'STEP_UP_REQUIRED';
    if (!isAsked || !(await isShownAgain())) throw problem;
    return askOnce<T>(path, asking);
  }
}

async function askOnce<T>(path: string, asking: Asking = {}): Promise<Answer<T>> {
  const { method = 'GET', body, zip, signal, ifMatch, isNew, idempotencyKey, reason } = asking;
  const headers = {
    accept: 'application/json',
    // The language that was chosen here, which need not be that of the browser.
    'accept-language': spokenLocale(),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(zip && { 'content-type': 'application/zip' }),
    ...(method !== 'GET' && { 'x-csrf-token': session.token }),
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    ...(isNew && { 'if-none-match': '*' }),
    ...(reason && { 'jornada-reason': encodeURIComponent(reason) }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  const text = body === undefined ? undefined : JSON.stringify(body);
  const outlives = asking.outlives === true && (text?.length ?? 0) < MOST_THAT_OUTLIVES;
  const answer = await fetch(path, {
    ...{ method, headers, credentials: 'same-origin' as const },
    ...(text !== undefined && { body: text }),
    ...(zip && { body: zip }),
    ...(outlives && { keepalive: true }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, 'OFFLINE', 'nothing answered', null);
  });
  if (!answer.ok) throw await problemOf(answer);
  const told = answer.status === 204 ? '' : await answer.text();
  return { body: (told === '' ? null : JSON.parse(told)) as T, etag: answer.headers.get('etag') };
}

/** The body alone. */
export async function ask<T>(path: string, asking: Asking = {}): Promise<T> {
  return (await askWhole<T>(path, asking)).body;
}
