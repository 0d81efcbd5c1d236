/** Live events: `GET /v2/events`, for pages and programs. Not of Camunda's API, which has none. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type EventType, eventType } from '../../../contracts/events.js';
import type { EventRow, Store } from '../../../store/index.js';
import { camundaOf } from '../../camunda/asking.js';
import { invalid } from '../../camunda/fields.js';
import { idOfKey } from '../../camunda/keys.js';
import { type AppState, depsOf } from '../../deps.js';
import { createHub, type Hub } from '../../events/hub.js';
import { type EventIds, eventIdsFor } from '../../events/ids.js';
import { createStream } from '../../events/stream.js';
import { mayHear, viewerOfEvents } from '../../events/visible.js';
import { callerOf } from '../../identities/principal.js';
import { inputOf } from '../../input.js';
import { type About, file } from '../../openapi/about.js';
import { addRoute } from '../../plugins/routes.js';

/** What may be asked for: types by commas, one process instance. */
export const EVENTS_QUERY = z.strictObject({
  types: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(eventType).max(50))
    .optional()
    .describe('Types by commas; all, where it is not there.'),
  processInstanceKey: z.string().optional().describe('Events of this instance alone.'),
});

const ABOUT: About = {
  summary: 'Tells live what changes, as server-sent events',
  says: `Each event is \`{type, timestamp, data}\`: what happened, and by which keys it is read. With \`Last-Event-ID\` a stream goes on where
another was broken off; \`stream.reset\` says that events between are gone. \`docs/events.md\` has the types and who hears them. Five of a
person are open at most.`,
  query: EVENTS_QUERY,
  answers: file('text/event-stream', 'A stream that does not end by itself'),
  errors: ['NOT_FOUND'],
};

/** Adds it. `trouble` hears of a store that does not answer. */
export function addEvents(
  app: FastifyInstance,
  state: AppState,
  trouble: (error: unknown) => void,
): void {
  let hub: Hub | null = null;
  const hubOf = (store: Store): Hub => {
    hub ??= createHub({ store, now: depsOf(state).identities.now, trouble });
    return hub;
  };
  app.addHook('preClose', async () => hub?.close());
  addRoute(app, 'events', ABOUT, async (request, reply) => {
    const { store } = camundaOf(state, request);
    const caller = callerOf(request);
    const wants = await wantedBy(store, request);
    void reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no');
    const { userId, groups } = caller.account;
    const ids = eventIdsFor(depsOf(state).camunda.cursorSecret, userId);
    const after = lastIn(request, ids);
    if (request.method === 'HEAD') return reply.send();
    const stream = createStream();
    const { csmSees } = depsOf(state).identities;
    const viewerOf = (type: EventType) => viewerOfEvents(caller, csmSees, type);
    const { tokenHash } = caller;
    const { idOf } = ids;
    const listening = { userId, groups, tokenHash, wants, viewerOf, idOf, after };
    await hubOf(depsOf(state).camunda.store).open(listening, stream);
    return reply.send(stream.body);
  });
}

async function wantedBy(
  store: Store,
  request: FastifyRequest,
): Promise<(event: EventRow) => boolean> {
  const { types, processInstanceKey: key } = inputOf(EVENTS_QUERY, request.query);
  const caller = callerOf(request);
  const instanceId = key === undefined ? null : await idOfKey(store, 'processInstance', key);
  const isHeard = (type: EventType): boolean => mayHear(caller, type);
  return ({ type, instanceId: of }) =>
    (types?.includes(type) ?? true) && (instanceId === null || of === instanceId) && isHeard(type);
}

/** Where a stream was broken off; `lost`: its id is none of this reader. Errors: `INPUT_INVALID`. */
function lastIn({ headers }: FastifyRequest, ids: EventIds): number | 'lost' | null {
  const given = headers['last-event-id'];
  if (given === undefined || given === '') return null;
  if (typeof given === 'string' && /^[\w-]{1,60}$/.test(given))
    return ids.numberOf(given) ?? 'lost';
  throw invalid('Last-Event-ID', 'it is the id of no event');
}
