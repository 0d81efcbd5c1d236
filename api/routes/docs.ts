/** The document of this API for programs, and the pages that show it to people: Swagger UI from our own address. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type AppState, depsOf } from '../deps.js';
import { type About, answers, file, PAGE_ANSWER } from '../openapi/about.js';
import { documentOf, type OpenApiDocument } from '../openapi/document.js';
import { DOCS_PAGE, DOCS_SCRIPT, DOCS_STYLE } from '../pages/docs-page.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

const DOCUMENT = z.looseObject({ openapi: z.literal('3.1.1') });
const ABOUT = {
  openApi: {
    summary: 'Gets this document',
    answers: answers(DOCUMENT, { openapi: '3.1.1' }),
  },
  docs: { summary: 'Shows this document to people', answers: PAGE_ANSWER },
  docsFile: {
    summary: 'Gets a file of that page',
    params: { file: 'Its name, as the page has it.' },
    answers: [file('text/css', 'A style'), file('text/javascript', 'A script')],
  },
} satisfies Record<string, About>;

const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const fromUi = createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json');
const partOfUi = (name: string): Promise<string> =>
  readFile(new URL(`static/${name}`, `file://${fromUi}`), 'utf8');

/** Adds them. */
export async function addDocs(app: FastifyInstance, state: AppState): Promise<void> {
  let document: OpenApiDocument | null = null;
  const files = new Map([
    ['swagger-ui.css', [CSS, await partOfUi('swagger-ui.css')]],
    ['swagger-ui-bundle.js', [SCRIPT, await partOfUi('swagger-ui-bundle.js')]],
    ['docs.css', [CSS, DOCS_STYLE]],
    ['docs.js', [SCRIPT, DOCS_SCRIPT]],
  ] as const);
  addRoute(app, 'openApi', ABOUT.openApi, () => {
    document ??= documentOf(app.told, depsOf(state).camunda.version);
    return document;
  });
  addRoute(app, 'docs', ABOUT.docs, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(DOCS_PAGE),
  );
  addRoute(app, 'docsFile', ABOUT.docsFile, (request, reply) => {
    const { file: name } = request.params as { readonly file: 'docs.css' };
    const [type, text] = files.get(name) ?? [];
    if (type === undefined) throw new Problem('NOT_FOUND');
    return reply.type(type).send(text);
  });
}
