/**
 * `jornada user add|list|link|disable`, `jornada token create|list|revoke`. Exit codes: 0 done, 1 refused, 2 usage.
 * What opens something goes to stdout alone, once.
 */
import type { OperationInput, TokenRow, UserRow } from '../../contracts/control.js';
import { LOCALES, ROLES, SCOPES } from '../../contracts/identities.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { printOne, printRows } from '../output.js';
import { type Column, printable, shownInstant } from '../table.js';
import { parseCount } from '../values.js';
import { pairs } from './get.js';
import { common } from './search.js';

/** Adds a person. */
export async function addUser(
  context: EngineContext,
  [name = '']: readonly string[],
): Promise<ExitCode> {
  const { client, options } = context;
  const input = {
    loginName: name,
    displayName: textOption(options, 'displayName') ?? name,
    mail: textOption(options, 'mail'),
    locale: among(LOCALES, [textOption(options, 'locale') ?? 'en'], '--locale')[0] ?? 'en',
    roles: among(ROLES, parts(textOption(options, 'role')), '--role'),
    groups: [...parts(textOption(options, 'group'))],
  } satisfies OperationInput<'addUser'>;
  const answer = await client.call('addUser', input);
  const { user, passwordLink } = answer;
  await printOne(context, answer, () =>
    pairs([
      ['User', `${user.loginName} (${user.roles.join(', ') || 'no role'})`],
      ['Password link', passwordLink.url],
      ['Until', shownInstant(passwordLink.expiresAt)],
    ]),
  );
  return EXIT.done;
}

/** Lists people. */
export async function listUsers(context: EngineContext): Promise<ExitCode> {
  const query = common(context, USER_COLUMNS, {});
  await printRows(context, await context.client.call('searchUsers', query), USER_COLUMNS);
  return EXIT.done;
}

/** Makes a new link. */
export async function linkUser(
  context: EngineContext,
  [loginName = '']: readonly string[],
): Promise<ExitCode> {
  const link = await context.client.call('makePasswordLink', { loginName });
  await printOne(context, link, () =>
    pairs([
      ['Password link', link.url],
      ['Until', shownInstant(link.expiresAt)],
    ]),
  );
  return EXIT.done;
}

/** Disables a person. */
export async function disableUser(
  context: EngineContext,
  [loginName = '']: readonly string[],
): Promise<ExitCode> {
  const user = await context.client.call('disableUser', { loginName });
  await printOne(context, user, () => [`${user.loginName} is disabled; nothing of theirs is open`]);
  return EXIT.done;
}

const DAY_MS = 24 * 3_600_000;

/** Makes a token. */
export async function createToken(
  context: EngineContext,
  [loginName = '']: readonly string[],
): Promise<ExitCode> {
  const { client, options } = context;
  const name = textOption(options, 'name');
  if (name === null) throw misuse('--name TEXT', 'it is missing');
  const scopes = among(SCOPES, parts(textOption(options, 'scope')), '--scope');
  if (scopes.length === 0) throw misuse('--scope A,B', 'it is missing');
  const days = parseCount(textOption(options, 'days') ?? '90', '--days', 366);
  const expiresAt = new Date(Date.now() + days * DAY_MS).toISOString();
  const answer = await client.call('createToken', { loginName, name, scopes, expiresAt });
  const { token, secret } = answer;
  await printOne(context, answer, () =>
    pairs([
      ['Token', secret],
      ['Id', token.tokenId],
      ['Scopes', token.scopes.join(', ')],
      ['Until', shownInstant(token.expiresAt)],
    ]),
  );
  context.terminal.talk('Keep it now: it is not shown again.');
  return EXIT.done;
}

/** Lists tokens of a person. */
export async function listTokens(
  context: EngineContext,
  [loginName = '']: readonly string[],
): Promise<ExitCode> {
  const { tokens } = await context.client.call('getTokens', { loginName });
  const total = { count: tokens.length, isExact: true };
  await printRows(context, { items: tokens, total }, TOKEN_COLUMNS);
  return EXIT.done;
}

/** Revokes a token. */
export async function revokeToken(
  context: EngineContext,
  [tokenId = '']: readonly string[],
): Promise<ExitCode> {
  await context.client.call('revokeToken', { tokenId });
  await printOne(context, { tokenId }, () => [`${tokenId} is revoked`]);
  return EXIT.done;
}

const parts = (text: string | null): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function among<T extends string>(known: readonly T[], given: readonly string[], flag: string): T[] {
  return given.map((one) => {
    const found = known.find((other) => other === one);
    if (found === undefined) throw misuse(`${flag} of ${known.join(', ')}`, `'${one}' is none`);
    return found;
  });
}

const USER_COLUMNS: readonly Column<UserRow>[] = [
  { title: 'USER', field: 'loginName', text: ({ loginName }) => loginName },
  { title: 'NAME', text: ({ displayName }) => printable(displayName) },
  { title: 'ROLES', field: 'roles', text: ({ roles }) => roles.join(', ') || '-' },
  { title: 'GROUPS', field: 'groups', text: ({ groups }) => groups.join(', ') || '-' },
  {
    title: 'STATE',
    field: 'isActive',
    text: ({ isActive, isDemo }) => `${isActive ? 'active' : 'disabled'}${isDemo ? ', demo' : ''}`,
  },
  { title: 'SINCE', field: 'createdAt', text: ({ createdAt }) => shownInstant(createdAt) },
];

const TOKEN_COLUMNS: readonly Column<TokenRow>[] = [
  { title: 'ID', field: 'tokenId', text: ({ tokenId }) => tokenId },
  { title: 'NAME', field: 'name', text: ({ name }) => printable(name) },
  { title: 'SCOPES', field: 'scopes', text: ({ scopes }) => scopes.join(', ') },
  { title: 'OPENS', field: 'isLive', text: ({ isLive }) => (isLive ? 'yes' : 'no') },
  { title: 'UNTIL', field: 'expiresAt', text: ({ expiresAt }) => shownInstant(expiresAt) },
  { title: 'USED', field: 'lastUsedAt', text: ({ lastUsedAt }) => shownInstant(lastUsedAt) },
];
