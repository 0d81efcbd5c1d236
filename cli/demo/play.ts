/**
 * Plays a chapter on a running engine: it starts the process and does, with real requests, what its people and the world
 * do, until it has ended. Class: side effect.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { InstanceRow, TaskRow } from '../../contracts/control.js';
import type { Variables } from '../../engine/model/index.js';
import type { ControlClient } from '../../worker/control/client.js';
import type { CaughtMail } from '../../worker/mail-catcher/index.js';
import type { Answer, Chapter, Customer } from './story.js';

/** What was done. */
export interface Deed {
  readonly by: string;
  readonly says: string;
  readonly task: string | null;
  readonly atMs: number;
}

/** How a chapter went. */
export interface Played {
  readonly instance: InstanceRow;
  readonly deeds: readonly Deed[];
  readonly variables: Variables;
  /** Subjects of the mails that went. */
  readonly mails: readonly string[];
}

/** What playing leans on. */
export interface Stage {
  /** A client that acts as somebody. */
  readonly as: (actor: string) => ControlClient;
  /** Mails that were caught since the chapter began, the oldest first. */
  readonly mails: (sinceMs: number) => Promise<readonly CaughtMail[]>;
  readonly tell: (deed: Deed) => void;
  readonly signal: AbortSignal;
}

const LOOK_MS = 250;
/** Longer, and something stands in the way that a person should see. */
const PATIENCE_MS = 150_000;

/** Plays it. @returns how it ended, or how it stands when patience has run out */
export async function play(
  { as, mails, tell, signal }: Stage,
  chapter: Chapter,
  customer: Customer,
): Promise<Played> {
  const engine = as('cory');
  const { instanceId } = await engine.call('run', {
    processId: chapter.processId,
    version: null,
    elementId: null,
    businessKey: null,
    variables: chapter.variables(customer),
  });
  const [began, beganAt] = [performance.now(), Date.now()];
  const deeds: Deed[] = [];
  const done = (deed: Omit<Deed, 'atMs'>): void => {
    const whole = { ...deed, atMs: Math.round(performance.now() - began) };
    deeds.push(whole);
    tell(whole);
  };
  const counts = new Map<string, number>();
  const told = new Set<string>();
  for (;;) {
    signal.throwIfAborted();
    const tree = await treeOf(engine, instanceId);
    const root = tree.find((one) => one.instanceId === instanceId);
    if (!root) throw new Error(`instance ${instanceId} is not to be found`);
    const isOver = root.endedAt !== null || root.hasIncident;
    if (isOver || performance.now() - began > PATIENCE_MS) {
      const subjects = (await mails(beganAt)).map(({ subject }) => subject);
      const variables = await variablesOf(engine, instanceId);
      return { instance: root, deeds, variables, mails: subjects };
    }
    for (const task of await openTasks(engine, tree)) {
      const answer = answerOf(chapter, task, counts);
      if (answer === null) continue;
      const key = `${task.instanceId}/${task.taskId}`;
      const { variables } = answer;
      await as(answer.by).call('completeTask', { key, action: null, variables });
      counts.set(task.elementId, (counts.get(task.elementId) ?? 0) + 1);
      done({ by: answer.by, says: answer.says, task: task.name });
    }
    const caught = await mails(beganAt);
    for (const news of chapter.news) {
      for (const at of tree.filter(({ processId }) => processId === news.processId)) {
        const id = `${news.name} ${at.instanceId}`;
        const match = told.has(id) ? null : found(caught, news.mail);
        const key = match && (await variablesOf(engine, at.instanceId))[news.keyVariable];
        if (typeof key !== 'string') continue;
        told.add(id);
        const { name, says } = news;
        const variables = { ...match?.groups };
        await engine.call('publish', { name, key, variables, messageId: id, timeToLive: 'PT10M' });
        done({ by: 'customer', says, task: null });
      }
    }
    await pause(LOOK_MS, undefined, { signal });
  }
}

function found(mails: readonly CaughtMail[], pattern: RegExp): RegExpExecArray | null {
  for (const { text } of mails) {
    const match = pattern.exec(text);
    if (match) return match;
  }
  return null;
}

/** An instance and all that it called. */
async function treeOf(engine: ControlClient, rootId: string): Promise<readonly InstanceRow[]> {
  const filter = { rootInstanceId: rootId };
  const { items } = await engine.call('searchInstances', { filter, limit: 200 });
  return items;
}

async function openTasks(
  engine: ControlClient,
  tree: readonly InstanceRow[],
): Promise<readonly TaskRow[]> {
  const ids = tree.filter(({ endedAt }) => endedAt === null).map((one) => one.instanceId);
  const pages = ids.map((instanceId) =>
    engine.call('searchTasks', { filter: { instanceId, state: 'CREATED' }, limit: 50 }),
  );
  return (await Promise.all(pages)).flatMap(({ items }) => items);
}

function answerOf(
  { answers }: Chapter,
  { elementId }: TaskRow,
  counts: ReadonlyMap<string, number>,
): Answer | null {
  const found = answers[elementId];
  if (found === undefined) return null;
  if (!Array.isArray(found)) return found as Answer;
  return found[Math.min(counts.get(elementId) ?? 0, found.length - 1)] ?? null;
}

/** Those of the process itself. */
async function variablesOf(engine: ControlClient, instanceId: string): Promise<Variables> {
  const { items } = await engine.call('searchVariables', { filter: { instanceId }, limit: 500 });
  const own = items.filter(({ scopeId, processId }) => scopeId === `${processId}:1`);
  return Object.fromEntries(own.map(({ name, value }) => [name, value]));
}
