/** The DMN of decisions by Camunda's API, by the key of one of them or of their file. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { camundaOf, keyIn } from '../../camunda/asking.js';
import { idOfKey, partsOf } from '../../camunda/keys.js';
import type { AppState } from '../../deps.js';
import { type About, file } from '../../openapi/about.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';

const ABOUT = {
  getDecisionDefinitionXml: {
    summary: 'Gets the DMN of a decision definition',
    says: 'The whole file that it stands in.',
    answers: file('text/xml', 'DMN'),
  },
  getDecisionRequirementsXml: {
    summary: 'Gets the DMN of decision requirements',
    answers: file('text/xml', 'DMN'),
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addDecisions(app: FastifyInstance, state: AppState): void {
  addRoute(
    app,
    'getDecisionDefinitionXml',
    ABOUT.getDecisionDefinitionXml,
    async (request, reply) => {
      const { store } = camundaOf(state, request);
      const id = await idOfKey(store, 'decision', keyIn(request));
      const { instanceId: packageHash, rest: decisionId } = partsOf(id);
      const found = await store.definitions.decisions.byHash(decisionId, packageHash);
      if (found === null) throw new Problem('NOT_FOUND');
      return reply.type(XML).send(await textOf(state, request, packageHash, found.path));
    },
  );
  addRoute(
    app,
    'getDecisionRequirementsXml',
    ABOUT.getDecisionRequirementsXml,
    async (request, reply) => {
      const id = await idOfKey(camundaOf(state, request).store, 'requirements', keyIn(request));
      const { instanceId: packageHash, rest: path } = partsOf(id);
      return reply.type(XML).send(await textOf(state, request, packageHash, path));
    },
  );
}

const XML = 'text/xml; charset=utf-8';

/** A file of a package. Errors: `NOT_FOUND`. */
async function textOf(
  state: AppState,
  request: FastifyRequest,
  packageHash: string,
  path: string,
): Promise<string> {
  const found = await camundaOf(state, request).store.definitions.package(packageHash);
  const text = found?.files[path];
  if (text === undefined) throw new Problem('NOT_FOUND');
  return text;
}
