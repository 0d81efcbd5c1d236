/** Who asks about tasks, and which is meant. */
import type { FastifyRequest } from 'fastify';
import type { Account, UserTaskRow } from '../../store/index.js';
import { askerOf, camundaOf, keyIn } from '../camunda/asking.js';
import { idOfKey, partsOf } from '../camunda/keys.js';
import { type AppState, type CamundaDeps, depsOf } from '../deps.js';
import { callerOf } from '../identities/principal.js';
import { Problem } from '../problem.js';
import type { Shaping } from './items.js';
import { createPackages, type Packages } from './packages.js';
import { viewerOf } from './substitutes.js';

/** Makes what shapes the answers to a request; what it reads of packages it keeps from one to the next. */
export function createShaping(state: AppState): (request: FastifyRequest) => Promise<Shaping> {
  let kept: { readonly of: object; readonly packages: Packages } | null = null;
  return async (request) => {
    const deps = camundaOf(state, request);
    // Packages are nobody's: what one caller read of them serves the next.
    const { store, registry } = depsOf(state).camunda;
    if (kept?.of !== store) kept = { of: store, packages: createPackages(store, registry) };
    const { account } = callerOf(request);
    const { actor, requestId } = askerOf(request);
    const { packages } = kept;
    const now = depsOf(state).identities.now();
    const viewer = await viewerOf(store, account, new Date(now).toISOString());
    return {
      ...{ deps, packages, userId: account.userId, now },
      looking: { ...viewer, asker: { actor, requestId, reason: null } },
    };
  };
}

/** What shapes the answers to somebody who is known by a link of theirs, or is written to. */
export function createPersonShaping(
  deps: CamundaDeps,
  { userId, loginName, groups }: Pick<Account, 'userId' | 'loginName' | 'groups'>,
  now: number,
): Shaping {
  const asker = { actor: loginName, requestId: userId, reason: null };
  return {
    ...{ deps, packages: createPackages(deps.store, deps.registry), userId, now },
    looking: { user: loginName, groups, asker },
  };
}

/** The id of the task of the address, as an operation names it. Errors: `NOT_FOUND`. */
export const taskIdIn = ({ deps: { store } }: Shaping, request: FastifyRequest): Promise<string> =>
  idOfKey(store, 'userTask', keyIn(request));

/** The task of the address. Errors: `NOT_FOUND`. */
export async function taskIn(shaping: Shaping, request: FastifyRequest): Promise<UserTaskRow> {
  const { instanceId, rest: taskId } = partsOf(await taskIdIn(shaping, request));
  const row = await shaping.deps.store.userTasks.get(instanceId, taskId);
  if (!row) throw new Problem('NOT_FOUND');
  return row;
}

/** The version that a change may ask for. Class: pure. */
export const etagOf = ({ version }: Pick<UserTaskRow, 'version'>): string => `"${version}"`;
