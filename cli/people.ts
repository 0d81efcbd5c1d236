/** The audit knows people by opaque ids; who reads it here is told their login names. Class: pure, but for the asking. */
import type { ActRow } from '../contracts/control.js';
import type { ControlClient } from '../worker/control/client.js';

/** Login names by ids. */
export type Names = ReadonlyMap<string, string>;

const ID = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g;

/** Ids in acts that may be those of people. */
export function idsIn(acts: readonly Pick<ActRow, 'actor' | 'object'>[]): readonly string[] {
  const texts = acts.flatMap(({ actor, object }) => [
    actor ?? '',
    ...object.split(' ').filter((part) => part.startsWith('user:')),
  ]);
  return [...new Set(texts.flatMap((text) => text.match(ID) ?? []))];
}

/** The acts with names in place of ids that are somebody's. */
export function named<Act extends Pick<ActRow, 'actor' | 'object'>>(act: Act, names: Names): Act {
  const { actor, object } = act;
  const parts = object.split(' ').map((part) => {
    const name = part.startsWith('user:') ? names.get(part.slice('user:'.length)) : undefined;
    return name === undefined ? part : `user:${name}`;
  });
  return { ...act, actor: names.get(actor ?? '') ?? actor, object: parts.join(' ') };
}

const MOST = 1000;

/** Names of those among ids that are people. */
export async function namesOf(client: ControlClient, ids: readonly string[]): Promise<Names> {
  if (ids.length === 0) return new Map();
  const filter = { userId: { $in: ids.slice(0, MOST) } };
  const { items } = await client.call('searchUsers', { filter, limit: MOST });
  return new Map(items.map(({ userId, loginName }) => [userId, loginName]));
}

/** By what the audit may know somebody of this name: the name itself, as on the command line, and their id. */
export async function actorsOf(client: ControlClient, name: string): Promise<readonly string[]> {
  const filter = { loginName: name };
  const { items } = await client.call('searchUsers', { filter, limit: 1 });
  return [name, ...items.map(({ userId }) => userId)];
}
