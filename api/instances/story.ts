/** What became of an element of an instance: why it was entered, and why what is due there is due then. Class: side effect (store). */
import type { OperationOutput } from '../../contracts/control.js';
import type { ElementStory } from '../../contracts/instances.js';
import { type ToldLocale, toldCauses } from '../../history/index.js';
import type { Store } from '../../store/index.js';
import { keysFor } from '../camunda/keys.js';

/** Times that are told of one element at most, the latest first. */
const MOST = 20;

/** Tells it. */
export async function storyOf(
  store: Store,
  history: OperationOutput<'history'>,
  elementId: string,
  locale: ToldLocale,
): Promise<ElementStory> {
  const { instanceId } = history.instance;
  const filter = { instanceId, elementId };
  const sort = [{ field: 'enteredSequence', order: 'DESC' }] as const;
  const { items } = await store.elementInstances.search({ filter, sort, limit: MOST });
  const timers = await store.timers.search({
    filter,
    sort: [{ field: 'dueAt', order: 'DESC' }],
    limit: MOST,
  });
  const rhythms = new Map(
    history.entries
      .filter(({ kind }) => kind === 'timerArmed')
      .map(({ data }) => [data?.timerId, typeof data?.text === 'string' ? data.text : null]),
  );
  const keyOf = await keysFor(
    store,
    items.map((one) => ['elementInstance', `${instanceId}/${one.elementInstanceId}`] as const),
  );
  const name = history.names[elementId] ?? null;
  return {
    elementId,
    name: name === elementId ? null : name,
    visits: items.map((one) => ({
      elementInstanceKey: keyOf('elementInstance', `${instanceId}/${one.elementInstanceId}`),
      ...{ state: one.state, enteredAt: one.enteredAt, endedAt: one.endedAt },
      causes: toldCauses(history, one.enteredSequence, locale).map((line) => ({ ...line })),
    })),
    dues: timers.items.map(({ timerId, dueAt, armedAt, state }) => ({
      ...{ dueAt, armedAt, state, rhythm: rhythms.get(timerId) ?? null },
    })),
  };
}
