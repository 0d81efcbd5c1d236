/** Who asks, as we tell it and as Camunda's clients want it; and where else they are signed in. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sessionRow, userRow } from '../../contracts/identities.js';
import { type AppDeps, type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { isFactorMissing } from '../identities/factor.js';
import { callerOf, type Principal } from '../identities/principal.js';
import { shownSession, shownUser } from '../identities/shown.js';
import { answerOf, idIn } from '../input.js';
import { type About, answers, NOTHING_TOLD } from '../openapi/about.js';
import {
  A_LATER_INSTANT,
  A_PERSON,
  A_SECRET_TOKEN,
  AN_ID,
  AN_INSTANT,
} from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

const ME = z.strictObject({
  user: userRow,
  /** To be sent along as `X-CSRF-Token`; null: a program asks. */
  csrfToken: z.string().nullable(),
  isFactorMissing: z
    .boolean()
    .describe('Whether a second factor has to be begun before anything else is done.'),
  isOfProvider: z
    .boolean()
    .describe('Whether a provider of identities signed them in: then password and factor are its.'),
});

const SESSIONS = z.strictObject({
  items: z.array(sessionRow.extend({ isCurrent: z.boolean() })),
});

const CAMUNDA_ME = z.strictObject({
  ...{ username: z.string(), displayName: z.string(), email: z.string().nullable() },
  authorizedComponents: z.array(z.string()),
  tenants: z.array(
    z.strictObject({ tenantId: z.string(), name: z.string(), description: z.null() }),
  ),
  ...{ groups: z.array(z.string()), roles: z.array(z.string()) },
  ...{ salesPlanType: z.null(), c8Links: z.strictObject({}), canLogout: z.boolean() },
});
const A_SESSION = {
  ...{ sessionId: AN_ID, startedAt: AN_INSTANT, seenAt: AN_INSTANT },
  ...{ expiresAt: A_LATER_INSTANT, isCurrent: true },
};
const ABOUT = {
  me: {
    summary: 'Says who asks',
    answers: answers(ME, {
      user: A_PERSON,
      csrfToken: A_SECRET_TOKEN,
      ...{ isFactorMissing: false, isOfProvider: false },
    }),
  },
  camundaMe: {
    summary: 'Says who asks, as Camunda does',
    answers: answers(CAMUNDA_ME, {
      ...{ username: 'cora', displayName: 'Cora Lima', email: null, authorizedComponents: ['*'] },
      tenants: [{ tenantId: '<default>', name: 'Default', description: null }],
      ...{ groups: ['onboarding'], roles: ['csm'], salesPlanType: null, c8Links: {} },
      canLogout: false,
    }),
  },
  mySessions: {
    summary: 'Lists where you are signed in',
    answers: answers(SESSIONS, { items: [A_SESSION] }),
  },
  endSession: { summary: 'Ends one of your sessions', answers: NOTHING_TOLD },
} satisfies Record<string, About>;

/** Adds them. */
export function addMe(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'me', ABOUT.me, async (request) => {
    const caller = callerOf(request);
    const deps = depsOf(state);
    const user = await userOf(deps, caller);
    return answerOf(ME, {
      ...{ user: shownUser(user), csrfToken: caller.csrfToken },
      isFactorMissing: isFactorMissing(deps.identities.factorPolicy, caller),
      isOfProvider: caller.isOfProvider,
    });
  });
  addRoute(app, 'camundaMe', ABOUT.camundaMe, async (request) => {
    const caller = callerOf(request);
    return camundaUser(await userOf(depsOf(state), caller), caller);
  });
  addRoute(app, 'mySessions', ABOUT.mySessions, async (request) => {
    const { people, now } = depsOf(state).identities;
    const { account, sessionId } = callerOf(request);
    const open = await people.sessions(account.userId, new Date(now()).toISOString());
    const items = open.map((one) => ({
      ...shownSession(one),
      isCurrent: one.sessionId === sessionId,
    }));
    return answerOf(SESSIONS, { items });
  });
  addRoute(app, 'endSession', ABOUT.endSession, async (request, reply) => {
    const { identities } = depsOf(state);
    const sessionId = idIn(request, 'sessionId');
    const { userId } = callerOf(request).account;
    const by = byOf(request, identities);
    const isEnded = await identities.people.endSession(userId, sessionId, 'endSession', by);
    if (!isEnded) throw new Problem('NOT_FOUND');
    return reply.code(204).send();
  });
}

async function userOf({ identities }: AppDeps, { account }: Principal) {
  const user = await identities.people.get(account.userId);
  if (!user) throw new Problem('UNAUTHENTICATED');
  return user;
}

/** One deployment serves one company, and no plan is sold. */
function camundaUser(
  user: Parameters<typeof shownUser>[0],
  { reads, by }: Principal,
): Readonly<Record<string, unknown>> {
  return {
    username: user.loginName,
    displayName: user.displayName,
    email: user.mail,
    authorizedComponents: ['*'],
    tenants: [{ tenantId: '<default>', name: 'Default', description: null }],
    groups: [...user.groups],
    roles: [...reads],
    salesPlanType: null,
    c8Links: {},
    canLogout: by === 'session',
  };
}
