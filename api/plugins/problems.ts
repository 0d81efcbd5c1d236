/** Every fault as an answer: a page for whoever asked for one, `application/problem+json` for the rest. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from '../pages/locale.js';
import { problemPage } from '../pages/problem-page.js';
import { Problem, type ProblemCode, problemBody, STATUS } from '../problem.js';

/** Adds it. `trouble` hears of faults of our own. */
export function addProblems(app: FastifyInstance, trouble: (error: unknown) => void): void {
  app.setNotFoundHandler((request, reply) => answer(request, reply, 'HTTP_NOT_FOUND'));
  app.setErrorHandler((error, request, reply) => {
    const code = codeOf(error);
    if (code === 'HTTP_INTERNAL') trouble(error);
    return answer(request, reply, code);
  });
}

function codeOf(error: unknown): ProblemCode {
  if (error instanceof Problem) return error.code;
  const { statusCode = 500 } = error as FastifyError;
  if (statusCode === 413) return 'HTTP_BODY_TOO_LARGE';
  return statusCode >= 400 && statusCode < 500 ? 'HTTP_REQUEST_INVALID' : 'HTTP_INTERNAL';
}

function answer(request: FastifyRequest, reply: FastifyReply, code: ProblemCode): FastifyReply {
  void reply.code(STATUS[code]);
  if (code === 'HTTP_NOT_READY') void reply.header('retry-after', '2');
  if (isForPeople(request)) {
    const page = problemPage(code, request.id, localeOf(request.headers['accept-language']));
    return reply.type('text/html; charset=utf-8').send(page);
  }
  return reply.type('application/problem+json').send(problemBody(code, request.id));
}

function isForPeople({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? '').includes('text/html');
}
