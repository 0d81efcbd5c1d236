/**
 * Calls in memory: which instance called which, and what they tell each other.
 * Class: pure seen from outside. Source: docs/semantics.md S37, S43, S46, S77–S79.
 */
import { fault } from '../errors/index.js';
import {
  type Answer,
  type Caller,
  type Effect,
  type EffectKind,
  type ExecutableProcess,
  type InstanceEvent,
  only,
  type StartEvent,
} from '../model/index.js';
import type { PlayInstance } from './types.js';

type EffectOf<K extends EffectKind> = Extract<Effect, { readonly kind: K }>;

/** What an instance is started with. */
export type Given = Pick<StartEvent, 'variables' | 'mapped'>;

/** What calls need of their host. */
export interface CallHost {
  readonly processes: readonly ExecutableProcess[];
  now(): string;
  instance(id: string): PlayInstance | undefined;
  enqueue(instance: PlayInstance, event: InstanceEvent): void;
  launch(
    process: ExecutableProcess,
    given: Given,
    caller: Caller,
    told: (isStarted: boolean, answer: Answer) => void,
  ): PlayInstance;
}

/** Calls of a run. */
export interface Calls {
  start(instance: PlayInstance, effect: EffectOf<'startChild'>): void;
  cancel(instance: PlayInstance, childId: string): void;
  answer(instance: PlayInstance, effect: EffectOf<'answerChild'>): void;
  ask(instance: PlayInstance, effect: EffectOf<'askCaller'>): void;
  end(instance: PlayInstance, effect: EffectOf<'endInstance'>): void;
}

/** Makes the calls of a run. */
export function createCalls(host: CallHost): Calls {
  const children = new Map<string, PlayInstance>();
  return {
    start: (instance, effect) => {
      const { id: childId, variables, mapped } = effect;
      const process = targetOf(host.processes, effect);
      const refuse = (answer: { readonly code: string; readonly message: string }): void => {
        children.delete(keyOf(instance.id, childId));
        const { code, message } = answer;
        host.enqueue(instance, { kind: 'childNotStarted', at: host.now(), childId, code, message });
      };
      if (!process) return refuse(unknownTarget(effect));
      const caller = { instanceId: instance.id, childId };
      const given = { variables, ...(mapped && { mapped }) };
      const child = host.launch(process, given, caller, (isStarted, { code, message }) => {
        if (!isStarted) refuse({ code: code ?? 'CALL_TARGET', message });
      });
      children.set(keyOf(instance.id, childId), child);
    },
    cancel: (instance, childId) => {
      const child = children.get(keyOf(instance.id, childId));
      if (!child) return;
      host.enqueue(child, { kind: 'cancel', at: host.now(), requestId: null, actor: null });
    },
    answer: (instance, { id, throwId, outcome }) => {
      const child = children.get(keyOf(instance.id, id));
      if (child) host.enqueue(child, { kind: 'throwAnswered', at: host.now(), throwId, outcome });
    },
    ask: (instance, { id: throwId, thrown }) => {
      const { caller } = instance.state;
      const asked = caller ? host.instance(caller.instanceId) : undefined;
      const at = host.now();
      if (caller && asked && Object.hasOwn(asked.state.calls, caller.childId)) {
        host.enqueue(asked, { kind: 'childThrew', at, childId: caller.childId, throwId, thrown });
      } else {
        host.enqueue(instance, { kind: 'throwAnswered', at, throwId, outcome: 'uncaught' });
      }
    },
    end: ({ state: { caller } }, { status: outcome, variables: all, output }) => {
      if (!caller) return;
      const { instanceId, childId } = caller;
      children.delete(keyOf(instanceId, childId));
      const parent = host.instance(instanceId);
      if (!parent) return;
      const variables = only(all, output);
      host.enqueue(parent, { kind: 'childEnded', at: host.now(), childId, outcome, variables });
    },
  };
}

/** The process that a call means; everything here is of one deployment, so that `deployment` is the newest. */
function targetOf(
  processes: readonly ExecutableProcess[],
  { processId, binding, versionTag }: EffectOf<'startChild'>,
): ExecutableProcess | undefined {
  return processes.findLast(
    (one) => one.id === processId && (binding !== 'versionTag' || one.versionTag === versionTag),
  );
}

function unknownTarget({ elementInstanceId, processId, versionTag }: EffectOf<'startChild'>) {
  const element = elementInstanceId.replace(/:\d+$/, '');
  return fault('CALL_TARGET', {
    element,
    target: versionTag === null ? processId : `${processId} (${versionTag})`,
  });
}

function keyOf(instanceId: string, childId: string): string {
  return `${instanceId} ${childId}`;
}
