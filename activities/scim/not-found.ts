/**
 * What a 404 proves. A proxy in front of a server that is down, and a wrong base URL, answer 404 too: it counts only where
 * SCIM is heard speaking. Class: side effect. Source: RFC 7644 §3.12 (errors), RFC 7643 §5.
 */
import { isContext, type Json } from '../../engine/model/index.js';
import { ask, invalidAnswer, type ScimAnswer, type ScimServer } from './ask.js';
import { SCIM_CONFIG, SCIM_LIST, type ScimConfig } from './resource.js';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/**
 * Whether what was asked for is not there. Errors: `SCIM_ANSWER_INVALID` for a 404 that is no error of SCIM, of a server
 * that nothing of SCIM was heard from.
 */
export async function isNotFound(
  server: ScimServer,
  { status, body }: ScimAnswer,
): Promise<boolean> {
  if (status !== 404) return false;
  if (isScimError(body) || (await speaksScim(server))) return true;
  throw invalidAnswer(server, 'its 404 is no error of SCIM, and it answers nothing else');
}

function isScimError(body: Json): boolean {
  const schemas = isContext(body) ? body.schemas : null;
  return Array.isArray(schemas) && schemas.includes(ERROR);
}

/** What the server says that it can; null: it does not say. */
export async function configOf(server: ScimServer): Promise<ScimConfig | null> {
  const accepts = [401, 403, 404, 405, 501];
  const answer = await ask(server, { method: 'GET', path: '/ServiceProviderConfig', accepts });
  const read = answer.status < 300 ? SCIM_CONFIG.safeParse(answer.body) : null;
  return read?.success ? read.data : null;
}

/**
 * Asks whether the server is there and takes our credential, and changes nothing. What it says of itself is asked first; where
 * it says nothing, for a list of no accounts. Errors: those of `ask`; `SCIM_ANSWER_INVALID` when it speaks no SCIM.
 */
export async function greetScim(server: ScimServer): Promise<void> {
  const accepts = [404, 405, 501];
  const answer = await ask(server, { method: 'GET', path: '/ServiceProviderConfig', accepts });
  if (answer.status < 300 && SCIM_CONFIG.safeParse(answer.body).success) return;
  const { body } = await ask(server, { method: 'GET', path: '/Users', query: { count: '0' } });
  if (!SCIM_LIST.safeParse(body).success) throw invalidAnswer(server, 'it speaks no SCIM');
}

/** A server is made for each job, and is asked once in it. */
const heard = new WeakMap<ScimServer, Promise<boolean>>();

function speaksScim(server: ScimServer): Promise<boolean> {
  const asked = heard.get(server) ?? hear(server);
  heard.set(server, asked);
  return asked;
}

async function hear(server: ScimServer): Promise<boolean> {
  if ((await configOf(server)) !== null) return true;
  const query = { count: '1' };
  const { body } = await ask(server, { method: 'GET', path: '/Users', query, accepts: [404] });
  return SCIM_LIST.safeParse(body).success;
}
