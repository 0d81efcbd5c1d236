/**
 * Answers of requests under an `Idempotency-Key`, so that a repetition is answered as the first time and nothing is done twice.
 * What carries values is left out: instances remember themselves what they answered, and values are kept nowhere else. What shows
 * a secret is not kept either: whoever repeats that is told that it was done. Class: side effect.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { KeyOf } from '../../store/index.js';
import { type AppState, depsOf } from '../deps.js';
import { Problem } from '../problem.js';
import { permissionOf } from './routes.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key whose answer is to be kept; null: there is none, or it is not kept. */
    keptUnder: KeyOf | null;
  }
}

/** Characters of an answer that is kept at most. */
const MOST = 65_536;
const HEADERS = ['content-type', 'etag', 'location'] as const;

/** Requests under way, by their key: whoever repeats one meanwhile waits for its answer. */
type UnderWay = Map<string, Promise<void>>;

/** What answers a repetition. */
export interface KeptAnswers {
  /** Answers a request that was answered before under this key. Errors: `SECRET_SHOWN_ONCE`. @returns whether it did */
  readonly replay: (request: FastifyRequest, reply: FastifyReply, of: KeyOf) => Promise<boolean>;
}

/** Adds the keeping of answers. */
export function addKeptAnswers(app: FastifyInstance, state: AppState): KeptAnswers {
  const underWay: UnderWay = new Map();
  const ends = new WeakMap<FastifyRequest, () => void>();
  const end = (request: FastifyRequest): void => ends.get(request)?.();
  app.decorateRequest('keptUnder', null);
  app.addHook('onSend', async (request, reply, payload) => {
    const { keptUnder } = request;
    if (keptUnder !== null && reply.statusCode < 300 && isText(payload)) {
      const shown = permissionOf(request)?.showsSecret === true;
      const headers = HEADERS.flatMap((name) => {
        const value = reply.getHeader(name);
        return value === undefined ? [] : [[name, String(value)] as const];
      });
      const answer = {
        ...{ status: reply.statusCode, headers: Object.fromEntries(headers) },
        body: shown ? null : (payload ?? ''),
      };
      // It is done: whoever repeats what could not be kept has it done again, as if this process had been killed here.
      await depsOf(state)
        .camunda.store.requestKeys.keep(keptUnder, answer)
        .catch(() => {});
    }
    // Here and not once the answer is out: nobody may be left to take it.
    end(request);
  });
  app.addHook('onResponse', async (request) => end(request));
  return {
    replay: async (request, reply, of) => {
      if (permissionOf(request)?.values !== undefined) return false;
      const name = JSON.stringify([of.userId, of.key]);
      for (let other = underWay.get(name); other; other = underWay.get(name)) await other;
      const mine = new Promise<void>((resolve) => {
        ends.set(request, () => {
          if (underWay.get(name) === mine) underWay.delete(name);
          resolve();
        });
      });
      underWay.set(name, mine);
      const answer = await depsOf(state).camunda.store.requestKeys.answer(of);
      if (answer === null) {
        request.keptUnder = of;
        return false;
      }
      if (answer.body === null) throw new Problem('SECRET_SHOWN_ONCE');
      void reply.code(answer.status).headers(answer.headers);
      void reply.send(answer.body === '' ? undefined : answer.body);
      return true;
    },
  };
}

const isText = (payload: unknown): payload is string | null | undefined =>
  payload === null ||
  payload === undefined ||
  (typeof payload === 'string' && payload.length <= MOST);
