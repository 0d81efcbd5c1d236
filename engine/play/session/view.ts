/** What people see of a play: where tokens are, and what waits for whom. Plain JSON. Class: pure. */
import type { ElementInstance, JournalEntry, Json, Variables } from '../../model/index.js';
import type { InstanceView, TracedEntry } from '../scenario/host.js';
import type { Played } from './run.js';

/** Something that waits at an element of an instance. */
interface At {
  readonly instanceId: string;
  readonly processId: string;
  readonly elementId: string;
}

/** A play as it is shown. Instants are ISO 8601 UTC. */
export interface PlayView {
  readonly at: string;
  readonly nextAt: string | null;
  readonly problem: Played['problem'];
  readonly instances: readonly {
    readonly instanceId: string;
    readonly processId: string;
    readonly status: string;
    readonly callerId: string | null;
    readonly variables: Variables;
  }[];
  readonly tokens: readonly At[];
  readonly tasks: readonly (At & {
    readonly taskId: string;
    readonly name: string | null;
    readonly formId: string | null;
    readonly assignee: string | null;
    readonly candidateGroups: readonly string[];
    readonly dueAt: string | null;
    readonly variables: Variables;
  })[];
  readonly jobs: readonly (At & { readonly jobId: string; readonly type: string })[];
  readonly timers: readonly (At & { readonly dueAt: string })[];
  readonly waits: readonly (At & {
    readonly kind: 'message' | 'signal';
    readonly name: string;
    readonly key: string;
  })[];
  readonly incidents: readonly (At & { readonly code: string; readonly message: string })[];
  /** How often elements were entered and flows taken: process → id → times. */
  readonly reached: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The newest of what happened; `act` counts from 0. */
  readonly timeline: readonly (At & {
    readonly at: string;
    readonly kind: string;
    readonly name: string | null;
    readonly act: number | null;
    readonly data: Readonly<Record<string, Json>> | null;
  })[];
  /** Entries that are older than those. */
  readonly earlier: number;
}

/** Entries that are shown. */
const SHOWN = 300;
/** What is told of what happened: the rest is how it came about. */
const TOLD: readonly JournalEntry['kind'][] = [
  ...(['instanceStarted', 'instanceCompleted', 'instanceCancelled', 'instanceFailed'] as const),
  ...([
    'elementEntered',
    'elementCancelled',
    'taskOpened',
    'taskCompleted',
    'taskCancelled',
  ] as const),
  ...(['jobCompleted', 'jobFailed', 'jobThrew', 'timerArmed', 'timerFired'] as const),
  ...(['messageReceived', 'messagePublished', 'signalReceived', 'signalBroadcast'] as const),
  ...(['errorThrown', 'escalationThrown', 'decisionEvaluated'] as const),
  ...(['incidentOpened', 'incidentResolved', 'requestRefused', 'eventNotAwaited'] as const),
];

/** Shows it. */
export function viewOf({ at, nextAt, problem, view, marks }: Played): PlayView {
  const { instances, journal } = view;
  const told = journal
    .map((traced, index) => ({ ...traced, act: actOf(marks, index) }))
    .filter(({ entry }) => TOLD.includes(entry.kind));
  return {
    ...{ at, nextAt, problem },
    instances: instances.map((instance) => ({
      ...{ instanceId: instance.id, processId: instance.process.id },
      ...{ status: instance.state.status, callerId: instance.state.caller?.instanceId ?? null },
      variables: instance.variables,
    })),
    tokens: instances.flatMap(tokensOf),
    tasks: instances.flatMap(tasksOf),
    jobs: instances.flatMap(jobsOf),
    timers: instances
      .flatMap((instance) =>
        Object.values(instance.state.timers).map(({ elementId, series: { dueAt } }) => {
          return { ...placeOf(instance, elementId), dueAt };
        }),
      )
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)),
    waits: instances.flatMap((instance) =>
      Object.values(instance.state.subscriptions).map(({ elementId, kind, name, key }) => {
        return { ...placeOf(instance, elementId), kind, name, key };
      }),
    ),
    incidents: instances.flatMap((instance) =>
      Object.values(instance.state.incidents).map(({ elementId, code, message }) => {
        return { ...placeOf(instance, elementId), code, message };
      }),
    ),
    reached: reachedIn(journal),
    timeline: told.slice(-SHOWN).map(({ instanceId, processId, entry, act }) => ({
      ...{ instanceId, processId, elementId: entry.elementId ?? processId },
      ...{ at: entry.at, kind: entry.kind, act, data: entry.data },
      name: typeof entry.data?.name === 'string' ? entry.data.name : null,
    })),
    earlier: Math.max(0, told.length - SHOWN),
  };
}

const placeOf = ({ id: instanceId, process }: InstanceView, elementId: string): At => {
  return { instanceId, processId: process.id, elementId };
};

/** Active, with nothing active inside; of an ended instance nothing is. */
function tokensOf(instance: InstanceView): readonly At[] {
  const { elements, rootId } = instance.state;
  const isLeaf = ({ id, firstChildId }: ElementInstance) => id !== rootId && firstChildId === null;
  return Object.values(elements)
    .filter(isLeaf)
    .map(({ elementId }) => placeOf(instance, elementId));
}

function tasksOf(instance: InstanceView): PlayView['tasks'] {
  return Object.values(instance.state.tasks).map((task) => {
    const { id: taskId, elementId, name, formId, assignee, candidateGroups, dueAt } = task;
    const shown = { taskId, name, formId, assignee, candidateGroups, dueAt };
    return { ...placeOf(instance, elementId), ...shown, variables: visibleAt(instance, taskId) };
  });
}

function jobsOf(instance: InstanceView): PlayView['jobs'] {
  const { jobs, elements } = instance.state;
  return Object.values(jobs).map(({ id: jobId, elementInstanceId, type }) => {
    const elementId = elements[elementInstanceId]?.elementId ?? instance.process.id;
    return { ...placeOf(instance, elementId), jobId, type };
  });
}

/** Variables that an element instance sees: the inner ones hide the outer. */
function visibleAt({ state }: InstanceView, elementInstanceId: string): Variables {
  const levels: Variables[] = [];
  let at: string | null = elementInstanceId;
  while (at !== null) {
    levels.unshift(state.variables[at] ?? {});
    at = state.elements[at]?.parentId ?? null;
  }
  return Object.assign({}, ...levels) as Variables;
}

function reachedIn(journal: readonly TracedEntry[]): PlayView['reached'] {
  const reached: Record<string, Record<string, number>> = {};
  for (const { processId, entry } of journal) {
    const { kind, elementId } = entry;
    if (elementId === null || (kind !== 'elementEntered' && kind !== 'flowTaken')) continue;
    reached[processId] ??= {};
    const counts = reached[processId];
    counts[elementId] = (counts[elementId] ?? 0) + 1;
  }
  return reached;
}

/** The act by which an entry came; null: by none. */
function actOf(marks: readonly number[], index: number): number | null {
  const found = marks.findIndex((mark) => index < mark);
  return found === -1 ? null : found;
}
