/** How a route may refuse: what follows from the table of routes, and what it says itself. Class: pure. */
import type { ErrorCode } from '../../engine/errors/index.js';
import { refusedAs } from '../camunda/refusals.js';
import type { Permission } from '../permissions.js';
import { isProblemCode, type ProblemCode, STATUS } from '../problem.js';
import type { About } from './about.js';

/** A refusal that a client may get. */
export interface Refusing {
  readonly code: ErrorCode;
  readonly status: number;
  /** As the answer is titled. */
  readonly title: string;
}

/** All of a route, by status and code. */
export function refusalsOf(permission: Permission, about: About): readonly Refusing[] {
  const codes = [...new Set([...byTable(permission), ...bySchema(permission, about)])];
  const own = (about.errors ?? []).filter((code) => !codes.includes(code as ProblemCode));
  const isCamundas = permission.path.startsWith('/v2/');
  return [...codes, ...own]
    .map((code) => (isCamundas ? ofCamunda(code) : ofOurs(code)))
    .sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
}

const isPage = (path: string): boolean => !/^\/(api|v2|scim)\//.test(path);

function byTable({
  who,
  kind,
  by,
  method,
  path,
  stepUp,
  beforeFactor,
  values,
}: Permission): readonly ProblemCode[] {
  const isSafe = method === 'GET';
  if (who === 'anonymous') {
    const others = isPage(path) ? ('HTTP_CROSS_SITE' as const) : ('CSRF' as const);
    return ['HTTP_INTERNAL', 'HTTP_NOT_READY', 'HTTP_TOO_MANY', ...(isSafe ? [] : [others])];
  }
  const common = [
    'HTTP_INTERNAL',
    'HTTP_NOT_READY',
    'RESOURCE_EXHAUSTED',
    'UNAUTHENTICATED',
  ] as const;
  if (who === 'provisioner') return common;
  return [
    ...common,
    ...(beforeFactor ? [] : (['FACTOR_MISSING'] as const)),
    ...(stepUp ? (['STEP_UP_REQUIRED'] as const) : []),
    ...(values === 'whole' ? (['REASON_REQUIRED'] as const) : []),
    ...(isSafe ? [] : (['CSRF'] as const)),
    ...(who === 'signed-in' && by === 'any' ? [] : (['FORBIDDEN'] as const)),
    ...(kind === 'write' ? (['READ_ONLY'] as const) : []),
    ...(who === 'signed-in' && by === 'any' && kind !== 'write'
      ? []
      : (['TOKEN_INSUFFICIENT'] as const)),
  ];
}

function bySchema(
  { method, path, kind, values, showsSecret }: Permission,
  about: About,
): readonly ProblemCode[] {
  const isRead = about.query !== undefined || about.body !== undefined || values !== undefined;
  return [
    ...(isRead || method !== 'GET' ? (['INPUT_INVALID', 'UNKNOWN_PROPERTY'] as const) : []),
    ...(method === 'GET' ? [] : (['HTTP_BODY_TOO_LARGE'] as const)),
    ...(about.body?.type.endsWith('json') ? (['NUMBER_INEXACT'] as const) : []),
    ...(method !== 'GET' && isPage(path) ? (['HTTP_REQUEST_INVALID'] as const) : []),
    ...(path.includes(':') ? (['NOT_FOUND'] as const) : []),
    ...(/^\/(v2|api\/v1)\//.test(path) && kind === 'write'
      ? (['IDEMPOTENCY_KEY_USED'] as const)
      : []),
    ...(showsSecret ? (['SECRET_SHOWN_ONCE'] as const) : []),
  ];
}

const ofOurs = (code: ErrorCode): Refusing => {
  const status = isProblemCode(code) ? STATUS[code] : refusedAs(code)[0];
  return { code, status, title: code };
};

const ofCamunda = (code: ErrorCode): Refusing => {
  if (code === 'INPUT_INVALID' || code === 'UNKNOWN_PROPERTY') {
    return { code, status: 400, title: 'INVALID_ARGUMENT' };
  }
  if (isProblemCode(code)) return ofOurs(code);
  const [status, title] = refusedAs(code);
  return { code, status, title };
};
