/** What the demonstration asks an engine. Class: side effect. */
import type { InstanceRow, TaskRow } from '../../contracts/control.js';
import type { Variables } from '../../engine/model/index.js';
import type { ControlClient } from '../../worker/control/client.js';
import { failed } from '../engine-context.js';
import { EXIT } from '../failure.js';
import type { Chapter, Hero } from './chapter.js';

/** Starts the process of a chapter. @returns the id of its instance */
export async function startChapter(
  engine: ControlClient,
  { processId, begins }: Chapter,
  hero: Hero,
): Promise<string> {
  const variables = begins.variables(hero);
  if (begins.message === null) {
    const nobody = { version: null, elementId: null, businessKey: null };
    return (await engine.call('run', { processId, ...nobody, variables })).instanceId;
  }
  const [name, key] = [begins.message, begins.key(hero)];
  const message = { name, key, variables, messageId: `demo ${key}`, timeToLive: 'PT1H' };
  const { started } = await engine.call('publish', message);
  const taker = started.find((one) => one.processId === processId);
  if (taker) return taker.instanceId;
  const unknown = { what: 'process', key: processId, resource: 'process-definitions' };
  throw failed('REFERENCE_UNKNOWN', unknown, EXIT.failed);
}

/** An instance and all that it called. */
export async function treeOf(
  engine: ControlClient,
  rootId: string,
): Promise<readonly InstanceRow[]> {
  const filter = { rootInstanceId: rootId };
  const { items } = await engine.call('searchInstances', { filter, limit: 200 });
  return items;
}

/** Tasks that are open in it. */
export async function openTasks(
  engine: ControlClient,
  tree: readonly InstanceRow[],
): Promise<readonly TaskRow[]> {
  const ids = tree.filter(({ endedAt }) => endedAt === null).map((one) => one.instanceId);
  if (ids.length === 0) return [];
  const filter = { instanceId: { $in: ids }, state: 'CREATED' };
  return (await engine.call('searchTasks', { filter, limit: 200 })).items;
}

/** Variables of an instance; where two scopes have the same name, that of the process itself. */
export async function variablesOf(
  engine: ControlClient,
  { instanceId, processId }: InstanceRow,
): Promise<Variables> {
  const { items } = await engine.call('searchVariables', { filter: { instanceId }, limit: 500 });
  const isOwn = (scopeId: string): boolean => scopeId === `${processId}:1`;
  const inOrder = [
    ...items.filter(({ scopeId }) => !isOwn(scopeId)),
    ...items.filter(({ scopeId }) => isOwn(scopeId)),
  ];
  return Object.fromEntries(inOrder.map(({ name, value }) => [name, value]));
}
