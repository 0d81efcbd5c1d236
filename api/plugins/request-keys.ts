/**
 * `Idempotency-Key`: a program that does not know whether its request came through sends it again under the same key. Source:
 * IETF draft-ietf-httpapi-idempotency-key-header. Class: side effect.
 */
import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppState } from '../deps.js';
import { Problem } from '../problem.js';
import { permissionOf } from './routes.js';

/** Characters that may be seen, so that a key reads the same in every log. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/** Adds it to whatever changes something under `/v2` and `/api/v1`, once its body was read. */
export function addRequestKeys(app: FastifyInstance, state: AppState): void {
  app.addHook('preHandler', async (request) => {
    const key = request.headers['idempotency-key'];
    if (key === undefined || !isAct(request)) return;
    if (typeof key !== 'string' || !KEY.test(key)) {
      const detail = 'Idempotency-Key does not fit: it is 1 to 200 letters, digits and signs';
      throw new Problem('INPUT_INVALID', { detail });
    }
    const camunda = state.deps?.camunda;
    const { principal } = request;
    if (!camunda || !principal) return;
    const { userId } = principal.account;
    const digest = digestOf(request, camunda.cursorSecret);
    const isSame = await camunda.store.requestKeys.claim({ userId, key, digest });
    if (!isSame) throw new Problem('IDEMPOTENCY_KEY_USED');
  });
}

const isAct = (request: FastifyRequest): boolean =>
  /^\/(v2|api\/v1)\//.test(request.url) && permissionOf(request)?.kind === 'write';

/** A keyed hash: what is asked may be personal, and is soon guessed from a plain one. Files of deployments are not in it. */
const digestOf = ({ method, url, body }: FastifyRequest, secret: Buffer): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('hex');
