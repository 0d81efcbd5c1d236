/** Every fault as an answer: a page for whoever asked for one, `application/problem+json` for the rest. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CaseFailure } from '../../case-files/index.js';
import { StoreFailure } from '../../store/index.js';
import { Refusal } from '../camunda/refusals.js';
import { localeOf } from '../pages/locale.js';
import { problemPage } from '../pages/problem-page.js';
import {
  camundaProblemBody,
  isProblemCode,
  PAGE_STATUS,
  type PageCode,
  Problem,
  problemBody,
  STATUS,
} from '../problem.js';
import { Refused } from '../refused.js';
import { ScimRefusal } from '../scim/resource.js';

/** Adds it. `trouble` hears of faults of our own. */
export function addProblems(app: FastifyInstance, trouble: (error: unknown) => void): void {
  app.setNotFoundHandler(answerUnroutable);
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof Refusal) return refuse(request, reply, error);
    if (error instanceof ScimRefusal)
      return answerScim(reply, error.status, error.scimType, error.message);
    if (error instanceof Refused) return tell(request, reply, error);
    const problem = problemOf(error, request);
    if (problem.code === 'HTTP_INTERNAL') trouble(error);
    return answer(request, reply, problem);
  });
}

/** To an address that is none: nothing is there. */
export function answerUnroutable(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answer(request, reply, new Problem(isOfApi(request) ? 'NOT_FOUND' : 'HTTP_NOT_FOUND'));
}

/** What the store says of a search that does not fit it. */
const SEARCHES: ReadonlySet<string> = new Set([
  ...['STORE_CURSOR_INVALID', 'STORE_FIELD_UNKNOWN', 'STORE_FILTER_INVALID', 'STORE_PAGE_INVALID'],
]);

function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof CaseFailure) return new Problem(error.code, error.facts);
  if (error instanceof StoreFailure && isProblemCode(error.code)) {
    return new Problem(error.code, error.facts);
  }
  if (error instanceof StoreFailure && SEARCHES.has(error.code)) {
    return new Problem('INPUT_INVALID', { detail: `${error.code}: ${error.message}` });
  }
  const { statusCode = 500 } = error as FastifyError;
  if (statusCode === 413) return new Problem('HTTP_BODY_TOO_LARGE');
  if (statusCode < 400 || statusCode >= 500) return new Problem('HTTP_INTERNAL');
  if (!isOfApi(request)) return new Problem('HTTP_REQUEST_INVALID');
  return new Problem('INPUT_INVALID', { detail: 'it could not be read' });
}

/** What the engine refused, to a client of Camunda's API. */
function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, title, message: detail }: Refusal,
): FastifyReply {
  if (status === 503) void reply.header('retry-after', '1');
  const [instance = ''] = request.url.split('?');
  const body = { type: 'about:blank', title, status, detail, instance };
  return reply.code(status).type('application/problem+json').send(body);
}

/** What the engine refused, to a client of ours. */
function tell(request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply {
  const { code, status, message: detail, more } = refused;
  if (status === 503) void reply.header('retry-after', '1');
  const type = `urn:jornada:problem:${code.toLowerCase()}`;
  const body = { type, title: code, status, detail, code, requestId: request.id, ...more };
  return reply.code(status).type('application/problem+json').send(body);
}

const isInput = (code: string): boolean => code === 'INPUT_INVALID' || code === 'UNKNOWN_PROPERTY';
const SCIM_TYPES: Readonly<Record<string, string>> = {
  ...{ INPUT_INVALID: 'invalidValue', LOGIN_NAME_TAKEN: 'uniqueness', LAST_ADMIN: 'mutability' },
};

/** To a system that provisions people. Source: RFC 7644 §3.12. */
function answerScim(
  reply: FastifyReply,
  status: number,
  scimType: string | null,
  detail: string,
): FastifyReply {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  const body = { schemas, status: String(status), ...(scimType !== null && { scimType }), detail };
  return reply.code(status).type('application/scim+json').send(body);
}

/** How long to wait where a problem does not say. */
const WAITS: Readonly<Partial<Record<string, number>>> = { HTTP_NOT_READY: 2 };

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, facts, retryAfter, more }: Problem,
): FastifyReply {
  const wait = retryAfter ?? WAITS[code];
  if (wait !== undefined) void reply.header('retry-after', String(wait));
  if (code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer');
  if (isForPeople(request) && isOfPages(code)) {
    const page = problemPage(code, request.id, localeOf(request.headers['accept-language']));
    return reply.code(STATUS[code]).type('text/html; charset=utf-8').send(page);
  }
  const [path = ''] = request.url.split('?');
  if (path.startsWith('/scim/')) {
    const { status, detail } = problemBody(code, request.id, facts);
    return answerScim(
      reply,
      isInput(code) ? 400 : status,
      SCIM_TYPES[code] ?? null,
      `${code}: ${detail}`,
    );
  }
  const body = path.startsWith('/v2/')
    ? camundaProblemBody(code, request.id, path, facts)
    : { ...problemBody(code, request.id, facts), ...more };
  return reply.code(body.status).type('application/problem+json').send(body);
}

/** Programs read the answers of the API, whatever they say that they accept. */
const isOfApi = ({ url }: FastifyRequest): boolean => /^\/(api|v2|scim)\//.test(url);

/** Whether a page is asked for, as browsers do. */
export const wantsPage = ({ headers }: FastifyRequest): boolean =>
  (headers.accept ?? '').includes('text/html');

const isForPeople = (request: FastifyRequest): boolean => !isOfApi(request) && wantsPage(request);

const isOfPages = (code: string): code is PageCode => Object.hasOwn(PAGE_STATUS, code);
