/** Deployments by Camunda's API, and the models that they brought. */
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askerOf, camundaOf, keyIn } from '../../camunda/asking.js';
import {
  DEPLOYMENT,
  deploymentOf,
  packagesOf,
  refusedFiles,
  type SentFile,
} from '../../camunda/deployment.js';
import { A_DEFINITION_KEY } from '../../camunda/examples.js';
import { invalid, TENANT } from '../../camunda/fields.js';
import { formAnswers, formIn } from '../../camunda/forms.js';
import { idOfKey, partsOf } from '../../camunda/keys.js';
import { outcomeOf, Refusal } from '../../camunda/refusals.js';
import { type AppState, depsOf } from '../../deps.js';
import { needsSecond } from '../../designer/second-person.js';
import { type About, answers, file } from '../../openapi/about.js';
import { claimKey } from '../../plugins/request-keys.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';

const MOST_FILES = 200;
const MOST_BYTES = 5_000_000;
const LIMITS = { files: MOST_FILES, fileSize: MOST_BYTES, fields: 5, headerPairs: 20 };
const MOST_BODY = 20_000_000;

const UPLOAD = z.object({
  resources: z.array(z.file()).describe('Files: each is named by its path in its package.'),
  tenantId: z.literal(TENANT).optional(),
});
const ABOUT = {
  createDeployment: {
    summary: 'Deploys models: all or none',
    says: 'Files with a `process.yaml` are one package; else each BPMN file becomes a package, with all other files beside it. What was deployed before is answered as it was.',
    body: { type: 'multipart/form-data', schema: UPLOAD, example: { tenantId: TENANT } },
    answers: answers(DEPLOYMENT, {
      ...{ deploymentKey: '2251799813685248', tenantId: TENANT },
      deployments: [
        {
          processDefinition: {
            ...{ processDefinitionId: 'support-ticket', processDefinitionVersion: 1 },
            ...{ processDefinitionKey: A_DEFINITION_KEY, resourceName: 'process.bpmn' },
            tenantId: TENANT,
          },
          ...{ decisionDefinition: null, decisionRequirements: null, form: null, resource: null },
        },
      ],
    }),
    errors: ['DEPLOYMENT_REFUSED', 'FOUR_EYES'],
  },
  getProcessDefinitionXml: {
    summary: 'Gets the BPMN of a process definition',
    answers: file('text/xml', 'BPMN 2.0'),
  },
  getStartProcessForm: {
    summary: 'Gets the form by which people start a process',
    answers: formAnswers('The process has no such form'),
  },
} satisfies Record<string, About>;

/** Adds them. */
export async function addDeployments(app: FastifyInstance, state: AppState): Promise<void> {
  // Files are taken here and nowhere else.
  const withFiles: FastifyPluginAsync = async (scope) => {
    await scope.register(multipart, { limits: LIMITS });
    addRoute(
      scope,
      'createDeployment',
      ABOUT.createDeployment,
      async (request, reply) => reply.code(200).send(await deploy(state, request)),
      { bodyLimit: MOST_BODY },
    );
  };
  await app.register(withFiles);
  addRoute(
    app,
    'getProcessDefinitionXml',
    ABOUT.getProcessDefinitionXml,
    async (request, reply) => {
      const { packageHash, path } = await definitionIn(state, request);
      const found = await camundaOf(state, request).store.definitions.package(packageHash);
      const xml = found?.files[path];
      if (xml === undefined) throw new Problem('NOT_FOUND');
      return reply.type('text/xml; charset=utf-8').send(xml);
    },
  );
  addRoute(app, 'getStartProcessForm', ABOUT.getStartProcessForm, async (request, reply) => {
    const { startFormId, packageHash } = await definitionIn(state, request);
    const form = await formIn(camundaOf(state, request).store, startFormId, packageHash);
    return form ?? reply.code(204).send();
  });
}

/** The definition that a key is of, and nothing where there is none. */
async function definitionIn(state: AppState, request: FastifyRequest) {
  const { store } = camundaOf(state, request);
  const id = await idOfKey(store, 'processDefinition', keyIn(request));
  const { instanceId: processId, rest } = partsOf(id);
  const definition = await store.definitions.processes.byVersion(processId, Number(rest));
  if (definition === null) throw new Problem('NOT_FOUND');
  return definition;
}

async function deploy(state: AppState, request: FastifyRequest): Promise<object> {
  const { store, operate } = camundaOf(state, request);
  const sentFiles = await filesOf(request);
  await claimKey(state, request, sentFiles);
  const packages = await packagesOf(sentFiles);
  // Who sends files is one person: where two have a hand in it, a draft is the way.
  const { byTwo } = depsOf(state).designer;
  for (const { key, files } of packages) {
    if (!(await needsSecond({ byTwo, store }, key, files))) continue;
    throw new Problem('FOUR_EYES', { person: askerOf(request).actor });
  }
  const input = { packages: packages.map((one) => ({ ...one })), isDryRun: false };
  const made = outcomeOf(await operate('deploy', input, askerOf(request)));
  if (made.isAccepted) return deploymentOf(store, made.deployed);
  throw refusedFiles(made.findings);
}

/** The files that were sent. Errors: `INPUT_INVALID`, `HTTP_BODY_TOO_LARGE`. */
async function filesOf(request: FastifyRequest): Promise<readonly SentFile[]> {
  if (!request.isMultipart()) throw invalid('the body', 'it is no multipart/form-data');
  try {
    return await readFiles(request);
  } catch (error) {
    // Of a form that breaks off, or never was one, its parser says so by errors of no status.
    const isTold =
      error instanceof Problem || error instanceof Refusal || 'statusCode' in Object(error);
    throw isTold ? error : invalid('the body', 'it is no whole multipart/form-data');
  }
}

async function readFiles(request: FastifyRequest): Promise<readonly SentFile[]> {
  const files: SentFile[] = [];
  let bytesRead = 0;
  for await (const part of request.parts({ preservePath: true } as never)) {
    if (part.type === 'field') {
      const isTenant = part.fieldname === 'tenantId' && part.value === TENANT;
      if (!isTenant) throw invalid(part.fieldname.slice(0, 40), 'it is neither file nor tenant');
      continue;
    }
    if (part.fieldname !== 'resources') throw invalid('resources', 'a file is of another field');
    const bytes = await part.toBuffer();
    // Each part is limited by the parser of forms, which does not count what they are together.
    bytesRead += bytes.length;
    if (bytesRead > MOST_BODY) throw new Problem('HTTP_BODY_TOO_LARGE');
    files.push({ name: part.filename, text: textOf(part.filename, bytes) });
  }
  return files;
}

/** What is no text of ours is refused: with its odd bytes replaced it would be kept as somebody never wrote it. */
function textOf(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid('resources', `'${name.slice(0, 80)}' is not UTF-8`);
  }
}
