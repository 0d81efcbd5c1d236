/** What each step of a scenario does. Class: pure but for the host. */
import type {
  Answer,
  ExecutableProcess,
  JournalEntry,
  JournalKind,
  Json,
} from '../../model/index.js';
import type { InstanceView, RunView, ScenarioHost } from './host.js';
import { instantOf, later } from './instants.js';
import { modificationOf } from './modification.js';
import type { ScenarioStep, StartStep, StepName } from './schema.js';
import { waitingElements } from './waiting.js';

/** A scenario on its way. `firstId` is the instance that the first start made. */
export interface Stage {
  readonly host: ScenarioHost;
  readonly processes: readonly ExecutableProcess[];
  /** Ids of all elements; null where a process that is called may be missing. */
  readonly elements: ReadonlySet<string> | null;
  readonly mainId: string;
  firstId: string | null;
}

/** Why a step could not be taken; null: it was. */
export type Wrong = { readonly expected: Json; readonly actual: Json } | null;
type Given<K extends StepName> = NonNullable<ScenarioStep[K]>;

/** The steps that act, by name. */
export const STEPS: {
  readonly [K in Exclude<StepName, 'expect'>]: (given: Given<K>, stage: Stage) => Promise<Wrong>;
} = {
  start: async (given, stage) => {
    const before = new Set((await stage.host.look()).instances.map(({ id }) => id));
    const wrong = await start(given, stage);
    const { instances } = await stage.host.look();
    const made = instances.filter(({ id, state }) => !before.has(id) && state.caller === null);
    const wanted = given.id ?? stage.mainId;
    stage.firstId ??= (made.find(({ process }) => process.id === wanted) ?? made[0])?.id ?? null;
    return wrong;
  },
  complete: async ({ task, action = null, variables, actor = null, refused }, stage) => {
    const view = await stage.host.look();
    const open = search(view, stage, ({ state }) =>
      Object.values(state.tasks).find(({ elementId }) => elementId === task),
    );
    const target =
      open ?? past(view, 'taskOpened', task, ({ elementInstanceId }) => elementInstanceId);
    if (!target) return { expected: `an open user task '${task}'`, actual: waitingElements(view) };
    const { id: taskId } = target.found;
    const request = { requestId: null, actor };
    const command = { kind: 'taskCompleted', taskId, action, variables, ...request } as const;
    const answer = await stage.host.send(target.instanceId, command);
    return refused === undefined ? refusalOf(answer) : otherThan(refused, answer);
  },
  advance: async (duration, { host }) => {
    await host.advanceTo(later(host.now(), duration));
    return null;
  },
  until: async (text, { host }) => {
    const at = instantOf(text);
    if (at < host.now()) return { expected: `an instant from ${host.now()} on`, actual: at };
    await host.advanceTo(at);
    return null;
  },
  message: async ({ name, key = '', variables, ttl = DEFAULT_TTL, id = null }, { host }) => {
    const message = { name, key, variables, timeToLive: ttl, messageId: id };
    return impossible('a message that can be published', await host.publish(message));
  },
  signal: async ({ name, variables }, { host }) => {
    await host.broadcast(name, variables);
    return null;
  },
  set: async ({ variables, scope }, stage) => {
    const view = await stage.host.look();
    const live = search(view, stage, ({ state }) =>
      scope === undefined
        ? { id: null }
        : Object.values(state.elements).find(
            ({ elementId, role }) => elementId === scope && role !== 'body',
          ),
    );
    const target =
      live ??
      past(view, 'elementEntered', scope ?? '', ({ elementInstanceId }) => elementInstanceId);
    if (!target)
      return { expected: `a live scope '${scope ?? 'process'}'`, actual: waitingElements(view) };
    const request = { requestId: null, actor: null };
    const scopeId = target.found.id;
    const command = { kind: 'setVariables', scopeId, variables, ...request } as const;
    return refusalOf(await stage.host.send(target.instanceId, command));
  },
  activate: async ({ element }) => ({
    expected: `an ad-hoc sub-process with '${element}'`,
    actual: 'ad-hoc sub-processes are not executed yet',
  }),
  resolve: async ({ element, variables }, stage) => {
    const view = await stage.host.look();
    const open = search(view, stage, ({ state }) =>
      Object.values(state.incidents).find(({ elementId }) => elementId === element),
    );
    const target = open ?? past(view, 'incidentOpened', element, ({ data }) => data?.incidentId);
    if (!target) {
      const all = view.instances.flatMap(({ state }) => Object.values(state.incidents));
      return {
        expected: `an open incident at '${element}'`,
        actual: all.map(({ elementId, code }) => `${elementId}: ${code}`),
      };
    }
    const { id: incidentId } = target.found;
    const request = { requestId: null, actor: null, how: 'retry' } as const;
    const command = { kind: 'resolveIncident', incidentId, variables, ...request } as const;
    return refusalOf(await stage.host.send(target.instanceId, command));
  },
  modify: async (given, stage) => {
    const { firstId, host } = stage;
    const { instances } = await host.look();
    const instance = instances.find(({ id }) => id === firstId);
    if (!instance) return { expected: 'an instance', actual: 'none was started' };
    const { refused, actor = null } = given;
    const modification = modificationOf(given, instance);
    const command = { kind: 'modify', ...modification, requestId: null, actor } as const;
    const answer = await host.send(instance.id, command);
    return refused === undefined ? refusalOf(answer) : otherThan(refused, answer);
  },
  cancel: async (_given, { host, firstId }) => {
    if (firstId === null) return { expected: 'an instance', actual: 'none was started' };
    return refusalOf(await host.send(firstId, { kind: 'cancel', requestId: null, actor: null }));
  },
};

const DEFAULT_TTL = 'PT1H';

async function start(given: StartStep, stage: Stage): Promise<Wrong> {
  const { host, processes, mainId } = stage;
  const { variables, message, signal, timer, condition, event, id: processId = mainId } = given;
  const process = processes.findLast(({ id }) => id === processId);
  if (!process)
    return { expected: `a process '${processId}'`, actual: processes.map(({ id }) => id) };
  if (condition) {
    return {
      expected: 'a conditional start event',
      actual: 'conditional starts are not executed yet',
    };
  }
  const named = event ?? (timer ? startEvent(process, 'timer', null) : null);
  if (timer && named === null) {
    return { expected: `a timer start event in '${processId}'`, actual: startsOf(process) };
  }
  const trigger = message !== undefined ? 'message' : 'signal';
  const name = message ?? signal;
  if (name !== undefined && !isAmbiguous(process, trigger, name, event)) {
    if (!processes.some((one) => startEvent(one, trigger, name) !== null)) {
      return { expected: `a start event of ${trigger} '${name}'`, actual: startsOf(process) };
    }
    if (message === undefined) await host.broadcast(name, variables);
    else {
      const publication = { name, key: given.key ?? '', variables, messageId: null };
      const problem = await host.publish({ ...publication, timeToLive: DEFAULT_TTL });
      return impossible('a message that can be published', problem);
    }
    return null;
  }
  const { answer } = await host.start(processId, named, variables);
  return refusalOf(answer);
}

/** Whether several start events of a process wait for the same, and the scenario names one. */
function isAmbiguous(
  { starts }: ExecutableProcess,
  trigger: 'message' | 'signal',
  name: string,
  event: string | undefined,
): boolean {
  const same = starts.filter((start) => start.trigger === trigger && start.name === name);
  return event !== undefined && same.length > 1;
}

function startEvent(
  { starts }: ExecutableProcess,
  trigger: 'message' | 'signal' | 'timer',
  name: string | null,
): string | null {
  const found = starts.find((start) => start.trigger === trigger && start.name === name);
  return found?.elementId ?? null;
}

function startsOf({ starts }: ExecutableProcess): readonly string[] {
  return starts.map(({ elementId, trigger, name }) =>
    name === null ? `${elementId} (${trigger})` : `${elementId} (${trigger} '${name}')`,
  );
}

/** Looks through the first instance, then through the others in the order of their creation. */
function search<T>(
  { instances }: RunView,
  { firstId }: Stage,
  look: (instance: InstanceView) => T | undefined,
): { readonly instanceId: string; readonly found: T } | null {
  const first = instances.filter(({ id }) => id === firstId);
  for (const instance of [...first, ...instances]) {
    const found = look(instance);
    if (found !== undefined) return { instanceId: instance.id, found };
  }
  return null;
}

/** The last of what an element had open that is not there any more: who is late for it is answered so (S04). */
function past(
  { journal }: RunView,
  kind: JournalKind,
  element: string,
  idOf: (entry: JournalEntry) => Json | undefined,
): { readonly instanceId: string; readonly found: { readonly id: string } } | null {
  const last = journal.findLast(({ entry }) => entry.kind === kind && entry.elementId === element);
  return last ? { instanceId: last.instanceId, found: { id: String(idOf(last.entry)) } } : null;
}

/** Answers to who comes late: what they meant has ended, and nothing has changed. */
const LATE: readonly (string | null)[] = [
  'INCIDENT_UNKNOWN',
  'INSTANCE_CLOSED',
  'INSTANCE_ENDED',
  'SCOPE_UNKNOWN',
  'TASK_UNKNOWN',
];

function refusalOf(answer: Answer | null): Wrong {
  if (answer === null || answer.ok || LATE.includes(answer.code)) return null;
  return impossible('a step that can be taken', `${answer.code}: ${answer.message}`);
}

function otherThan(code: string, answer: Answer | null): Wrong {
  const actual = answer?.code ?? null;
  return actual === code ? null : { expected: `a refusal by ${code}`, actual };
}

function impossible(expected: string, problem: string | null): Wrong {
  return problem === null ? null : { expected, actual: problem };
}
