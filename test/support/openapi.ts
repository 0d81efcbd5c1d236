/** Holds an app to what it tells of itself: whatever it is asked and answers fits the document. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type About, FILES } from '../../api/openapi/about.js';
import { refusalsOf } from '../../api/openapi/refusals.js';
import { PERMISSIONS } from '../../api/permissions.js';

/** Writes down among the troubles what does not fit. */
export function holdToTold(app: FastifyInstance, troubles: unknown[]): FastifyInstance {
  app.addHook('onSend', async (request, reply, payload) => {
    const misfit = misfitOf(
      request,
      reply.statusCode,
      String(reply.getHeader('content-type')),
      payload,
    );
    if (misfit !== null) {
      const { permission } = request.routeOptions.config;
      troubles.push(new Error(`${permission} answered ${reply.statusCode}: ${misfit}`));
    }
    return payload;
  });
  return app;
}

function misfitOf(
  request: FastifyRequest,
  status: number,
  type: string,
  payload: unknown,
): string | null {
  const { permission: name, about } = request.routeOptions.config;
  if (!name || !about) return null;
  if (status < 400) return asked(request, about) ?? answered(about, status, type, payload);
  const told = refusalsOf(PERMISSIONS[name], about);
  // A page for people has no code.
  if (!type.startsWith('application/problem+json')) {
    return told.some((one) => one.status === status) ? null : 'a status that is not told';
  }
  const { title } = JSON.parse(String(payload)) as { readonly title: string };
  const fits = told.some((one) => one.status === status && one.title === title);
  return fits ? null : `the code ${title} is not told`;
}

/** What was done was asked for as it is told. */
function asked(
  { query, body }: FastifyRequest,
  { query: wanted, body: sent }: About,
): string | null {
  const misfit = wanted?.safeParse(query).error ?? null;
  if (misfit) return `it took the query ${misfit.message}`;
  if (sent === undefined || FILES.includes(sent.type)) return null;
  const error = sent.schema.safeParse(body ?? undefined).error;
  return error ? `it took a body that does not fit: ${error.message}` : null;
}

function answered(about: About, status: number, type: string, payload: unknown): string | null {
  const all = [about.answers].flat().filter((one) => one.status === status);
  if (all.length === 0) return 'a status that is not told';
  const one = all.find((answer) => answer.type === null || type.startsWith(answer.type));
  if (!one) return `${type} is not told`;
  if (one.type === null) return payload ? 'it is not empty' : null;
  if (one.schema === null) return null;
  return one.schema.safeParse(JSON.parse(String(payload))).error?.message ?? null;
}
