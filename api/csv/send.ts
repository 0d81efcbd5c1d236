/** Hands a list out as a file: not too often, told to the audit before the first row leaves. Class: side effect. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Variables } from '../../engine/model/index.js';
import { type AppState, depsOf } from '../deps.js';
import { callerOf } from '../identities/principal.js';
import { createLimit } from '../limits.js';
import { file } from '../openapi/about.js';
import { Problem } from '../problem.js';
import { reasonIn } from '../values/sight.js';
import { type CsvList, csvParts, MOST_ROWS } from './document.js';

/** Files of a person in an hour, of all lists together. */
export const MOST_FILES = 20;
const HOUR_MS = 3_600_000;

const limits = new WeakMap<AppState, ReturnType<typeof createLimit>>();

/** How a route that sends one answers. */
export const CSV_ANSWER = file(
  'text/csv',
  `A file of at most ${MOST_ROWS} rows. \`Jornada-Truncated\` is \`true\` where there are more, and then the last line says so`,
);

/** Sends it. @param asked - what was asked for, as the audit keeps it. Errors: `RESOURCE_EXHAUSTED`. */
export async function sendCsv(
  state: AppState,
  request: FastifyRequest,
  reply: FastifyReply,
  list: CsvList,
  asked: Variables,
): Promise<FastifyReply> {
  const { identities, camunda } = depsOf(state);
  const { userId } = callerOf(request).account;
  const limit = limits.get(state) ?? createLimit(MOST_FILES, HOUR_MS);
  limits.set(state, limit);
  const wait = limit.take(userId, identities.now());
  if (wait > 0) throw new Problem('RESOURCE_EXHAUSTED', {}, wait);
  const isTruncated = await list.hasMoreThan(MOST_ROWS);
  const at = new Date(identities.now()).toISOString();
  await camunda.store.audit.append({
    ...{ at, actor: userId, action: 'exportList', object: `list:${list.name}`, data: asked },
    ...{ outcome: 'done', code: null, requestId: request.id },
    reason: reasonIn(request),
  });
  const name = `${list.name}-${at.slice(0, 16).replace(/[-:]/g, '')}.csv`;
  return reply
    .code(200)
    .type('text/csv; charset=utf-8; header=present')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('jornada-truncated', String(isTruncated))
    .send(Readable.from(csvParts(list), { objectMode: false }));
}
