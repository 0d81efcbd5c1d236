/**
 * The log of a time as a file that anybody can check. Whoever takes one along stands in the audit before its first byte
 * leaves; when the last one did, the log has the SHA-256 of its manifest as well.
 */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type AskedRange, findRange, packRange } from '../../case-files/index.js';
import { logRange, logRangeQuery } from '../../contracts/log-range.js';
import { type AppState, depsOf } from '../deps.js';
import { callerOf } from '../identities/principal.js';
import { answerOf, inputOf } from '../input.js';
import { type About, answers, file } from '../openapi/about.js';
import { AN_INSTANT } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { actorsNamed } from '../records/acts.js';
import { noteRead, recordsOf } from '../records/deps.js';

const A_RANGE = {
  ...{ from: 513, to: 1024, beganAt: AN_INSTANT, endedAt: AN_INSTANT, isFiltered: false },
};
const ABOUT = {
  findLogRange: {
    summary: 'Finds which entries of the audit log a time is',
    says: 'A range goes from checkpoint to checkpoint: a little further than what was asked for, on both sides.',
    query: logRangeQuery,
    answers: answers(logRange, A_RANGE),
    errors: ['LOG_RANGE_TOO_LARGE'],
  },
  getLogRange: {
    summary: 'Gets the audit log of a time as a file that anybody can check',
    says: '`jornada audit verify FILE.zip` checks it without a network; docs/audit.md tells what is in it. Of entries that a filter leaves out only the hash is there, and the check says that it is not the whole. It leaves while it is read, and the audit tells who took it.',
    query: logRangeQuery,
    answers: file('application/zip', 'The file'),
    errors: ['LOG_RANGE_TOO_LARGE'],
  },
} satisfies Record<string, About>;

/** Files that somebody takes in a minute. */
const FEW_FILES = 5;

/** Adds them. */
export function addLogRanges(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'findLogRange', ABOUT.findLogRange, async (request) => {
    const { after, size, beganAt, endedAt, asked } = await rangeIn(request);
    const isFiltered = Object.values(asked.filter).some((one) => one !== null);
    return answerOf(logRange, { from: after + 1, to: size, beganAt, endedAt, isFiltered });
  });
  addRoute(
    app,
    'getLogRange',
    ABOUT.getLogRange,
    async (request, reply) => {
      const found = await rangeIn(request);
      const { after, size } = found;
      const { account } = callerOf(request);
      const object = `log:${after + 1}-${size}`;
      await noteRead(state, request, 'exportLog', object, { after, size });
      const bytes = packRange(recordsOf(state, request), found, {
        madeBy: account.userId,
        madeAt: new Date(depsOf(state).identities.now()).toISOString(),
        onWhole: (taken) => noteRead(state, request, 'exportedLog', object, { ...taken }),
      });
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="audit-log-${after + 1}-${size}.zip"`)
        .send(Readable.from(bytes, { objectMode: false }));
    },
    { most: FEW_FILES },
  );

  async function rangeIn(request: FastifyRequest) {
    const { since, until, actor, customerId, processId } = inputOf(logRangeQuery, request.query);
    const deps = recordsOf(state, request);
    const asked: AskedRange = {
      since: instantOf(since),
      until: instantOf(until),
      filter: {
        actors: actor === undefined ? null : await actorsNamed(deps.store, actor),
        ...{ customerId: customerId ?? null, processId: processId ?? null },
      },
    };
    return findRange(deps, asked);
  }
}

/** As the log writes instants. */
const instantOf = (text: string | undefined): string | null =>
  text === undefined ? null : new Date(text).toISOString();
