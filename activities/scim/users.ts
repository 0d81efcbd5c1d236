/**
 * Accounts of a SCIM server: found, read, made, opened and closed, deleted. Class: side effect.
 * Source: RFC 7644 §3.3–§3.6, §3.14 (versions).
 */
import type { Json } from '../../engine/model/index.js';
import { ask, invalidAnswer, type ScimServer } from './ask.js';
import { configOf, isNotFound } from './not-found.js';
import { isActive, SCIM_LIST, SCIM_USER, type ScimUser } from './resource.js';

/** An account with the version under which it was read; null: the server tells none. */
export interface ReadUser {
  readonly user: ScimUser;
  readonly etag: string | null;
  /** As the server wrote it. */
  readonly raw: Json;
}

/** Whether the server says that it filters; one that does not say is taken at RFC 7644's word. */
export async function filters(server: ScimServer): Promise<boolean> {
  return (await configOf(server))?.filter?.supported ?? true;
}

const USERS = '/Users';
const pathOf = (id: string): string => `${USERS}/${encodeURIComponent(id)}`;

/** An account by its id; null: the server answers 404, as SCIM. */
export async function getUser(server: ScimServer, id: string): Promise<ReadUser | null> {
  const answer = await ask(server, { method: 'GET', path: pathOf(id), accepts: [404] });
  if (await isNotFound(server, answer)) return null;
  const read = SCIM_USER.safeParse(answer.body);
  if (!read.success || read.data.id !== id) throw invalidAnswer(server, 'it is no such account');
  const etag = answer.etag ?? read.data.meta?.version ?? null;
  return { user: read.data, etag, raw: answer.body };
}

const PAGE = 100;
const MOST_PAGES = 200;

/** All accounts that a filter fits, page after page; null: all there are. One that moves between pages is told once. */
export async function listUsers(
  server: ScimServer,
  filter: string | null,
): Promise<readonly ScimUser[]> {
  const found = new Map<string, ScimUser>();
  let startIndex = 1;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = {
      ...(filter === null ? {} : { filter }),
      startIndex: String(startIndex),
      count: String(PAGE),
    };
    // some servers answer 404 where nothing fits
    const answer = await ask(server, { method: 'GET', path: USERS, query, accepts: [404] });
    if (filter !== null && (await isNotFound(server, answer))) return [...found.values()];
    const read = SCIM_LIST.safeParse(answer.body);
    if (!read.success) throw invalidAnswer(server, 'its list cannot be read');
    const users = read.data.Resources ?? [];
    for (const user of users) found.set(user.id, user);
    startIndex += users.length;
    if (users.length === 0 || startIndex > read.data.totalResults) return [...found.values()];
  }
  throw invalidAnswer(server, `its list has more than ${MOST_PAGES} pages`);
}

/** Makes an account. Errors: `SCIM_CONFLICT` when its name is taken. @returns its id */
export async function createUser(
  server: ScimServer,
  user: Readonly<Record<string, Json>>,
): Promise<string> {
  const { body } = await ask(server, { method: 'POST', path: USERS, body: user });
  const read = SCIM_USER.safeParse(body);
  if (!read.success) throw invalidAnswer(server, 'what it made cannot be read');
  return read.data.id;
}

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Ways to say the same, the usual first: servers take one or the other, and some none. */
const PATCHES: readonly ((active: boolean) => Json)[] = [
  (active) => ({ op: 'replace', path: 'active', value: active }),
  (active) => ({ op: 'replace', value: { active } }),
  (active) => ({ op: 'Replace', path: 'active', value: active ? 'True' : 'False' }),
];

/** Statuses by which a server says that it does not know this way. */
const OTHER_WAY: readonly number[] = [400, 405, 501];

/**
 * Opens or closes an account; one that is so already is left alone. What the server answers proves nothing: it is
 * read again by whoever wants to know. @returns whether anything was sent; null: there is no such account
 */
export async function setActive(
  server: ScimServer,
  id: string,
  active: boolean,
): Promise<'changed' | 'unchanged' | null> {
  const read = await getUser(server, id);
  if (!read) return null;
  if (isActive(read.user) === active) return 'unchanged';
  const at = { path: pathOf(id), ifMatch: read.etag };
  for (const patch of PATCHES) {
    const body = { schemas: [PATCH], Operations: [patch(active)] };
    const accepts = [404, ...OTHER_WAY];
    const answer = await ask(server, { ...at, method: 'PATCH', body, accepts });
    if (await isNotFound(server, answer)) return null;
    if (!OTHER_WAY.includes(answer.status)) return 'changed';
  }
  const whole = { ...(read.raw as Readonly<Record<string, Json>>), active };
  const answer = await ask(server, { ...at, method: 'PUT', body: whole, accepts: [404] });
  return (await isNotFound(server, answer)) ? null : 'changed';
}

/** Takes an account out of a group. A group, or a member, that is not there is fine, where that is known. */
export async function leaveGroup(
  server: ScimServer,
  groupId: string,
  userId: string,
): Promise<void> {
  const path = `members[value eq ${JSON.stringify(userId)}]`;
  const answer = await ask(server, {
    method: 'PATCH',
    path: `/Groups/${encodeURIComponent(groupId)}`,
    body: { schemas: [PATCH], Operations: [{ op: 'remove', path }] },
    accepts: [404],
  });
  await isNotFound(server, answer);
}

/** Deletes an account for good; one that is not there is fine, where that is known. */
export async function deleteUser(server: ScimServer, id: string): Promise<void> {
  const answer = await ask(server, { method: 'DELETE', path: pathOf(id), accepts: [404] });
  await isNotFound(server, answer);
}
