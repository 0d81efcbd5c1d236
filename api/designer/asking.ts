/** What the routes of the designer's place share. Class: side effect. */
import type { FastifyRequest } from 'fastify';
import { type TaskInput, type TaskName, type TaskOutput, TooLong } from '../../designer/index.js';
import type { Draft } from '../../store/index.js';
import { askerOf } from '../camunda/asking.js';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { callerOf } from '../identities/principal.js';
import { idIn } from '../input.js';
import { Problem } from '../problem.js';
import type { PublicationDeps, Publisher } from './publication.js';

/** What the routes lean on. Errors: `HTTP_NOT_READY`. */
export function designerOf(state: AppState): PublicationDeps {
  const { camunda, designer } = depsOf(state);
  return { ...designer, store: camunda.store, operate: camunda.operate };
}

/** The draft of the address. Errors: `NOT_FOUND`. */
export async function draftOf({ store }: PublicationDeps, request: FastifyRequest): Promise<Draft> {
  const draft = await store.drafts.get(idIn(request, 'draftId'));
  if (!draft) throw new Problem('NOT_FOUND');
  return draft;
}

/** Who asks, in all the ways in which that is written down. */
export function publisherOf(state: AppState, request: FastifyRequest): Publisher {
  const by = byOf(request, depsOf(state).identities);
  return { asker: askerOf(request), by, loginName: callerOf(request).account.loginName };
}

/** Has a thread do something. Errors: `PLAY_TOO_LONG`. */
export async function inThread<N extends TaskName>(
  { designer }: PublicationDeps,
  name: N,
  input: TaskInput<N>,
): Promise<TaskOutput<N>> {
  try {
    return await designer.run(name, input);
  } catch (error) {
    if (error instanceof TooLong) throw new Problem('PLAY_TOO_LONG', { seconds: error.seconds });
    throw error;
  }
}

/** A word of the address. */
export const wordIn = ({ params }: FastifyRequest, name: string): string =>
  (params as Readonly<Record<string, string>>)[name] ?? '';

/** The version of a draft that a request was made for. Errors: `INPUT_INVALID`. */
export function draftVersionIn({ headers }: FastifyRequest): number {
  const [, version] = /^"(\d{1,9})"$/.exec(headers['if-match'] ?? '') ?? [];
  if (version !== undefined) return Number(version);
  throw new Problem('INPUT_INVALID', { detail: 'If-Match has to be the version of the draft' });
}

/** The version of a file that a request was made for; 0: there is none yet. Errors: `INPUT_INVALID`. */
export function fileVersionIn({ headers }: FastifyRequest): number {
  if (headers['if-none-match'] === '*') return 0;
  const [, version] = /^"(\d{1,9})"$/.exec(headers['if-match'] ?? '') ?? [];
  if (version !== undefined) return Number(version);
  const detail = 'If-Match has to be the ETag of the file, or If-None-Match * where it is new';
  throw new Problem('INPUT_INVALID', { detail });
}
