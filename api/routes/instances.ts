/** Instances for whoever operates them: where one stands and why, and what is done to it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  actOutcome,
  elementStory,
  timelinePage,
  wholeInstance,
} from '../../contracts/instances.js';
import { MASKED } from '../../contracts/masked.js';
import { toldHistory, withoutValues } from '../../history/index.js';
import type { Store } from '../../store/index.js';
import { askerOf, camundaOf, keyIn } from '../camunda/asking.js';
import { idOfKey } from '../camunda/keys.js';
import { type AppState, depsOf } from '../deps.js';
import { viewerBy } from '../identities/portfolio.js';
import { callerOf } from '../identities/principal.js';
import { answerOf, inputOf } from '../input.js';
import { actUpon } from '../instances/acts.js';
import { storyOf } from '../instances/story.js';
import { seenTasksOf, wholeOf } from '../instances/whole.js';
import { PERMISSIONS, SEES_AUDIT } from '../permissions.js';
import { addRoute } from '../plugins/routes.js';
import { outcomeIn } from '../refused.js';
import { seesValuesOf } from '../values/index.js';
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
  const shownHistoryIn = async (request: FastifyRequest) => {
    const history = await historyIn(request);
    return (await seesValuesOf(state, request, keyIn(request)))
      ? history
      : withoutValues(history, MASKED);
  };
  /** Tasks are nothing for designers: of an instance whose values they see for another role they do see them. */
  const seesTasks = async (request: FastifyRequest): Promise<boolean> => {
    const isEverybodys = callerOf(request).reads.some((role) => SEES_AUDIT.includes(role));
    return (await seesValuesOf(state, request, keyIn(request))) || isEverybodys;
  };
  /** The store as the route of a task reads it: an instance may be seen by whoever does not see each task in it. */
  const asOfTasks = (request: FastifyRequest): Store => {
    const { camunda, identities } = depsOf(state);
    const viewer = viewerBy(PERMISSIONS.getUserTask, callerOf(request), identities.csmSees);
    return camunda.store.seenBy(viewer);
  };
  addRoute(app, 'instance', ABOUT.instance, async (request) => {
    const deps = camundaOf(state, request);
    const key = await instanceIn(request);
    const detail = outcomeIn(await deps.operate('getInstance', { key }, askerOf(request)));
    const tasks = (await seesTasks(request)) ? await seenTasksOf(asOfTasks(request), detail) : [];
    return answerOf(wholeInstance, await wholeOf(deps.store, detail, tasks));
  });
  addRoute(app, 'instanceTimeline', ABOUT.instanceTimeline, async (request) => {
    const { locale, all, from, limit } = inputOf(TIMELINE_QUERY, request.query);
    const history = await shownHistoryIn(request);
    const lines = toldHistory(history, all, locale).toReversed();
    const items = lines.slice(from, from + limit).map((line) => ({ ...line }));
    const next = from + limit < lines.length ? from + limit : null;
    return answerOf(timelinePage, { items, total: lines.length, next });
  });
  addRoute(app, 'instanceElement', ABOUT.instanceElement, async (request) => {
    const { locale } = inputOf(STORY_QUERY, request.query);
    const { elementId = '' } = request.params as { readonly elementId?: string };
    const { store } = camundaOf(state, request);
    const history = await shownHistoryIn(request);
    return answerOf(elementStory, await storyOf(store, history, elementId, locale));
  });
  addRoute(
    app,
    'actOnInstance',
    ABOUT.actOnInstance,
    async (request) => {
      const key = await instanceIn(request);
      request.valuesOf = keyIn(request);
      const { act, reason } = inputOf(ACT, request.body);
      const asking = { ...askerOf(request), reason };
      return answerOf(actOutcome, await actUpon(camundaOf(state, request), key, act, asking));
    },
    LARGE,
  );
}
