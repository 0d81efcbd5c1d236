/**
 * Timer start events: one Temporal Schedule each, for the latest version of its process. What it knows is the one next
 * due instant, told by the engine's own series: the workflow that it starts sets the one after. Whoever sets a Schedule
 * looks at the latest version again afterwards, so that a deployment at the same moment wins.
 * Class: side effect. Source: docs/semantics.md S16, S53–S57.
 */
import type { Client } from '@temporalio/client';
import { firstSeries } from '../activities/timer-start.js';
import type {
  FireTimerStartInput,
  StartByTimerInput,
  TimerStart,
} from '../contracts/correlation.js';
import { SYSTEM_KEY_ID } from '../contracts/workflow-ids.js';
import { nextTimer, overdue } from '../engine/triggers/timer/index.js';
import { type Registry, toRef } from '../registry/index.js';
import type { Deployed, ProcessDefinition, Store } from '../store/index.js';
import type { KeyedHash } from './encryption/index.js';
import { isNear, putSchedule, readSchedule, removeSchedule } from './timer-schedule.js';

/** Keeps the timer starts of the latest versions, and no others. */
export interface TimerStarts {
  /** After a deployment: what is new replaces what was; of a version that stayed is mended what is missing. */
  readonly replace: (processes: readonly Deployed<ProcessDefinition>[]) => Promise<void>;
  /**
   * Makes anew what was removed or is of an older version, and moves what stands still because it was paused when it
   * was due.
   */
  readonly restore: () => Promise<void>;
  /** At a due instant: starts by it once, and sets the next. @returns one that is too near for a Schedule */
  readonly fire: (input: FireTimerStartInput) => Promise<TimerStart | null>;
}

/** What it leans on. */
export interface TimerStartsDeps {
  readonly client: Client;
  readonly taskQueue: string;
  readonly keyedHash: KeyedHash;
  readonly store: Pick<Store, 'definitions'>;
  readonly registry: Pick<Registry, 'process'>;
  /** Starts an instance once for its due instant. */
  readonly start: (input: StartByTimerInput) => Promise<void>;
}

/** A start event of a process, whatever the version. */
interface Place {
  readonly processId: string;
  readonly elementId: string;
}

/** What a version asks for; `next` null: it has no such start event, or its series has ended. */
interface Wanted {
  readonly version: number;
  readonly next: TimerStart | null;
}

const PAGE = 200;

/** Makes it. */
export function createTimerStarts(deps: TimerStartsDeps): TimerStarts {
  const { processes } = deps.store.definitions;
  return {
    replace: async (deployed) => {
      for (const process of deployed) {
        const { processId, version, isNew } = process;
        const before = await processes.byVersion(processId, version - 1);
        const elementIds = new Set([...elementsOf(process), ...elementsOf(before)]);
        // Whoever deployed it first may have been killed before the timers were set.
        const set = isNew ? begin : mend;
        for (const elementId of elementIds) await set(deps, { processId, elementId });
      }
    },
    restore: async () => {
      for (let after: string | null = null; ; ) {
        const page = await processes.search({ filter: { isLatest: true }, limit: PAGE, after });
        for (const process of page.items) {
          const { processId } = process;
          for (const elementId of elementsOf(process)) await mend(deps, { processId, elementId });
        }
        if (page.items.length < PAGE) return;
        after = page.endCursor;
      }
    },
    fire: (input) => fire(deps, input),
  };
}

const elementsOf = (process: ProcessDefinition | null): readonly string[] =>
  process?.requirements.timerStarts.map(({ elementId }) => elementId) ?? [];

const now = (): string => new Date().toISOString();

async function scheduleIdOf({ keyedHash }: TimerStartsDeps, place: Place): Promise<string> {
  const { processId, elementId } = place;
  const hash = await keyedHash(SYSTEM_KEY_ID, `timer\n${processId}\n${elementId}`);
  return `t.${SYSTEM_KEY_ID}.${hash}`;
}

/** What the latest version wants: of missed occurrences the latest fires once (S57). */
async function wantedBy(deps: TimerStartsDeps, place: Place, at: string): Promise<Wanted> {
  const latest = await deps.store.definitions.processes.latest(place.processId);
  const definition = toRef(latest);
  const version = latest?.version ?? 0;
  if (!latest || !definition || !elementsOf(latest).includes(place.elementId)) {
    return { version, next: null };
  }
  const start = { definition, elementId: place.elementId, deployedAt: latest.deployedAt };
  const series = firstSeries(await deps.registry.process(definition), start, at);
  return { version, next: series && { ...start, series } };
}

/** Puts the latest version in the place of whatever was. */
async function begin(deps: TimerStartsDeps, place: Place): Promise<void> {
  if (await settle(deps, place, await wantedBy(deps, place, now()))) await trigger(deps, place);
}

/** What is near needs a workflow that waits for it; a person who paused it does not want one. */
async function trigger(deps: TimerStartsDeps, place: Place): Promise<void> {
  const scheduleId = await scheduleIdOf(deps, place);
  const found = await readSchedule(deps.client, scheduleId);
  if (found && !found.isPaused)
    await deps.client.schedule.getHandle(scheduleId).trigger('BUFFER_ALL');
}

async function mend(deps: TimerStartsDeps, place: Place): Promise<void> {
  const found = await readSchedule(deps.client, await scheduleIdOf(deps, place));
  const latest = await deps.store.definitions.processes.latest(place.processId);
  if (found?.start.definition.version !== latest?.version) await begin(deps, place);
  else if (found?.isStill && !found.isPaused) await trigger(deps, place);
}

async function fire(
  deps: TimerStartsDeps,
  { at, ...start }: FireTimerStartInput,
): Promise<TimerStart | null> {
  const { definition, elementId, series } = start;
  const { processId, version } = definition;
  const place = { processId, elementId };
  const wanted = await wantedBy(deps, place, at);
  if (wanted.version !== version) return settle(deps, place, wanted);
  if (at < series.dueAt) return settle(deps, place, { version, next: start });
  const found = await readSchedule(deps.client, await scheduleIdOf(deps, place));
  // Of what was missed the latest starts one instance.
  const { series: due } = overdue(series, at);
  if (!found?.isPaused) await deps.start({ definition, elementId, dueAt: due.dueAt });
  const { next: moved } = nextTimer(due, at);
  return settle(deps, place, { version, next: moved && { ...start, series: moved } });
}

/** Sets the Schedule as wanted, or removes it. @returns what is too near for a Schedule, else null */
async function settle(
  deps: TimerStartsDeps,
  place: Place,
  { version, next }: Wanted,
): Promise<TimerStart | null> {
  const { client, taskQueue } = deps;
  const scheduleId = await scheduleIdOf(deps, place);
  const isWaitedFor = next !== null && isNear(next.series.dueAt, Date.now());
  if (next === null) await removeSchedule(client, scheduleId);
  else await putSchedule(client, taskQueue, scheduleId, next);
  const wanted = await wantedBy(deps, place, now());
  if (wanted.version !== version) return settle(deps, place, wanted);
  return isWaitedFor ? next : null;
}
