/**
 * `Idempotency-Key`: a program that does not know whether its request came through sends it again under the same key. Source:
 * IETF draft-ietf-httpapi-idempotency-key-header. Class: side effect.
 */
import { createHash, createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { KeyedContent, KeyOf } from '../../store/index.js';
import { type AppState, depsOf } from '../deps.js';
import { Problem } from '../problem.js';
import { addKeptAnswers } from './kept-answers.js';
import { permissionOf } from './routes.js';

/** Characters that may be seen, so that a key reads the same in every log. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/** Adds it to whatever changes something under `/v2` and `/api/v1`, once its body was read. */
export function addRequestKeys(app: FastifyInstance, state: AppState): void {
  const kept = addKeptAnswers(app, state);
  app.addHook('preHandler', async (request, reply) => {
    // Forms are read by their route, which then claims the key with what was in them.
    if (FORM.test(request.headers['content-type'] ?? '')) return;
    const of = await claimKey(state, request, contentOf(request));
    // Bytes that are read later are compared then, by their route, which knows what came of them.
    if (!of || request.body instanceof Readable) return;
    if (await kept.replay(request, reply, of)) return reply;
  });
}

const FORM = /^multipart\//i;

/**
 * Takes the key of a request for it, where it has one.
 *
 * @param content - what was sent, as JSON
 * @returns the key; null: there is none
 * Errors: `INPUT_INVALID`, `IDEMPOTENCY_KEY_USED`.
 */
export async function claimKey(
  state: AppState,
  request: FastifyRequest,
  content: unknown,
): Promise<KeyOf | null> {
  const key = request.headers['idempotency-key'];
  if (key === undefined || !isAct(request)) return null;
  if (typeof key !== 'string' || !KEY.test(key)) {
    const detail = 'Idempotency-Key does not fit: it is 1 to 200 letters, digits and signs';
    throw new Problem('INPUT_INVALID', { detail });
  }
  const camunda = state.deps?.camunda;
  const { principal } = request;
  if (!camunda || !principal) return null;
  const { userId } = principal.account;
  const digest = digestOf(request, content, camunda.cursorSecret);
  const isSame = await camunda.store.requestKeys.claim({ userId, key, digest });
  if (!isSame) throw new Problem('IDEMPOTENCY_KEY_USED');
  return { userId, key };
}

const isAct = (request: FastifyRequest): boolean =>
  /^\/(v2|api\/v1)\//.test(request.url) && permissionOf(request)?.kind === 'write';

/** A keyed hash: what is asked may be personal, and is soon guessed from a plain one. */
const digestOf = ({ method, url }: FastifyRequest, content: unknown, secret: Buffer): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([method, url, content ?? null]))
    .digest('hex');

/** What was sent; of bytes that are only read later their name: they are compared by whoever reads them. */
function contentOf({ body, headers }: FastifyRequest): unknown {
  if (Buffer.isBuffer(body)) return createHash('sha256').update(body).digest('hex');
  return body instanceof Readable ? (headers['content-disposition'] ?? null) : body;
}

/** The key of a request, with a hash for bytes that are read by its route; null: it has none. */
export function keyedContent(state: AppState, request: FastifyRequest): KeyedContent | null {
  const key = request.headers['idempotency-key'];
  const { principal } = request;
  if (typeof key !== 'string' || !principal) return null;
  const hash = createHmac('sha256', depsOf(state).camunda.cursorSecret);
  return { userId: principal.account.userId, key, hash };
}
