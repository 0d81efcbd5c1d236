/**
 * Case files: how instances went, most often offboardings. Whoever looks at one, or takes it along, stands in the audit.
 */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { gatherCase, packCase } from '../../case-files/index.js';
import { wholeCase } from '../../contracts/cases.js';
import { searcherOf } from '../camunda/asking.js';
import { answerSearch } from '../camunda/search.js';
import { searchAnswer, searchBody } from '../camunda/wire-schemas.js';
import { type AppState, depsOf } from '../deps.js';
import { callerOf } from '../identities/principal.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers, file, sent } from '../openapi/about.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { casesOf } from '../records/cases.js';
import { noteRead, recordsOf } from '../records/deps.js';
import { A_CASE, A_WHOLE_CASE } from '../records/examples.js';

const OF_ALL = casesOf({ record: null as never }, null);
const DIAGRAM = z.strictObject({ xml: z.string() });
const OF_INSTANCE = z.strictObject({
  instanceId: z.string().max(100).describe('Of the case, or of one that it called.'),
});

const ABOUT = {
  searchCases: {
    summary: 'Searches cases',
    says: 'Instances that nobody called, newest first, with whose they are and how they ended.',
    body: sent(searchBody(OF_ALL), { filter: { processId: 'offboarding', state: 'COMPLETED' } }),
    answers: answers(searchAnswer(OF_ALL.row), {
      items: [A_CASE as never],
      page: { totalItems: 1, hasMoreTotalItems: false, startCursor: null, endCursor: null },
    }),
  },
  getCase: {
    summary: 'Gets a case with all that shows how it went',
    says: 'The audit tells who looked at it.',
    answers: answers(wholeCase, A_WHOLE_CASE),
  },
  getCaseDiagram: {
    summary: 'Gets the diagram of an instance of a case, as it was when it ran',
    query: OF_INSTANCE,
    answers: answers(DIAGRAM, { xml: '<?xml version="1.0"?><bpmn:definitions/>' }),
  },
  getCaseFile: {
    summary: 'Gets a case as a file that anybody can check',
    says: '`jornada audit verify FILE.zip` checks it without a network; docs/audit.md tells what is in it. The audit tells who took it, with the SHA-256 of its manifest.',
    answers: file('application/zip', 'The file'),
    errors: ['CASE_TOO_LARGE'],
  },
} satisfies Record<string, About>;

/** A search that names many ids. */
const MOST_BODY = 16 * 1024;

/** Files that somebody takes in a minute. */
const FEW_FILES = 10;

/** Adds them. */
export function addCases(app: FastifyInstance, state: AppState): void {
  addRoute(
    app,
    'searchCases',
    ABOUT.searchCases,
    (request) => {
      const deps = recordsOf(state, request);
      const { store } = deps;
      return answerSearch(store, casesOf(deps, null), searcherOf(request, deps), request.body);
    },
    { bodyLimit: MOST_BODY },
  );
  addRoute(app, 'getCase', ABOUT.getCase, async (request) => {
    const whole = await caseIn(request);
    await noteRead(state, request, 'viewCase', `instance:${whole.case.caseId}`);
    return answerOf(wholeCase, whole as z.input<typeof wholeCase>);
  });
  addRoute(app, 'getCaseDiagram', ABOUT.getCaseDiagram, async (request) => {
    const { store } = recordsOf(state, request);
    const caseId = idIn(request, 'caseId');
    const { instanceId } = inputOf(OF_INSTANCE, request.query);
    const found = await store.processInstances.get(instanceId);
    const isOfCase = found && [found.instanceId, found.rootInstanceId].includes(caseId);
    if (!found || !isOfCase) throw new Problem('NOT_FOUND');
    const files = (await store.definitions.package(found.definitionHash))?.files ?? {};
    const models = Object.entries(files).filter(([path]) => path.endsWith('.bpmn'));
    const named = models.find(([, text]) => text.includes(`id="${found.processId}"`));
    const xml = (named ?? models[0])?.[1];
    if (xml === undefined) throw new Problem('NOT_FOUND');
    return answerOf(DIAGRAM, { xml });
  });
  addRoute(
    app,
    'getCaseFile',
    ABOUT.getCaseFile,
    async (request, reply) => {
      const deps = recordsOf(state, request);
      const whole = await caseIn(request);
      const { account } = callerOf(request);
      const madeAt = new Date(depsOf(state).identities.now()).toISOString();
      const packed = await packCase(deps, whole, account.userId, madeAt);
      const { caseId, processId } = whole.case;
      const { manifestSha256, files } = packed;
      await noteRead(state, request, 'exportCase', `instance:${caseId}`, { manifestSha256, files });
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="${nameOf(processId, caseId)}"`)
        .send(Readable.from(packed.zip(), { objectMode: false }));
    },
    { most: FEW_FILES },
  );

  async function caseIn(request: FastifyRequest) {
    const whole = await gatherCase(recordsOf(state, request), idIn(request, 'caseId'));
    if (!whole) throw new Problem('NOT_FOUND');
    return whole;
  }
}

/** Ids of processes may hold what a header cannot. */
const nameOf = (processId: string, caseId: string): string =>
  `${processId.replace(/[^\w.-]/g, '-')}-${caseId}.zip`;
