/** Who stands in for whom while they are away: people say it of themselves, admins of others too. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  newSubstitute,
  substituteList,
  substituteQuery,
  substituteRow,
} from '../../contracts/substitutes.js';
import { dateOf, startOfDate } from '../../engine/calendars/wall-time.js';
import type { Account, Substitute, User } from '../../store/index.js';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { callerOf } from '../identities/principal.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers, NOTHING_TOLD, sent } from '../openapi/about.js';
import { AN_ID } from '../openapi/examples.js';
import { rightsOf, SEES_AUDIT, SEES_VALUES } from '../permissions.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

const A_SUBSTITUTE = {
  ...{ substituteId: AN_ID, absent: 'cora', substitute: 'bea', tz: 'America/Sao_Paulo' },
  ...{ fromAt: '2027-01-04T03:00:00.000Z', untilAt: '2027-01-16T03:00:00.000Z' },
  ...{ processIds: null, isActive: false },
};

const ABOUT = {
  substitutes: {
    summary: 'Lists who stands in for whom',
    says: 'Those that are not over. `of=all`, for admins and auditors, has everybody; else it is what the caller has to do with.',
    query: substituteQuery,
    answers: answers(substituteList, { items: [A_SUBSTITUTE] }),
    errors: ['FORBIDDEN'],
  },
  addSubstitute: {
    summary: 'Names somebody who stands in for a person who is away',
    says: 'From the start of one day until the end of another, in a zone, upon some processes or all. Who stands in sees and does the tasks of who is away, and those that they could take; journal and audit name both. Substitutes of who stands in do not.',
    body: sent(newSubstitute, {
      ...{ substitute: 'bea', from: '2027-01-04', until: '2027-01-15', tz: 'America/Sao_Paulo' },
    }),
    answers: answers(substituteRow, A_SUBSTITUTE, 201),
    errors: ['SUBSTITUTE_INVALID', 'SUBSTITUTES_TOO_MANY'],
  },
  removeSubstitute: {
    summary: 'Ends that somebody stands in for another',
    answers: NOTHING_TOLD,
    errors: ['NOT_FOUND'],
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addSubstitutes(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'substitutes', ABOUT.substitutes, async (request) => {
    const { of } = inputOf(substituteQuery, request.query);
    const { account, reads } = callerOf(request);
    if (of === 'all' && !reads.some((role) => SEES_AUDIT.includes(role))) {
      throw new Problem('FORBIDDEN');
    }
    const at = atOf(state);
    const found = await storedIn(state).list(of === 'all' ? of : account, at);
    return answerOf(substituteList, { items: found.map((one) => shown(one, at)) });
  });
  addRoute(app, 'addSubstitute', ABOUT.addSubstitute, async (request, reply) => {
    const wanted = inputOf(newSubstitute, request.body);
    const one = await added(state, request, wanted);
    return reply.code(201).send(answerOf(substituteRow, shown(one, atOf(state))));
  });
  addRoute(app, 'removeSubstitute', ABOUT.removeSubstitute, async (request, reply) => {
    const { account, writes } = callerOf(request);
    const whose = writes.includes('admin') ? null : account.userId;
    const by = byOf(request, depsOf(state).identities);
    const isGone = await storedIn(state).remove(idIn(request, 'substituteId'), whose, by);
    if (!isGone) throw new Problem('NOT_FOUND');
    return reply.code(204).send();
  });
}

const storedIn = (state: AppState) => depsOf(state).camunda.store.inbox.substitutes;
const atOf = (state: AppState): string => new Date(depsOf(state).identities.now()).toISOString();

const shown = (one: Substitute, at: string): z.input<typeof substituteRow> => {
  const { substituteId, absent, substitute, fromAt, untilAt, tz, processIds } = one;
  const isActive = fromAt <= at && at < untilAt;
  return { substituteId, absent, substitute, fromAt, untilAt, tz, processIds, isActive };
};

/** Further ahead nobody plans. */
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

async function added(
  state: AppState,
  request: FastifyRequest,
  { absent, substitute, from, until, tz, processIds }: z.output<typeof newSubstitute>,
): Promise<Substitute> {
  const { identities } = depsOf(state);
  const { account, writes } = callerOf(request);
  if (absent !== undefined && absent !== account.loginName && !writes.includes('admin')) {
    throw new Problem('FORBIDDEN');
  }
  const away = absent === undefined ? account : await identities.people.byName(absent);
  const person = await identities.people.byName(substitute);
  if (!away || !works(away)) throw invalid(`'${absent}' works on no tasks`);
  if (!person || !works(person)) throw invalid(`'${substitute}' works on no tasks`);
  if (person.userId === away.userId) throw invalid('nobody stands in for themselves');
  const days = { fromAt: startOf(from, 0, tz), untilAt: startOf(until, 1, tz) };
  if (days.untilAt <= days.fromAt) throw invalid('the last day is before the first');
  if (days.untilAt <= atOf(state)) throw invalid('these days are over');
  if (Date.parse(days.untilAt) - Date.parse(days.fromAt) > MOST_DAYS * DAY_MS) {
    throw invalid(`these are more than ${MOST_DAYS} days`);
  }
  const one = {
    ...{ substituteId: randomUUID(), absentId: away.userId, personId: person.userId },
    ...{ ...days, tz, processIds: processIds && [...new Set(processIds)] },
  };
  await storedIn(state).add(one, byOf(request, identities));
  return { ...one, absent: away.loginName, substitute: person.loginName };
}

const works = ({ isActive, roles }: Account | User): boolean =>
  isActive && rightsOf(roles).writes.some((role) => SEES_VALUES.includes(role));

/** The first instant of a day, some days on. Errors: `SUBSTITUTE_INVALID` for a zone that is none. */
function startOf(date: string, daysOn: number, tz: string): string {
  try {
    const number = Date.parse(`${date}T00:00:00Z`) / DAY_MS + daysOn;
    return new Date(startOfDate(dateOf(number), tz)).toISOString();
  } catch {
    throw invalid('there is no such zone');
  }
}

const invalid = (detail: string): Problem => new Problem('SUBSTITUTE_INVALID', { detail });
