/** Instances for whoever operates them: where one stands and why, and what is done to it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  actOutcome,
  elementStory,
  timelinePage,
  wholeInstance,
} from '../../contracts/instances.js';
import { toldHistory } from '../../history/index.js';
import { askerOf, camundaOf, keyIn, searcherOf } from '../camunda/asking.js';
import { idOfKey } from '../camunda/keys.js';
import type { AppState } from '../deps.js';
import { answerOf, inputOf } from '../input.js';
import { actUpon } from '../instances/acts.js';
import { storyOf } from '../instances/story.js';
import { wholeOf } from '../instances/whole.js';
import { addRoute } from '../plugins/routes.js';
import { outcomeIn } from '../refused.js';
import { ABOUT, ACT, STORY_QUERY, TIMELINE_QUERY } from './instances.about.js';

const LARGE = { bodyLimit: 300_000 };

/** Adds them. */
export function addInstances(app: FastifyInstance, state: AppState): void {
  const instanceIn = (request: FastifyRequest): Promise<string> =>
    idOfKey(camundaOf(state, request).store, 'processInstance', keyIn(request));
  const historyIn = async (request: FastifyRequest) => {
    const key = await instanceIn(request);
    return outcomeIn(await camundaOf(state, request).operate('history', { key }, askerOf(request)));
  };
  addRoute(app, 'instance', ABOUT.instance, async (request) => {
    const deps = camundaOf(state, request);
    const key = await instanceIn(request);
    const detail = outcomeIn(await deps.operate('getInstance', { key }, askerOf(request)));
    const { seesValues } = searcherOf(request, deps);
    return answerOf(wholeInstance, await wholeOf(deps.store, detail, seesValues));
  });
  addRoute(app, 'instanceTimeline', ABOUT.instanceTimeline, async (request) => {
    const { locale, all, from, limit } = inputOf(TIMELINE_QUERY, request.query);
    const lines = toldHistory(await historyIn(request), all, locale).toReversed();
    const items = lines.slice(from, from + limit).map((line) => ({ ...line }));
    const next = from + limit < lines.length ? from + limit : null;
    return answerOf(timelinePage, { items, total: lines.length, next });
  });
  addRoute(app, 'instanceElement', ABOUT.instanceElement, async (request) => {
    const { locale } = inputOf(STORY_QUERY, request.query);
    const { elementId = '' } = request.params as { readonly elementId?: string };
    const { store } = camundaOf(state, request);
    return answerOf(
      elementStory,
      await storyOf(store, await historyIn(request), elementId, locale),
    );
  });
  addRoute(
    app,
    'actOnInstance',
    ABOUT.actOnInstance,
    async (request) => {
      const key = await instanceIn(request);
      const { act, reason } = inputOf(ACT, request.body);
      const asking = { ...askerOf(request), reason };
      return answerOf(actOutcome, await actUpon(camundaOf(state, request), key, act, asking));
    },
    LARGE,
  );
}
