/**
 * Plays a chapter on a running engine: it starts the process and does, with real requests, what its people and the world
 * do, until it has ended or goes no further. Class: side effect.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { InstanceRow, TaskRow } from '../../contracts/control.js';
import type { Variables } from '../../engine/model/index.js';
import type { ControlClient } from '../../worker/control/client.js';
import type { CaughtMail } from '../../worker/mail-catcher/index.js';
import type { Chapter, Hero, News, Scene } from './chapter.js';
import { openTasks, startChapter, treeOf, variablesOf } from './requests.js';
import { whatItWaitsFor } from './stuck.js';
import type { Witness } from './witness.js';

/** What was done. */
export interface Deed {
  readonly by: string;
  readonly says: string;
  /** The task that was done; null: it was none. */
  readonly task: null | {
    readonly name: string;
    readonly processId: string;
    readonly groups: readonly string[];
  };
  readonly atMs: number;
}

/** How a chapter went. */
export interface Played {
  readonly instance: InstanceRow;
  readonly deeds: readonly Deed[];
  readonly variables: Variables;
  readonly mails: readonly CaughtMail[];
  /** The instance and all that it called. */
  readonly tree: readonly InstanceRow[];
  /** What it waited for when patience ran out; null: it has ended. */
  readonly stuck: string | null;
}

/** What playing leans on. */
export interface Stage {
  /** A client that acts as somebody. */
  readonly as: (actor: string) => ControlClient;
  /** Mails that were caught since the chapter began, the oldest first. */
  readonly mails: (sinceMs: number) => Promise<readonly CaughtMail[]>;
  readonly tell: (deed: Deed) => void;
  readonly progress: (line: string) => void;
  /** Looks at what will be erased with the customer, before the message goes and when an instance has ended. */
  readonly witness: Witness;
  readonly signal: AbortSignal;
  /** Longest that nothing may happen. */
  readonly patienceMs: number;
}

const LOOK_MS = 200;

/** Plays it from its start. @returns how it ended, or how it stands when patience has run out */
export async function play(stage: Stage, chapter: Chapter, hero: Hero): Promise<Played> {
  const since = Date.now();
  const instanceId = await startChapter(stage.as('cory'), chapter, hero);
  return goOn(stage, chapter, hero, { instanceId, since });
}

/** The same of an instance that was started; `since`, in epoch milliseconds: mails of before are not its own. */
export async function goOn(
  stage: Stage,
  chapter: Chapter,
  hero: Hero,
  { instanceId, since }: { readonly instanceId: string; readonly since: number },
): Promise<Played> {
  const engine = stage.as('cory');
  const deeds: Deed[] = [];
  const done = (deed: Omit<Deed, 'atMs'>): void => {
    const whole = { ...deed, atMs: Date.now() - since };
    deeds.push(whole);
    stage.tell(whole);
  };
  const [speaker = 'customer'] = hero.contact.name.split(' ');
  done({ by: chapter.begins.by ?? speaker, says: chapter.begins.says, task: null });
  const [finished, told, over] = [new Set<string>(), new Set<string>(), new Set<string>()];
  // The deletion takes mails away as well: what was seen is kept.
  const caught = new Map<string, CaughtMail>();
  let [situation, changedAt] = ['', performance.now()];
  for (;;) {
    stage.signal.throwIfAborted();
    const tree = await treeOf(engine, instanceId);
    const instance = tree.find((one) => one.instanceId === instanceId);
    for (const mail of await stage.mails(since)) caught.set(mail.id, mail);
    const mails = [...caught.values()];
    for (const one of tree.filter(({ endedAt }) => endedAt !== null)) {
      if (over.has(one.instanceId)) continue;
      over.add(one.instanceId);
      await stage.witness.ended(one);
    }
    const tasks = await openTasks(engine, tree);
    const now = situationOf(tree, tasks, mails.length);
    if (now !== situation) [situation, changedAt] = [now, performance.now()];
    const isPatient = performance.now() - changedAt < stage.patienceMs;
    const isOver = instance !== undefined && instance.endedAt !== null;
    if (isOver || (instance !== undefined && !isPatient)) {
      const stuck = isOver ? null : await whatItWaitsFor(engine, tree, tasks, stage.patienceMs);
      const variables = await variablesOf(engine, instance);
      return { instance, deeds, variables, mails, tree, stuck };
    }
    if (!isPatient) throw new Error(`instance ${instanceId} is not to be found`);
    const { contacts } = await engine.call('getCustomer', { key: hero.customer.customerId });
    const scene: Scene = { ...hero, contacts, mails: mails.map(({ text }) => text), variables: {} };
    for (const task of tasks) {
      const answer = chapter.answers[task.elementId];
      if (!answer || (answer.after !== null && !finished.has(answer.after))) continue;
      const key = `${task.instanceId}/${task.taskId}`;
      const variables = answer.variables(scene);
      await stage.as(answer.by).call('completeTask', { key, action: null, variables });
      finished.add(task.elementId);
      const { name, elementId, processId, candidateGroups: groups } = task;
      const about = { name: name ?? elementId, processId, groups };
      done({ by: answer.by, says: answer.says, task: about });
    }
    for (const { news, id, at } of untold(chapter.news, tree, told)) {
      const variables = await variablesOf(engine, at);
      const call = news.call({ ...scene, variables });
      if (call === null) continue;
      told.add(id);
      const { key, variables: sent, link } = call;
      if (link !== undefined) await stage.witness.follows(link, key);
      const message = { key, variables: sent, name: news.name, messageId: id, timeToLive: 'PT10M' };
      await engine.call('publish', message);
      done({ by: news.by ?? speaker, says: news.says, task: null });
    }
    stage.progress(tasks.map(({ name, elementId }) => name ?? elementId).join(', ') || '…');
    await pause(LOOK_MS, undefined, { signal: stage.signal });
  }
}

/** What has not been told yet, where somebody may be waiting for it. */
function untold(
  news: readonly News[],
  tree: readonly InstanceRow[],
  told: ReadonlySet<string>,
): readonly { readonly news: News; readonly id: string; readonly at: InstanceRow }[] {
  return news
    .flatMap((one, index) =>
      tree
        .filter(({ processId, endedAt }) => processId === one.processId && endedAt === null)
        .map((at) => ({ news: one, id: `demo ${index} ${one.name} ${at.instanceId}`, at })),
    )
    .filter(({ id }) => !told.has(id));
}

/** Two that are the same: nothing has happened in between. */
const situationOf = (
  tree: readonly InstanceRow[],
  tasks: readonly TaskRow[],
  mails: number,
): string =>
  JSON.stringify([
    tree.map(({ instanceId, state, hasIncident }) => [instanceId, state, hasIncident]),
    tasks.map(({ instanceId, taskId }) => [instanceId, taskId]),
    mails,
  ]);
